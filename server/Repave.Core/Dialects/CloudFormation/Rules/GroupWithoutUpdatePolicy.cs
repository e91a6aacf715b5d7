using Repave.Core.Rules;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Auto Scaling group that does not roll.</summary>
public sealed class GroupWithoutUpdatePolicy : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1350";

    /// <inheritdoc/>
    public override string Title => "Auto Scaling group that does not roll";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "Without an update policy a new launch template reaches only instances that are started later, "
        + "so old and new ones run side by side for good. "
        + "Set an UpdatePolicy (AutoScalingRollingUpdate or AutoScalingReplacingUpdate), or an instance refresh.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Web:
            Type: AWS::AutoScaling::AutoScalingGroup
            Properties:
              MinSize: "2"
              MaxSize: "4"
              LaunchTemplate: {LaunchTemplateId: lt-1, Version: "3"}
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Web:
            Type: AWS::AutoScaling::AutoScalingGroup
            UpdatePolicy:
              AutoScalingRollingUpdate: {MinInstancesInService: 2}
            Properties:
              MinSize: "2"
              MaxSize: "4"
              LaunchTemplate: {LaunchTemplateId: lt-1, Version: "3"}
        """;

    internal override void Check(CloudFormationResource resource, FindingSink sink)
    {
        if (resource.Type == "AWS::AutoScaling::AutoScalingGroup" && !resource.Root.Has("UpdatePolicy"))
            sink.Add(this, resource, resource.NameNode,
                $"A new launch template does not reach the instances that '{resource.Id.Name}' has: set an UpdatePolicy.");
    }
}
