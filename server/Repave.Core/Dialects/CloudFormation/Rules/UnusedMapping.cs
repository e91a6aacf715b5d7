using Repave.Core.Rules;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Mapping that nothing uses.</summary>
public sealed class UnusedMapping : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0045";

    /// <inheritdoc/>
    public override string Title => "Mapping that nothing uses";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "A mapping that nothing uses suggests to its reader that it does something. "
        + "Remove it, or use it.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/template-anatomy.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Mappings:
          Sizes:
            small: {value: 1}
        Resources:
          Queue:
            Type: AWS::SQS::Queue
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Queue:
            Type: AWS::SQS::Queue
        """;

    internal override void CheckTemplate(Template template, FindingSink sink)
    {
        if (template.HasMacros || template.Root.Has("Fn::Transform") || template.Mappings.Count > 0 && template.References.Any(r => r.Kind == ReferenceKind.Mapping && r.Name.Length == 0))
            return;
        var used = new HashSet<string>(template.References.Where(r => r.Kind is ReferenceKind.Mapping).Select(r => r.Name), StringComparer.Ordinal);
        foreach (var entry in template.Mappings)
        {
            // What macros, packing tools and loops are given stands in texts.
            if (!used.Contains(entry.Key) && template.Document.Text.IndexOf(entry.Key, entry.Value.Span.End, StringComparison.Ordinal) < 0 && template.Document.Text.IndexOf(entry.Key, 0, entry.Value.Key.Span.Start, StringComparison.Ordinal) < 0)
                sink.Add(this, entry.Value.Key.Span, $"Nothing in this template uses the mapping '{entry.Key}'.");
        }
    }
}
