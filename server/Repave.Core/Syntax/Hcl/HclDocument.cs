namespace Repave.Core.Syntax.Hcl;

/// <summary>A part of an HCL file: one block or argument of its top level, with the comments before it.</summary>
public sealed class HclDocument : Document
{
    private readonly IReadOnlyList<Comment> _found;

    internal HclDocument(string text, IReadOnlyList<SyntaxIssue> issues, HclBody body, IReadOnlyList<Comment> comments)
        : base(HclLanguage.Instance, text, issues) => (Body, _found) = (body, comments);

    /// <summary>What it holds.</summary>
    public HclBody Body { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<TextMark> Marks => HclMarks.Of(this);

    /// <inheritdoc/>
    public override IEnumerable<EmbeddedText> TextsBeginning(string start) => Body.AllAttributes
        .SelectMany(static attribute => attribute.Value.All).OfType<HclTemplate>()
        .Where(template => template.Parts is [HclText first, ..] && first.Value.StartsWith(start, StringComparison.Ordinal)
            && !template.Parts.Any(static part => part is HclTemplateFor or HclConditional))
        .Select(TextOf);

    private EmbeddedText TextOf(HclTemplate template)
    {
        var builder = new EmbeddedText.Builder();
        foreach (var part in template.Parts)
        {
            if (part is HclText text)
                builder.AddLines(text.Value, Text, text.Span);
            else
                builder.AddComputed(part.Span);
        }

        return builder.Build();
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Comment> FindComments() => _found;
}
