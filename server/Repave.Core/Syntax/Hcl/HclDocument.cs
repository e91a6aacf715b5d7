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
    public override IEnumerable<EmbeddedText> Texts(Func<string, bool> isWanted) => Body.AllAttributes
        .SelectMany(static attribute => attribute.Value.All).OfType<HclTemplate>()
        .Where(template => template.Parts is [HclText, ..] && !template.Parts.Any(static part => part is HclTemplateFor or HclConditional)
            && isWanted(KnownOf(template)) && !HclJoinedTexts.IsFormat(this, template))
        .Select(TextOf)
        .Concat(HclJoinedTexts.In(this, isWanted));

    private static string KnownOf(HclTemplate template) => template.Parts is [HclText only] ? only.Value
        : string.Concat(template.Parts.Select(static part => part is HclText text ? text.Value : EmbeddedText.Computed));

    private EmbeddedText TextOf(HclTemplate template)
    {
        var builder = new EmbeddedText.Builder();
        foreach (var part in template.Parts)
        {
            if (part is HclText text)
                builder.AddLines(text.Value, Text, text.Span);
            else if (builder.IsAtLineStart && HclEncodedTexts.ValueOf(part) is { } encoded)
                HclEncodedTexts.Add(encoded, builder);
            else
                builder.AddComputed(part.Span);
        }

        return builder.Build();
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Comment> FindComments() => _found;
}
