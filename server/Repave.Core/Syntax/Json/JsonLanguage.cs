using Repave.Core.Text;

namespace Repave.Core.Syntax.Json;

/// <summary>JSON, as its standard has it: no comments, no trailing commas. A file may hold several values behind one another, as
/// <c>kubectl</c> takes them; each is a document.</summary>
public sealed class JsonLanguage : Language
{
    private static readonly JsonEdits Editor = new();

    /// <summary>The language.</summary>
    public static JsonLanguage Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "json";

    /// <inheritdoc/>
    public override TreeEdits Edits => Editor;

    /// <inheritdoc/>
    public override IReadOnlyList<string> FileNames { get; } = ["*.json", "*.ign"];

    /// <summary>Files named <c>.json</c>, unless they begin like YAML: platforms that read both go by the first character.</summary>
    public override LanguageClaim Claims(string path, string? text) =>
        text is null || BeginsLikeJson(text) ? base.Claims(path, text) : LanguageClaim.None;

    /// <inheritdoc/>
    public override IReadOnlyList<TextSpan> Split(string text) => JsonDocumentSplitter.Split(text);

    /// <inheritdoc/>
    public override Document ParseDocument(string text) => JsonDocumentParser.Parse(text);

    /// <inheritdoc/>
    public override Cursor? CursorAt(string text, int offset) => JsonCursor.At(text, offset);

    private static bool BeginsLikeJson(string text)
    {
        foreach (var c in text)
        {
            if (c is not (' ' or '\t' or '\r' or '\n' or '\uFEFF'))
                return c is '{' or '[' or '"' or '/' or '}' or ']' or ',' or ':';
        }

        return true;
    }
}
