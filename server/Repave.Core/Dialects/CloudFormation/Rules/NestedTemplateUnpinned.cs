using Repave.Core.Rules;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Nested template that moves.</summary>
public sealed class NestedTemplateUnpinned : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1056";

    /// <inheritdoc/>
    public override string Title => "Nested template that moves";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "A nested template without a version in its address is another template after the next upload, "
        + "so the same parent deploys something else. "
        + "Name a version of the object, or let a packaging step write an address for its content.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stack.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Network:
            Type: AWS::CloudFormation::Stack
            Properties:
              TemplateURL: https://s3.amazonaws.com/templates/network.yaml
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Network:
            Type: AWS::CloudFormation::Stack
            Properties:
              TemplateURL: https://s3.amazonaws.com/templates/network.yaml?versionId=abc
        """;

    internal override void Check(CloudFormationResource resource, FindingSink sink)
    {
        if (resource.Type == "AWS::CloudFormation::Stack" && resource.Properties?["TemplateURL"] is Syntax.ScalarNode { Tag: null } address
            && address.Value.StartsWith("https://", StringComparison.Ordinal) && !address.Value.Contains("versionId="))
            sink.Add(this, resource, address,
                "The template at this address can be exchanged: add the version of the object (?versionId=…).");
    }
}
