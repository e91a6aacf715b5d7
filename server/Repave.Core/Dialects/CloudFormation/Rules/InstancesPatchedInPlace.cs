using Repave.Core.Rules;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Instances patched in place.</summary>
public sealed class InstancesPatchedInPlace : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1153";

    /// <inheritdoc/>
    public override string Title => "Instances patched in place";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "A patch baseline or a maintenance window patches instances that run, one by one, each from another state. "
        + "Build patched images, and replace the instances.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 SI-2", "NIST SP 800-53 SI-14"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Patches:
            Type: AWS::SSM::PatchBaseline
            Properties:
              Name: web
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Queue:
            Type: AWS::SQS::Queue
        """;

    internal override void Check(CloudFormationResource resource, FindingSink sink)
    {
        if (resource.Type is "AWS::SSM::PatchBaseline" or "AWS::SSM::MaintenanceWindowTask")
            sink.Add(this, resource, resource.NameNode,
                $"'{resource.Id.Name}' patches instances while they run: build patched images, and replace the instances.");
    }
}
