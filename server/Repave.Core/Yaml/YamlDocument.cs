using Repave.Core.Text;

namespace Repave.Core.Yaml;

/// <summary>One document of a file: its text, its tree and what is wrong with it. It knows nothing of where in the file it
/// stands; <see cref="YamlFile"/> does. What it says
/// never changes once it was read.</summary>
public sealed class YamlDocument
{
    private IReadOnlyList<YamlComment>? _comments;
    private YamlTree? _tree;
    private WeakReference<YamlTree>? _forgotten;

    internal YamlDocument(string text, YamlTree tree, IReadOnlyList<YamlError> errors, bool hasAliases)
    {
        Text = text;
        _tree = tree;
        Errors = errors;
        HasAliases = hasAliases;
    }

    /// <summary>The document's text: its directives, its <c>---</c> line and everything up to the next document.</summary>
    public string Text { get; }

    /// <summary>The tree; of a broken document, what could be read before the error. Null if there is nothing.</summary>
    public YamlNode? Root => Tree.Root;

    /// <summary>What is wrong with the text, in its order.</summary>
    public IReadOnlyList<YamlError> Errors { get; }

    /// <summary>Every scalar in the order of the text.</summary>
    public IReadOnlyList<YamlScalar> Scalars => Tree.Scalars;

    /// <summary>Whether aliases occur.</summary>
    public bool HasAliases { get; }

    /// <summary>Whether the text could be read to its end.</summary>
    public bool IsWhole => Errors.All(e => e.Kind == YamlErrorKind.DuplicateKey);

    /// <summary>The comments, in the order of the text.</summary>
    public IReadOnlyList<YamlComment> Comments => _comments ??= YamlComments.Find(this);

    /// <summary>The document that a text of one document holds. Never throws; see <see cref="Errors"/>.</summary>
    public static YamlDocument Parse(string text) => YamlDocumentParser.Parse(text);

    private YamlTree Tree
    {
        get
        {
            if (_tree is { } kept)
                return kept;
            if (_forgotten is { } weak && weak.TryGetTarget(out var alive))
                return alive;
            var tree = YamlDocumentParser.ParseTree(Text);
            _forgotten = new WeakReference<YamlTree>(tree);
            return tree;
        }
    }

    /// <summary>Lets the tree go, which is many times as large as its text; whoever asks for it later has it made again.</summary>
    public void Forget()
    {
        if (_tree is not { } tree)
            return;
        _forgotten = new WeakReference<YamlTree>(tree);
        _tree = null;
    }

    /// <summary>Keeps the tree until it is forgotten, so that nodes that are asked for twice are the same.</summary>
    public void Keep() => _tree = Tree;

    /// <summary>The innermost node whose text holds the offset (of this document's text); null outside the tree.</summary>
    public YamlNode? NodeAt(int offset) => Root is null || !Root.Span.Touches(offset) ? null : Innermost(Root, offset);

    private static YamlNode Innermost(YamlNode node, int offset)
    {
        switch (node)
        {
            case YamlMapping mapping:
                foreach (var entry in mapping.Entries)
                {
                    if (entry.Key.Span.Touches(offset))
                        return Innermost(entry.Key, offset);
                    if (entry.Value.Span.Touches(offset))
                        return Innermost(entry.Value, offset);
                }

                return node;
            case YamlSequence sequence:
                foreach (var item in sequence.Items)
                {
                    if (item.Span.Touches(offset))
                        return Innermost(item, offset);
                }

                return node;
            default:
                return node;
        }
    }
}
