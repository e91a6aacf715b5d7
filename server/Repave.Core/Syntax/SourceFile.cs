using Repave.Core.Text;

namespace Repave.Core.Syntax;

/// <summary>A document and where in the file its text begins.</summary>
/// <param name="Start">Offset of the document's text in the file's text.</param>
/// <param name="Document">The document.</param>
public readonly record struct DocumentSlot(int Start, Document Document);

/// <summary>A text in one language: its documents, each readable without the others.</summary>
public sealed class SourceFile
{
    private SourceFile(Language language, SourceText text, IReadOnlyList<DocumentSlot> documents, bool isTooLong)
    {
        Language = language;
        Text = text;
        Documents = documents;
        IsTooLong = isTooLong;
    }

    /// <summary>The language that it is written in.</summary>
    public Language Language { get; }

    /// <summary>The file's text.</summary>
    public SourceText Text { get; }

    /// <summary>The documents in the order of the text. Parts that say nothing are left out.</summary>
    public IReadOnlyList<DocumentSlot> Documents { get; }

    /// <summary>Whether the text exceeds <see cref="SyntaxLimits.FileLength"/>; then no document was read.</summary>
    public bool IsTooLong { get; }

    /// <summary>The file as a whole, for what is said of it.</summary>
    public DocumentSlot Whole => new(0, new EmptyDocument(Language));

    /// <summary>The file after an edit. Documents that the edit does not touch are the same objects; only the others are
    /// read again.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The edit's range does not lie inside the text.</exception>
    public SourceFile With(TextEdit edit)
    {
        var text = edit.Apply(Text.Content);
        if (IsTooLong || text.Length > SyntaxLimits.FileLength)
            return Of(Language, text);
        var before = new Dictionary<(int Start, int Length), Document>(Documents.Count);
        foreach (var slot in Documents)
            before[(slot.Start, slot.Document.Text.Length)] = slot.Document;
        var editEnd = edit.Span.Start + edit.NewText.Length;
        var documents = new List<DocumentSlot>(Documents.Count + 1);
        foreach (var span in Language.Split(text))
        {
            Document? document = null;
            if (span.End <= edit.Span.Start)
                before.TryGetValue((span.Start, span.Length), out document);
            else if (span.Start >= editEnd
                && Language.IsSevered(text, span.Start) == Language.IsSevered(Text.Content, span.Start - edit.Delta))
                before.TryGetValue((span.Start - edit.Delta, span.Length), out document);
            documents.Add(new DocumentSlot(span.Start, document ?? Changed(span, edit, text)));
        }

        return new SourceFile(Language, new SourceText(text), documents, false);
    }

    // A document that the edit lies in, and that ends where it ended, is asked what of it is as it was.
    private Document Changed(TextSpan span, TextEdit edit, string text)
    {
        var content = text.Substring(span.Start, span.Length);
        foreach (var slot in Documents)
        {
            if (slot.Start == span.Start && slot.Document.Text.Length + edit.Delta == span.Length && edit.Span.Start >= span.Start
                && edit.Span.End <= span.Start + slot.Document.Text.Length)
            {
                return slot.Document.After(
                    new TextEdit(new TextSpan(edit.Span.Start - span.Start, edit.Span.End - span.Start), edit.NewText), content)
                    ?? Language.ParseDocument(content);
            }
        }

        return Language.ParseDocument(content);
    }

    /// <summary>Reads a text.</summary>
    internal static SourceFile Of(Language language, string text)
    {
        if (text.Length > SyntaxLimits.FileLength)
            return new SourceFile(language, new SourceText(text), [], true);
        var documents = new List<DocumentSlot>();
        foreach (var span in language.Split(text))
            documents.Add(new DocumentSlot(span.Start, language.ParseDocument(text.Substring(span.Start, span.Length))));
        return new SourceFile(language, new SourceText(text), documents, false);
    }
}
