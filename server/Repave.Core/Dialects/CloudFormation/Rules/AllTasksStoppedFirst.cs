using Repave.Core.Rules;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>ECS service that stops before it starts.</summary>
public sealed class AllTasksStoppedFirst : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1352";

    /// <inheritdoc/>
    public override string Title => "ECS service that stops before it starts";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "With no healthy task to keep, a deployment stops all old tasks before the new ones answer. "
        + "Keep at least some (MinimumHealthyPercent).";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-3", "NIST SP 800-53 CP-10"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Web:
            Type: AWS::ECS::Service
            Properties:
              TaskDefinition: web:7
              DesiredCount: 2
              DeploymentConfiguration:
                MinimumHealthyPercent: 0
                MaximumPercent: 100
                DeploymentCircuitBreaker: {Enable: true, Rollback: true}
        """;

    /// <inheritdoc/>
    public override string Good => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Web:
            Type: AWS::ECS::Service
            Properties:
              TaskDefinition: web:7
              DesiredCount: 2
              DeploymentConfiguration:
                MinimumHealthyPercent: 100
                MaximumPercent: 200
                DeploymentCircuitBreaker: {Enable: true, Rollback: true}
        """;

    internal override void Check(CloudFormationResource resource, FindingSink sink)
    {
        if (resource.Type == "AWS::ECS::Service" && TextOf(resource.Properties?["SchedulingStrategy"]) != "DAEMON"
            && resource.Properties?.At("DeploymentConfiguration", "MinimumHealthyPercent") is { } least && TextOf(least) == "0")
            sink.Add(this, resource, least,
                $"A deployment may stop every task of '{resource.Id.Name}' before a new one answers: keep some.");
    }
}
