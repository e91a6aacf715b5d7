using Repave.Core.Rules;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Section that templates do not have.</summary>
public sealed class UnknownSection : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0046";

    /// <inheritdoc/>
    public override string Title => "Section that templates do not have";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Error;

    /// <inheritdoc/>
    public override string Reason =>
        "CloudFormation refuses a template with a section that it does not know. "
        + "Correct its name, or move what it holds into Metadata.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resourcs: {}
        Resources:
          Queue:
            Type: AWS::SQS::Queue
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Metadata: {}
        Resources:
          Queue:
            Type: AWS::SQS::Queue
        """;

    private static readonly string[] Sections =
    [
        "AWSTemplateFormatVersion", "Conditions", "Description", "Globals", "Hooks", "Mappings", "Metadata", "Outputs", "Parameters",
        "Resources", "Rules", "Transform",
    ];

    internal override void CheckTemplate(Template template, FindingSink sink)
    {
        if (template.HasMacros)
            return;
        foreach (var entry in template.Root.AllEntries)
        {
            // Packing tools have sections of their own.
            if (entry.Name is not { Length: > 0 } name || Sections.Contains(name) || name.Contains("::")
                || name is "Rain" or "Constants" or "Modules" or "Packages" || name.StartsWith("x-", StringComparison.OrdinalIgnoreCase))
                continue;
            var nearest = Shapes.NearestName.Of(name, Sections);
            sink.Add(this, entry.Key.Span, "Templates have no section "
                + $"'{name}'{(nearest is null ? $"; there are {string.Join(", ", Sections)}." : $"; did you mean '{nearest}'?")}");
        }
    }
}
