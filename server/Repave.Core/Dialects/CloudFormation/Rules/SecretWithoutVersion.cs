using Repave.Core.Rules;
using Repave.Core.Text;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Reference that moves.</summary>
public sealed class SecretWithoutVersion : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1055";

    /// <inheritdoc/>
    public override string Title => "Reference that moves";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "A dynamic reference without a version is looked up at each deployment, and changes resources for a reason that is in no template. "
        + "Name a version, where a change of the value should be a change of the stack.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-ssm.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Topic:
            Type: AWS::SNS::Topic
            Properties:
              DisplayName: "{{resolve:ssm:/shop/name}}"
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Topic:
            Type: AWS::SNS::Topic
            Properties:
              DisplayName: "{{resolve:ssm:/shop/name:3}}"
        """;

    private static readonly BoundedRegex WithVersion = new(@"\{\{resolve:ssm:[^:}]+:\d+\}\}");

    internal override void Check(CloudFormationResource resource, FindingSink sink)
    {
        foreach (var text in TextsIn(resource.Properties))
        {
            if (text.Value.Contains("{{resolve:ssm:") && WithVersion.Decides(text.Value) == false)
                sink.Add(this, resource, text, "This is looked up again at each deployment: name the parameter's version.");
        }
    }
}
