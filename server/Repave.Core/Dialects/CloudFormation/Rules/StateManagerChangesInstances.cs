using Repave.Core.Rules;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Instances changed on a schedule.</summary>
public sealed class StateManagerChangesInstances : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1152";

    /// <inheritdoc/>
    public override string Title => "Instances changed on a schedule";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "An association of Systems Manager changes running instances on its own schedule, and what it did is in no image. "
        + "Build it into the image, and replace the instances.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-3", "NIST SP 800-53 SI-14"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-state.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Agent:
            Type: AWS::SSM::Association
            Properties:
              Name: AWS-ConfigureAWSPackage
              Targets: [{Key: "tag:role", Values: [web]}]
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Inventory:
            Type: AWS::SSM::Association
            Properties:
              Name: AWS-GatherSoftwareInventory
              Targets: [{Key: "tag:role", Values: [web]}]
        """;

    internal override void Check(CloudFormationResource resource, FindingSink sink)
    {
        if (resource.Type == "AWS::SSM::Association" && resource.Properties?["Name"] is { } name
            && TextOf(name) is not ("AWS-GatherSoftwareInventory" or "AmazonInspector-ManageAWSAgent"))
            sink.Add(this, resource, name, $"'{resource.Id.Name}' changes running instances: build it into their image.");
    }
}
