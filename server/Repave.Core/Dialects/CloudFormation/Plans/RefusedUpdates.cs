using Repave.Core.Plans.Replacement;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Plans;

/// <summary>Updates that a service refuses for what they change, though the property as such can be changed.</summary>
internal static class RefusedUpdates
{
    // Properties that are given when it is made; neither a call nor the stack changes them, and the stack makes no new one for it.
    // See https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-volume.html.
    private static readonly HashSet<(string Type, string Property)> Fixed =
    [
        ("AWS::EC2::Volume", "AvailabilityZone"), ("AWS::EC2::Volume", "AvailabilityZoneId"), ("AWS::EC2::Volume", "Encrypted"),
        ("AWS::EC2::Volume", "KmsKeyId"), ("AWS::EC2::Volume", "OutpostArn"), ("AWS::EC2::Volume", "SnapshotId"),
        // The template reference of the type: the update fails, whatever UpdateReplacePolicy says.
        ("AWS::KMS::Key", "KeySpec"), ("AWS::KMS::Key", "KeyUsage"), ("AWS::KMS::Key", "Origin"), ("AWS::KMS::Key", "MultiRegion"),
        // https://github.com/aws-amplify/amplify-cli/issues/4227
        ("AWS::Cognito::UserPool", "UsernameConfiguration"),
    ];

    /// <summary>What is refused of a property's change.</summary>
    /// <param name="resource">The resource as it will be.</param>
    /// <param name="property">The property.</param>
    /// <param name="from">What it was.</param>
    /// <param name="to">What it becomes.</param>
    /// <param name="isDragged">Whether only what it names changes.</param>
    /// <param name="values">The template's values.</param>
    public static IEnumerable<string> Of(CloudFormationResource resource, string property, string? from, string? to, bool isDragged,
        TemplateValues values)
    {
        if (OneWayFacts.CloudFormation.Grows(resource.Type, property) && double.TryParse(from, out var was)
            && double.TryParse(to, out var now)
            && now < was)
            yield return $"The {property} of '{resource.Id.Name}' can only grow: make a new one of the smaller size, and move the data.";
        if (Fixed.Contains((resource.Type, property)) && !isDragged)
            yield return $"The {property} of '{resource.Id.Name}' cannot be updated: give a new one another logical id, and move the data.";
        if (resource.Type == "AWS::ECS::Service" && property is "TaskDefinition" or "LoadBalancers"
            && resource.Properties?["DeploymentController"] is { } controller && values.Text(controller["Type"]) == "CODE_DEPLOY"
            && !values.Template.Transforms.Contains("AWS::CodeDeployBlueGreen"))
            yield return $"ECS refuses another {property} for '{resource.Id.Name}', whose deployments CodeDeploy makes: "
                + "deploy it with CodeDeploy.";
        if (resource.Type == "AWS::Cognito::UserPool" && property == "Schema" && !isDragged)
            yield return $"Cognito takes new attributes for '{resource.Id.Name}', and refuses to change or to take away those that "
                + "are there.";
    }
}
