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

    /// <summary>The tree where it is in memory; null where it would have to be made.</summary>
    protected SyntaxTree? KnownTree => _tree ?? (_forgotten is { } forgotten && forgotten.TryGetTarget(out var alive) ? alive : null);

    private SyntaxTree Tree
    {
        get
        {
            if (_tree is { } kept)
                return kept;
            var forgotten = _forgotten;
            if (forgotten is not null && forgotten.TryGetTarget(out var alive))
                return alive;
            var tree = MakeTree();
            // Of two that read it at once both take the first tree, so that a node is the same for both.
            var first = Interlocked.CompareExchange(ref _forgotten, new WeakReference<SyntaxTree>(tree), forgotten);
            return !ReferenceEquals(first, forgotten) && first is not null && first.TryGetTarget(out var made) ? made : tree;
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
