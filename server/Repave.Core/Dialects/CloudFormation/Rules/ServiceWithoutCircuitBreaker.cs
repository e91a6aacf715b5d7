using Repave.Core.Rules;

namespace Repave.Core.Dialects.CloudFormation.Rules;

/// <summary>ECS service that does not roll back.</summary>
public sealed class ServiceWithoutCircuitBreaker : CloudFormationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1351";

    /// <inheritdoc/>
    public override string Title => "ECS service that does not roll back";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "A deployment whose tasks do not come up goes on trying for hours, with the stack waiting for it. "
        + "Turn the deployment circuit breaker on, with rollback.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-3", "NIST SP 800-53 CP-10"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html"];

    /// <inheritdoc/>
    public override string Bad => """
        AWSTemplateFormatVersion: "2010-09-09"
        Resources:
          Web:
            Type: AWS::ECS::Service
            Properties:
              TaskDefinition: web:7
              DesiredCount: 2
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
                DeploymentCircuitBreaker: {Enable: true, Rollback: true}
        """;

    internal override void Check(CloudFormationResource resource, FindingSink sink)
    {
        if (resource.Type != "AWS::ECS::Service"
            || TextOf(resource.Properties?["DeploymentController"]?["Type"]) is "CODE_DEPLOY" or "EXTERNAL")
            return;
        if (resource.Properties?.At("DeploymentConfiguration", "DeploymentCircuitBreaker") is null
            && resource.Properties?.At("DeploymentConfiguration", "Alarms") is null
            && (resource.Properties?["DeploymentConfiguration"] is not { } configuration || Intrinsic.Of(configuration) is null))
            sink.Add(this, resource, resource.NameNode,
                $"A deployment of '{resource.Id.Name}' that fails goes on for hours: turn DeploymentCircuitBreaker on.");
    }
}
