using Repave.Core.Dialects.CloudFormation.Plans;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Repave.Core.Rules;

namespace Repave.Core.Tests.Plans.Replacement;

/// <summary>What makes AWS itself stop an update or take it back: signals, alarms, failed tasks and a stack's own triggers.</summary>
public class StackGuardTests
{
    [Theory]
    [InlineData("WaitOnResourceSignals: true, PauseTime: PT10M",
        "an instance that does not signal success within 10 minutes takes it back")]
    [InlineData("WaitOnResourceSignals: true", "an instance that does not signal success within 5 minutes takes it back")]
    [InlineData("WaitOnResourceSignals: true, PauseTime: PT90S, MinSuccessfulInstancesPercent: 50",
        "fewer than 3 signals of success, each within 90 seconds, take it back")]
    [InlineData("WaitOnResourceSignals: true, MinSuccessfulInstancesPercent: 100",
        "an instance that does not signal success within 5 minutes takes it back")]
    [InlineData("PauseTime: PT10M", null)]
    public void ARollingUpdateWaitsForSignals(string policy, string? guard)
    {
        var steps = Steps(Group($"AutoScalingRollingUpdate: {{{policy}}}"));
        Assert.Equal(guard, steps.Guard);
        Assert.Equal(5, steps.Steps.Count);
    }

    [Theory]
    [InlineData("MinActiveInstancesPercent: 50, MaxBatchSize: 5", 3)]
    [InlineData("MinActiveInstancesPercent: 100, MaxBatchSize: 5", 5)]
    [InlineData("MinActiveInstancesPercent: 40, MinInstancesInService: 3, MaxBatchSize: 5", 3)]
    [InlineData("MaxBatchSize: 5", 0)]
    public void APercentOfTheInstancesStays(string policy, int least) =>
        Assert.Equal(least, Steps(Group($"AutoScalingRollingUpdate: {{{policy}}}")).MinAvailable);

    [Theory]
    [InlineData("ResourceSignal: {Count: 5, Timeout: PT15M}", "an instance that does not signal success within 15 minutes takes it back")]
    [InlineData("ResourceSignal: {Timeout: PT1M}, AutoScalingCreationPolicy: {MinSuccessfulInstancesPercent: 80}",
        "fewer than 4 signals of success, each within 1 minute, take it back")]
    [InlineData("AutoScalingCreationPolicy: {MinSuccessfulInstancesPercent: 80}", null)]
    public void AReplacedGroupWaitsForSignals(string policy, string? guard) => Assert.Equal(guard,
        Steps(Group("AutoScalingReplacingUpdate: {WillReplace: true}", $"CreationPolicy: {{{policy}}}\n    ")).Guard);

    [Theory]
    [InlineData("Alarms: {AlarmNames: [errors, latency], Enable: true, Rollback: true}", "an alarm (errors, latency) takes it back")]
    [InlineData("Alarms: {AlarmNames: [errors], Enable: true, Rollback: false}", "an alarm (errors) stops it")]
    [InlineData("Alarms: {AlarmNames: [errors], Enable: false, Rollback: true}", null)]
    [InlineData("Alarms: {AlarmNames: [a, b, c, d], Enable: true, Rollback: true}", "an alarm takes it back")]
    [InlineData("Strategy: BLUE_GREEN, Alarms: {AlarmNames: [errors], Enable: true, Rollback: true}", "an alarm (errors) takes it back")]
    public void AlarmsOfAServiceAreNamed(string configuration, string? guard) => Assert.Equal(guard, Steps(Service(configuration)).Guard);

    [Theory]
    [InlineData("", 15)]
    [InlineData("ThresholdConfiguration: {Type: COUNT, Value: 7}", 7)]
    [InlineData("ThresholdConfiguration: {Type: BOUNDED_PERCENT, Value: 100}", 30)]
    [InlineData("ThresholdConfiguration: {Type: UNBOUNDED_PERCENT, Value: 10}", 3)]
    public void ACircuitBreakerCountsAsItIsTold(string threshold, int failures) => Assert.Equal(failures, Steps(Service(
        $"DeploymentCircuitBreaker: {{Enable: true, Rollback: true{(threshold.Length == 0 ? "" : ", " + threshold)}}}", 30))
        .CircuitBreakerFailures);

