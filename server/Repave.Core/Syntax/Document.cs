using Repave.Core.Text;

namespace Repave.Core.Syntax;

/// <summary>One document of a file: its text, what is wrong with it and, where its language has one, its tree. It knows nothing of where in
/// the file it stands; <see cref="SourceFile"/> does. What it says never changes once it was read.</summary>
/// <param name="language">Its language.</param>
/// <param name="text">Its text.</param>
/// <param name="issues">What is wrong with the text.</param>
public abstract class Document(Language language, string text, IReadOnlyList<SyntaxIssue> issues)
{
    private IReadOnlyList<Comment>? _comments;

    /// <summary>The language that it is written in.</summary>
    public Language Language { get; } = language;

    /// <summary>The document's text, with whatever marks its beginning and everything up to the next document.</summary>
    public string Text { get; } = text;

    /// <summary>Edits of it that leave the rest as it is; null where its language has none.</summary>
    public TreeEdits? Edits => Language.Edits;

    /// <summary>What is wrong with the text, in its order.</summary>
    public IReadOnlyList<SyntaxIssue> Issues { get; } = issues;

    /// <summary>The tree; of a broken document, what could be read of it. Null if there is nothing, or the language has no trees.</summary>
    public virtual Node? Root => null;

    /// <summary>Every scalar of the tree in the order of the text.</summary>
    public virtual IReadOnlyList<ScalarNode> Scalars => [];

    /// <summary>Whether the text could be read to its end, with nothing left out.</summary>
    public bool IsWhole => Issues.All(issue => issue.Kind is SyntaxIssueKind.DuplicateKey or SyntaxIssueKind.Deviation);

    /// <summary>Whether nothing is wrong with the text but keys that stand twice, which some readers take.</summary>
    public bool IsValid => Issues.All(issue => issue.Kind == SyntaxIssueKind.DuplicateKey);

    /// <summary>The comments, in the order of the text.</summary>
    public IReadOnlyList<Comment> Comments => _comments ??= FindComments();

    /// <summary>What its words are, in the order of the text, where its language says it.</summary>
    public virtual IReadOnlyList<TextMark> Marks => [];

    /// <summary>The document after an edit, where only what the edit touches has to be read again; null where all of it has to be.</summary>
    /// <param name="edit">The edit, in offsets of this document's text.</param>
    /// <param name="text">The text after it.</param>
    internal virtual Document? After(TextEdit edit, string text) => null;

    /// <summary>Lets go of what can be made again from the text.</summary>
    public virtual void Forget()
    {
    }

    /// <summary>Keeps the tree until it is forgotten, so that nodes that are asked for twice are the same.</summary>
    public virtual void Keep()
    {
    }

    /// <summary>The texts within it that are wanted, as whoever reads them gets them. What a template language fills in stays as it is
    /// written.</summary>
    /// <param name="isWanted">Whether a text is; of what a document puts together it is asked with what is known of it.</param>
    public virtual IEnumerable<EmbeddedText> Texts(Func<string, bool> isWanted) => Scalars
        .Where(scalar => isWanted(scalar.Value))
        .Select(scalar => EmbeddedText.OfLines(scalar.Value, Text, LinesOf(scalar)));

    // A block's first line is its header.
    internal TextSpan LinesOf(ScalarNode scalar) => scalar.Style == NodeStyle.Literal
        && Text.IndexOf('\n', scalar.Span.Start, scalar.Span.Length) is var line and >= 0
        ? new TextSpan(line + 1, scalar.Span.End) : scalar.Span;

    /// <summary>The innermost node whose text holds the offset (of this document's text); null outside the tree.</summary>
    public Node? NodeAt(int offset) => Root is null || !Root.Span.Touches(offset) ? null : Innermost(Root, offset);

    /// <summary>Finds the comments.</summary>
    protected virtual IReadOnlyList<Comment> FindComments() => [];

    private static Node Innermost(Node node, int offset)
    {
        switch (node)
        {
            case MapNode mapping:
                foreach (var entry in mapping.Entries)
                {
                    if (entry.Key.Span.Touches(offset))
                        return Innermost(entry.Key, offset);
                    if (entry.Value.Span.Touches(offset))
                        return Innermost(entry.Value, offset);
                }

                return node;
            case ListNode sequence:
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
