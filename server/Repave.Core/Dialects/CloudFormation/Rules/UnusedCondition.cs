using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Condition that nothing uses.</summary>
public sealed class UnusedCondition : UnusedNameRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0044";

    /// <inheritdoc/>
    public override string Title => "Condition that nothing uses";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "A condition that nothing uses suggests to its reader that it does something. "
        + "Remove it, or use it.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/template-anatomy.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Conditions:
          IsProduction: !Equals [!Ref AWS::Region, eu-central-1]
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

    private protected override string What => "condition";

    private protected override IReadOnlyDictionary<string, MapEntry> NamesOf(Template template) => template.Conditions;
}