    [Theory]
    [InlineData("AlarmConfiguration: {Alarms: [{Name: errors}], Enabled: true}", "an alarm (errors) stops it")]
    [InlineData("AlarmConfiguration: {Alarms: [{Name: errors}]}, AutoRollbackConfiguration: {Enabled: true, "
        + "Events: [DEPLOYMENT_STOP_ON_ALARM]}", "an alarm (errors) takes it back")]
    [InlineData("AlarmConfiguration: {Alarms: [{Name: errors}]}, AutoRollbackConfiguration: {Enabled: true, Events: [DEPLOYMENT_FAILURE]}",
        "an alarm (errors) stops it")]
    [InlineData("AlarmConfiguration: {Alarms: [{Name: errors}], Enabled: false}", null)]
    [InlineData("AlarmConfiguration: {Alarms: []}", null)]
    public void AlarmsOfACodeDeployGroupGuardItsAlias(string configuration, string? guard)
    {
        var steps = Steps("""
            Resources:
              It:
                Type: AWS::Lambda::Alias
                UpdatePolicy: {CodeDeployLambdaAliasUpdate: {ApplicationName: a, DeploymentGroupName: !Ref Group}}
                Properties: {FunctionName: f, Name: live, FunctionVersion: 'VERSION'}
              Group:
                Type: AWS::CodeDeploy::DeploymentGroup
                Properties:
                  {ApplicationName: a, ServiceRoleArn: r, DeploymentConfigName: CodeDeployDefault.LambdaCanary10Percent5Minutes, MORE}
            """.Replace("MORE", configuration, StringComparison.Ordinal));
        Assert.Equal((guard, 5), (steps.Guard, steps.Minutes));
    }

    [Theory]
    [InlineData("errors", 10, "CloudFormation watches the alarm (errors) during the update and for 10 minutes after it; if it goes off, "
        + "everything is taken back.")]
    [InlineData("errors,latency", 0, "CloudFormation watches 2 alarms (errors, latency) during the update; if one goes off, everything is "
        + "taken back.")]
    [InlineData("", 1, "CloudFormation keeps what is replaced for 1 minute after the update, in which it can be cancelled.")]
    [InlineData("", 0, null)]
    public void TheTriggersOfAStackAreSaidWhereSomethingChanges(string alarms, int minutes, string? note)
    {
        var evidence = new StackEvidence
        {
            RollbackAlarms = alarms.Split(',', StringSplitOptions.RemoveEmptyEntries),
            MonitoringMinutes = minutes,
        };
        Assert.Equal(note, Plan(Service(""), evidence).Notes
            .SingleOrDefault(n => n.StartsWith("CloudFormation", StringComparison.Ordinal)));
        Assert.DoesNotContain(Plan(Service("").Replace("VERSION", "1", StringComparison.Ordinal), evidence).Notes,
            n => n.StartsWith("CloudFormation", StringComparison.Ordinal));
    }

    [Fact]
    public void TheLineSaysIt() => Assert.EndsWith("; an alarm (errors) takes it back.", StepsSentence.Of(
        Plan(Service("Alarms: {AlarmNames: [errors], Enable: true, Rollback: true}")).Changes.Single(c => c.Id.Name == "It")),
        StringComparison.Ordinal);

    private static ReplacementSteps Steps(string text) => Plan(text).Changes.Single(c => c.Id.Name == "It").Steps!;

    private static Plan Plan(string text, StackEvidence? evidence = null) => Planner.Plan(
        [Manifest.Parse("t.yaml", text.Replace("VERSION", "2", StringComparison.Ordinal))],
        new Baseline("stack", [Manifest.Parse("t.yaml", text.Replace("VERSION", "1", StringComparison.Ordinal))])
        {
            Evidence = evidence,
            IsEarlierState = evidence is null,
        },
        Settings.Default, new PlanOptions());

    private static string Group(string policy, string creation = "") => $$"""
        Resources:
          It:
            Type: AWS::AutoScaling::AutoScalingGroup
            {{creation}}UpdatePolicy: { {{policy}} }
            Properties:
              MinSize: '5'
              MaxSize: '10'
              LaunchTemplate: {LaunchTemplateId: lt-1, Version: 'VERSION'}
        """;

    private static string Service(string configuration, int count = 4) => $$"""
        Resources:
          It:
            Type: AWS::ECS::Service
            Properties:
              DesiredCount: {{count}}
              TaskDefinition: 'web:VERSION'
              DeploymentConfiguration: { {{configuration}} }
        """;
}
