using Repave.Core.Text;

namespace Repave.Core.Syntax.GoTemplate;

/// <summary>Templates of Go's text/template. They have no tree of values: what they make has.</summary>
public sealed class GoTemplateLanguage : Language
{
    /// <summary>The language.</summary>
    public static GoTemplateLanguage Instance { get; } = new();

    /// <inheritdoc/>
    public override string Name => "gotemplate";

    /// <inheritdoc/>
    public override IReadOnlyList<string> FileNames { get; } = [];

    // No file is claimed: which templates are a chart's is known by the folder that they lie in.
    /// <inheritdoc/>
    public override LanguageClaim Claims(string path, string? text) => LanguageClaim.None;

    /// <inheritdoc/>
    public override IReadOnlyList<TextSpan> Split(string text) => [];

    /// <inheritdoc/>
    public override Document ParseDocument(string text) => new EmptyDocument(this);

    /// <summary>What the words of a template's actions are, in the order of the text.</summary>
    public static IReadOnlyList<TextMark> MarksOf(string text) => TemplateMarks.Of(text);
}
