using System.Globalization;
using Repave.Core.Plans.Replacement;
using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>Services and groups whose bounds let nothing be replaced.</summary>
public sealed class NoRoomToReplace : CloudFormationRule
{
    private const int Most = 10_000;

    /// <inheritdoc/>
    public override string Id => "RPV1365";

    /// <inheritdoc/>
    public override string Title => "Bounds that leave no room to replace";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Error;

    /// <inheritdoc/>
    public override string Reason =>
        "The bounds let no new task or instance start beside the old ones and no old one stop first, so a deployment waits until it "
        + "times out, or is refused. "
        + "Let one more run for a while (MaximumPercent, MaxSize), or one fewer (MinimumHealthyPercent, MinInstancesInService).";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
    [
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html",
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-updatepolicy.html",
    ];

    /// <inheritdoc/>
    public override string Bad => Text(100);

    /// <inheritdoc/>
    public override string Good => Text(200);

    internal override void Check(CloudFormationResource resource, FindingSink sink)
    {
        if (resource.Type == "AWS::ECS::Service")
            CheckService(resource, sink);
        else if (resource.Type == "AWS::AutoScaling::AutoScalingGroup")
            CheckGroup(resource, sink);
    }

    private void CheckService(CloudFormationResource service, FindingSink sink)
    {
        var properties = service.Properties;
        // Daemons go by other bounds, and other controllers and strategies by none of these.
        if (properties?["SchedulingStrategy"] is not null || properties?["DeploymentController"] is not null
            || properties?["DeploymentConfiguration"] is not MapNode bounds || bounds["Strategy"] is not null
            || NumberOf(properties["DesiredCount"]) is not { } desired || desired == 0
            || bounds["MaximumPercent"] is not { } written || NumberOf(written) is not { } most
            || (bounds["MinimumHealthyPercent"] is { } given ? NumberOf(given) : 100) is not { } least)
            return;
        var floor = Math.Min(desired, ((desired * least) + 99) / 100);
        var ceiling = Math.Max(desired, desired * most / 100);
        if (!new RollingWaves(desired, desired, floor, ceiling).Move(desired, 0))
            sink.Add(this, service, written, $"Of {desired} task{(desired == 1 ? "" : "s")} of '{service.Id.Name}' {floor} must go on "
                + $"running and no more than {ceiling} may run, so no deployment ends.");
    }

    private void CheckGroup(CloudFormationResource group, FindingSink sink)
    {
        if (group.Root["UpdatePolicy"]?["AutoScalingRollingUpdate"]?["MinInstancesInService"] is { } written
            && NumberOf(written) is { } least && NumberOf(group.Properties?["MaxSize"]) is { } most && least >= most && most > 0)
            sink.Add(this, group, written, $"{least} instances of '{group.Id.Name}' must stay in service and no more than {most} may be "
                + "there: CloudFormation refuses the update; MinInstancesInService must be less than MaxSize.");
    }

    private static int? NumberOf(Node? node) =>
        TextOf(node) is { } text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= Most
            ? number : null;

    private static string Text(int most) => $$"""
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Web:
            Type: AWS::ECS::Service
            Properties:
              TaskDefinition: web:7
              DesiredCount: 2
              DeploymentConfiguration:
                MinimumHealthyPercent: 100
                MaximumPercent: {{most}}
                DeploymentCircuitBreaker: {Enable: true, Rollback: true}
        """;
}
