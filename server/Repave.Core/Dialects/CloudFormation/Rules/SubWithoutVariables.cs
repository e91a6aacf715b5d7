using Repave.Core.Rules;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Fn::Sub without a variable.</summary>
public sealed class SubWithoutVariables : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0048";

    /// <inheritdoc/>
    public override string Title => "Fn::Sub without a variable";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "Fn::Sub of a text in which nothing is substituted is that text. "
        + "Write the text, or the variable that is missing.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Topic:
            Type: AWS::SNS::Topic
            Properties:
              DisplayName: !Sub orders
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Topic:
            Type: AWS::SNS::Topic
            Properties:
              DisplayName: orders
        """;

    internal override void Check(CloudFormationResource resource, FindingSink sink)
    {
        foreach (var scalar in TextsIn(resource.Properties))
        {
            if (scalar.Tag == "!Sub" && !scalar.Value.Contains("${"))
                sink.Add(this, resource, scalar, "Nothing is substituted in this text: leave !Sub out.");
        }
    }
}
