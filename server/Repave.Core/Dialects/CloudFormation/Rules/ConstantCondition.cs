using Repave.Core.Rules;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Condition that is always the same.</summary>
public sealed class ConstantCondition : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0056";

    /// <inheritdoc/>
    public override string Title => "Condition that is always the same";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "Whatever the parameters are, this condition has one value, so what it decides was meant differently or is decided already. "
        + "Compare with what can differ, or take the condition away.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/conditions-section-structure.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Parameters:
          Stage: {Type: String, AllowedValues: [test, live]}
        Conditions:
          IsProduction: !Equals [!Ref Stage, production]
        Resources:
          Topic:
            Type: AWS::SNS::Topic
            Condition: IsProduction
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Parameters:
          Stage: {Type: String, AllowedValues: [test, live]}
        Conditions:
          IsProduction: !Equals [!Ref Stage, live]
        Resources:
          Topic:
            Type: AWS::SNS::Topic
            Condition: IsProduction
        """;

    internal override void CheckTemplate(Template template, FindingSink sink)
    {
        if (template.HasMacros)
            return;
        foreach (var condition in template.Conditions)
        {
            if (template.Logic.Always(condition.Key) is { } always)
                sink.Add(this, condition.Value.Key.Span, $"The condition '{condition.Key}' is always {(always ? "true" : "false")}.");
        }
    }
}
