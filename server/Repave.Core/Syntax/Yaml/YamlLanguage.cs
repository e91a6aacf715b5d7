using Repave.Core.Text;

namespace Repave.Core.Syntax.Yaml;

/// <summary>YAML, and whatever else is no other language's: most manifests without a telling name are YAML.</summary>
public sealed class YamlLanguage : Language
{
    private static readonly YamlEdits Editor = new();

    /// <summary>The language.</summary>
    public static YamlLanguage Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "yaml";

    /// <inheritdoc/>
    public override string LineComment => "#";

    /// <inheritdoc/>
    public override TreeEdits Edits => Editor;

    /// <inheritdoc/>
    public override IReadOnlyList<string> FileNames { get; } = ["*.yaml", "*.yml"];

    /// <inheritdoc/>
    public override LanguageClaim Claims(string path, string? text) =>
        base.Claims(path, text) == LanguageClaim.Certain ? LanguageClaim.Certain : LanguageClaim.Possible;

    /// <inheritdoc/>
    public override IReadOnlyList<TextSpan> Split(string text) => YamlDocumentSplitter.Split(text);

    /// <summary>Whether a line of three dots and nothing else but a comment ends right before.</summary>
    /// <inheritdoc/>
    public override bool IsSevered(string text, int start)
    {
        var end = start - 1;
        if (end < 3 || text[end] != '\n')
            return false;
        var line = text.LastIndexOf('\n', end - 1) + 1;
        return string.CompareOrdinal(text, line, "...", 0, 3) == 0;
    }

    /// <inheritdoc/>
    public override Document ParseDocument(string text) => YamlDocumentParser.Parse(text);

    /// <inheritdoc/>
    public override IReadOnlyList<TextSpan> LinkedAt(Document document, int offset) => YamlAnchors.At(document, offset);

    /// <inheritdoc/>
    public override Cursor CursorAt(string text, int offset) => YamlCursor.At(text, offset);
}
