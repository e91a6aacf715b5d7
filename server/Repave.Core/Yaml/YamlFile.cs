using Repave.Core.Text;

namespace Repave.Core.Yaml;

/// <summary>A document and where in the file its text begins.</summary>
/// <param name="Start">Offset of the document's text in the file's text.</param>
/// <param name="Document">The document.</param>
public readonly record struct YamlDocumentSlot(int Start, YamlDocument Document);

/// <summary>A YAML or JSON file: its documents, each readable without the others.</summary>
public sealed class YamlFile
{
    private YamlFile(SourceText text, IReadOnlyList<YamlDocumentSlot> documents, bool isTooLong)
    {
        Text = text;
        Documents = documents;
        IsTooLong = isTooLong;
    }

    /// <summary>The file's text.</summary>
    public SourceText Text { get; }

    /// <summary>The documents in the order of the text. Parts between <c>---</c> lines that say nothing are left out.</summary>
    public IReadOnlyList<YamlDocumentSlot> Documents { get; }

    /// <summary>Whether the text exceeds <see cref="YamlLimits.FileLength"/>; then no document was read.</summary>
    public bool IsTooLong { get; }

    /// <summary>Reads a text. Never throws; what is wrong is in the documents' errors.</summary>
    public static YamlFile Parse(string text)
    {
        if (text.Length > YamlLimits.FileLength)
            return new YamlFile(new SourceText(text), [], true);
        var documents = new List<YamlDocumentSlot>();
        foreach (var span in YamlDocumentSplitter.Split(text))
            documents.Add(new YamlDocumentSlot(span.Start, YamlDocument.Parse(text.Substring(span.Start, span.Length))));
        return new YamlFile(new SourceText(text), documents, false);
    }

    /// <summary>The file after an edit. Documents that the edit does not touch are the same objects; only the others are read again.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The edit's range does not lie inside the text.</exception>
    public YamlFile With(TextEdit edit)
    {
        var text = edit.Apply(Text.Content);
        if (IsTooLong || text.Length > YamlLimits.FileLength)
            return Parse(text);
        var before = new Dictionary<(int Start, int Length), YamlDocument>(Documents.Count);
        foreach (var slot in Documents)
            before[(slot.Start, slot.Document.Text.Length)] = slot.Document;
        var editEnd = edit.Span.Start + edit.NewText.Length;
        var documents = new List<YamlDocumentSlot>(Documents.Count + 1);
        foreach (var span in YamlDocumentSplitter.Split(text))
        {
            YamlDocument? document = null;
            if (span.End <= edit.Span.Start)
                before.TryGetValue((span.Start, span.Length), out document);
            else if (span.Start >= editEnd)
                before.TryGetValue((span.Start - edit.Delta, span.Length), out document);
            documents.Add(new YamlDocumentSlot(span.Start, document ?? YamlDocument.Parse(text.Substring(span.Start, span.Length))));
        }

        return new YamlFile(new SourceText(text), documents, false);
    }
}
