using Repave.Core.Rules;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Launch configuration.</summary>
public sealed class LaunchConfigurationUsed : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1353";

    /// <inheritdoc/>
    public override string Title => "Launch configuration";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "Launch configurations are no longer developed, and new accounts cannot make them. "
        + "Use a launch template, whose versions can be rolled out and back.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/autoscaling/ec2/userguide/launch-configurations.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Web:
            Type: AWS::AutoScaling::LaunchConfiguration
            Properties:
              ImageId: ami-0123456789abcdef0
              InstanceType: t3.small
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Web:
            Type: AWS::EC2::LaunchTemplate
            Properties:
              LaunchTemplateData:
                ImageId: ami-0123456789abcdef0
                InstanceType: t3.small
        """;

    internal override void Check(CloudFormationResource resource, FindingSink sink)
    {
        if (resource.Type == "AWS::AutoScaling::LaunchConfiguration")
            sink.Add(this, resource, resource.NameNode,
                $"'{resource.Id.Name}' is a launch configuration, which new accounts cannot make: use a launch template.");
    }
}
