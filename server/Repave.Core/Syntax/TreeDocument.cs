namespace Repave.Core.Syntax;

/// <summary>A document with a tree, which is many times as large as its text, so that it can be let go of and made again.</summary>
internal abstract class TreeDocument : Document
{
    private SyntaxTree? _tree;
    private WeakReference<SyntaxTree>? _forgotten;

    protected TreeDocument(Language language, string text, SyntaxTree tree, IReadOnlyList<SyntaxIssue> issues)
        : base(language, text, issues) => _tree = tree;

    /// <inheritdoc/>
    public override Node? Root => Tree.Root;

    /// <inheritdoc/>
    public override IReadOnlyList<ScalarNode> Scalars => Tree.Scalars;

    private SyntaxTree Tree
    {
        get
        {
            if (_tree is { } kept)
                return kept;
            if (_forgotten is { } weak && weak.TryGetTarget(out var alive))
                return alive;
            var tree = MakeTree();
            _forgotten = new WeakReference<SyntaxTree>(tree);
            return tree;
        }
    }

    /// <inheritdoc/>
    public override void Forget()
    {
        if (_tree is not { } tree)
            return;
        _forgotten = new WeakReference<SyntaxTree>(tree);
        _tree = null;
    }

    /// <inheritdoc/>
    public override void Keep() => _tree = Tree;

    /// <summary>Reads the text once more.</summary>
    protected abstract SyntaxTree MakeTree();
}
