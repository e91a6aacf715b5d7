using System.Globalization;
using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Plans.Steps;

/// <summary>How services, aliases and groups of machines come from one version to the next (the developer guides of Amazon ECS, AWS Lambda,
/// AWS CodeDeploy and the UpdatePolicy attribute).</summary>
internal sealed class StackSteps(IReadOnlyList<CloudFormationResource> resources, TemplateValues values)
{
    private const int Most = 1_000_000;

    // How many tasks must fail, whatever the service's size. The developer guide's section on the deployment circuit breaker says 10, and
    // the rows that are derived from it hold to that; the API reference (ServiceDeploymentCircuitBreaker, 2026) says 3.
    private const int LeastFailures = 10;
    private const int MostFailures = 200;

    // Of the tasks, where nothing says how many may fail.
    private const int DefaultFailurePercent = 50;

    // How long a signal may take where nothing says it.
    private const double DefaultSignalMinutes = 5;

    /// <summary>The steps of a change; null if nothing is known of its type.</summary>
    public ReplacementSteps? Of(ResourceChange change)
    {
        if (change.Desired is not CloudFormationResource resource || change.Baseline is null || change.Action is PlanAction.None
            or PlanAction.Unknown)
            return null;
        return resource.Type switch
        {
            "AWS::ECS::Service" => Service(resource, change) is { } service ? service with { Instance = "task" } : null,
            "AWS::Lambda::Alias" => Alias(resource, change),
            "AWS::AutoScaling::AutoScalingGroup" => Group(resource, change),
            "AWS::CodeDeploy::DeploymentGroup" => Deployment(resource),
            _ => null,
        };
    }

    private static bool Changes(ResourceChange change, params string[] properties) =>
        change.Reasons.Exists(r => Array.Exists(properties, p => PropertyPaths.PropertyOf(r.Path) == p));

    private Node? At(Node? node, params string[] path)
    {
        foreach (var name in path)
            node = values.Reduce(node).Node?[name];
        return values.Reduce(node).Node;
    }

    private string? TextAt(Node? node, params string[] path)
    {
        foreach (var name in path.Take(path.Length - 1))
            node = values.Reduce(node).Node?[name];
        return values.Reduce(node).Node?[path[path.Length - 1]] is { } value && values.Text(value) is { Length: > 0 } text
            && !text.Contains('<') ? text.Trim('"') : null;
    }

    private int? NumberAt(Node? node, params string[] path) =>
        TextAt(node, path) is { } text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number is >= 0 and <= Most ? (int)number : null;

    private ReplacementSteps? Service(CloudFormationResource service, ResourceChange change)
    {
        var properties = (Node?)service.Properties;
        // Daemons run once on each machine, and other controllers than ECS have rules of their own.
        if (NumberAt(properties, "DesiredCount") is not { } desired || TextAt(properties, "SchedulingStrategy") == "DAEMON"
            || TextAt(properties, "DeploymentController", "Type") is not (null or "ECS"))
            return null;
        var bounds = At(properties, "DeploymentConfiguration");
        var breaker = At(bounds, "DeploymentCircuitBreaker");
        int? failures = TextAt(breaker, "Enable") == "true" ? FailuresOf(breaker, desired) : null;
        var alarms = At(bounds, "Alarms");
        var guard = TextAt(alarms, "Enable") == "true"
            ? StepGuards.OfAlarms(TextsOf(At(alarms, "AlarmNames")), TextAt(alarms, "Rollback") == "true") : null;
        var isNew = change.Action is PlanAction.Roll or PlanAction.Replace;
        if (!isNew)
            return new ReplacementSteps { PodsRolled = 0, NeedsPerson = false, CircuitBreakerFailures = failures };
        if (TextAt(bounds, "Strategy") is "BLUE_GREEN" or "LINEAR" or "CANARY")
            return Sides(bounds, desired, failures) with { Guard = guard };
        var floor = ShareOf(NumberAt(bounds, "MinimumHealthyPercent") ?? 100, desired);
        var ceiling = (int)((long)desired * (NumberAt(bounds, "MaximumPercent") ?? 200) / 100);
        var waves = new RollingWaves(desired, desired, Math.Min(floor, desired), Math.Max(ceiling, desired));
        var arrives = waves.Move(desired, 0);
        return new ReplacementSteps
        {
            MinAvailable = waves.Least,
            // Whether ECS starts tasks or stops them first it does not say: the most is what it may come to.
            MaxTotal = arrives ? Math.Max(waves.Most, Math.Min(ceiling, 2 * desired)) : waves.Most,
            PodsRolled = waves.New,
            Steps = waves.Steps,
            NeedsPerson = false,
            CannotProgress = !arrives,
            Why = arrives ? null : "MinimumHealthyPercent and MaximumPercent leave no room for a new task",
            CircuitBreakerFailures = failures,
            Guard = guard,
        };
    }

    private int FailuresOf(Node? breaker, int desired)
    {
        var threshold = At(breaker, "ThresholdConfiguration");
        var value = NumberAt(threshold, "Value") ?? NumberAt(threshold, "value") ?? DefaultFailurePercent;
        var share = ShareOf(value, desired);
        return (TextAt(threshold, "Type") ?? TextAt(threshold, "type")) switch
        {
            "COUNT" => value,
            "UNBOUNDED_PERCENT" => share,
            _ => Math.Min(MostFailures, Math.Max(LeastFailures, share)),
        };
    }

    private IReadOnlyList<string> TextsOf(Node? list) =>
        [.. ((list as ListNode)?.ResolvedItems ?? []).Select(i => values.Text(i)?.Trim('"') ?? "").Where(t => t.Length > 0)];

    // What a CodeDeploy group watches.
    private string? GuardOf(CloudFormationResource? group)
    {
        var alarms = At(group?.Properties, "AlarmConfiguration");
        if (TextAt(alarms, "Enabled") == "false" || At(alarms, "Alarms") is not ListNode { Items.Count: > 0 } named)
            return null;
        var back = At(group!.Properties, "AutoRollbackConfiguration");
        return StepGuards.OfAlarms([.. named.ResolvedItems.Select(a => TextAt(a, "Name") ?? "").Where(n => n.Length > 0)],
            TextAt(back, "Enabled") == "true" && TextsOf(At(back, "Events")).Contains("DEPLOYMENT_STOP_ON_ALARM"));
    }

    // A new side beside the old one, which gets the traffic at once or in shares.
    private ReplacementSteps Sides(Node? bounds, int desired, int? failures)
    {
        var bake = NumberAt(bounds, "BakeTimeInMinutes") ?? 0;
        var shift = TextAt(bounds, "Strategy") switch
        {
            "LINEAR" => DeploymentShift.Linear(NumberAt(bounds, "LinearConfiguration", "StepPercent") ?? 10,
                NumberAt(bounds, "LinearConfiguration", "StepBakeTimeInMinutes") ?? 6),
            "CANARY" => DeploymentShift.Canary(NumberAt(bounds, "CanaryConfiguration", "CanaryPercent") ?? 5,
                NumberAt(bounds, "CanaryConfiguration", "CanaryBakeTimeInMinutes") ?? 10),
            _ => DeploymentShift.AtOnce,
        };
        return new ReplacementSteps
        {
            MinAvailable = desired,
            MaxTotal = 2 * desired,
            PodsRolled = desired,
            Steps = shift.Percents,
            IsTraffic = true,
            Minutes = shift.Minutes + bake,
            NeedsPerson = false,
            CannotProgress = false,
            CircuitBreakerFailures = failures,
        };
    }

    private ReplacementSteps? Alias(CloudFormationResource alias, ResourceChange change)
    {
        var weights = At(alias.Properties, "RoutingConfig", "AdditionalVersionWeights") as ListNode;
        if (!Changes(change, "FunctionVersion") && Changes(change, "RoutingConfig"))
        {
            // What an alias weighs stays so until somebody changes it again.
            double[] shares = [.. (weights?.ResolvedItems ?? []).Select(w => TextAt(w, "FunctionWeight")).Select(text =>
                double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) ? share : 0)];
            return new ReplacementSteps
            {
                Steps = [.. shares.Select(share => (int)Math.Round(share * 100))],
                IsTraffic = true,
                NeedsPerson = shares.Any(share => share is > 0 and < 1),
                Waits = shares.Any(share => share is > 0 and < 1) ? "a person changes the weights again" : null,
            };
        }

        if (!Changes(change, "FunctionVersion"))
            return null;
        var policy = At(alias.Root["UpdatePolicy"], "CodeDeployLambdaAliasUpdate");
        if (policy is null)
            return new ReplacementSteps { Steps = [100], IsTraffic = true, Minutes = 0, NeedsPerson = false };
        var group = Named(policy["DeploymentGroupName"]);
        return ShiftOf(group) is not { } shift ? null : new ReplacementSteps
        {
            Steps = shift.Percents,
            IsTraffic = true,
            Minutes = shift.Minutes,
            NeedsPerson = false,
            Guard = GuardOf(group),
        };
    }

    // A group's configuration: a predefined one by its name, or one of this template.
    private DeploymentShift? ShiftOf(CloudFormationResource? group)
    {
        if (group is null)
            return null;
        var name = group.Properties?["DeploymentConfigName"];
        if (name is null)
            return DeploymentShift.AtOnce;
        if (TextAt(group.Properties, "DeploymentConfigName") is { } text && DeploymentShift.Of(text) is { } known)
            return known;
        var own = Named(name) ?? resources.FirstOrDefault(r => r.Type == "AWS::CodeDeploy::DeploymentConfig"
            && TextAt(r.Properties, "DeploymentConfigName") is { } given && given == TextAt(group.Properties, "DeploymentConfigName"));
        var routing = own is null ? null : At(own.Properties, "TrafficRoutingConfig");
        return routing is null ? null : TextAt(routing, "Type") switch
        {
            "TimeBasedCanary" => DeploymentShift.Canary(NumberAt(routing, "TimeBasedCanary", "CanaryPercentage") ?? 0,
                NumberAt(routing, "TimeBasedCanary", "CanaryInterval") ?? 0),
            "TimeBasedLinear" => DeploymentShift.Linear(NumberAt(routing, "TimeBasedLinear", "LinearPercentage") ?? 0,
                NumberAt(routing, "TimeBasedLinear", "LinearInterval") ?? 0),
            _ => DeploymentShift.AtOnce,
        };
    }

    // The resource that a Ref or GetAtt means.
    private CloudFormationResource? Named(Node? node)
    {
        var name = node?["Ref"] is ScalarNode reference ? reference.Value
            : node?["Fn::GetAtt"] is ListNode { ResolvedItems: var items } && items.FirstOrDefault() is ScalarNode first ? first.Value
            : node is ScalarNode { Tag: { } tag } scalar && tag.EndsWith("Ref", StringComparison.Ordinal) ? scalar.Value : null;
        return name is null ? null : resources.FirstOrDefault(r => r.Id.Name == name);
    }

    private ReplacementSteps Deployment(CloudFormationResource group)
    {
        var ready = At(group.Properties, "BlueGreenDeploymentConfiguration", "DeploymentReadyOption");
        return new ReplacementSteps
        {
            PodsRolled = 0,
            Steps = ShiftOf(group)?.Percents ?? [],
            IsTraffic = true,
            NeedsPerson = TextAt(ready, "ActionOnTimeout") == "STOP_DEPLOYMENT",
            Waits = TextAt(ready, "ActionOnTimeout") == "STOP_DEPLOYMENT" ? "a person moves the traffic" : null,
            AppliesTo = "the next deployment",
            Guard = GuardOf(group),
        };
    }

    private ReplacementSteps? Group(CloudFormationResource group, ResourceChange change)
    {
        var properties = (Node?)group.Properties;
        if ((NumberAt(properties, "DesiredCapacity") ?? NumberAt(properties, "MinSize")) is not { } desired)
            return null;
        if (change.Action == PlanAction.Replace)
            return new ReplacementSteps
            {
                MinAvailable = desired,
                MaxTotal = 2 * desired,
                PodsRolled = desired,
                Steps = desired > 0 ? [desired] : [],
                NeedsPerson = false,
                CannotProgress = false,
                Guard = CreationGuard(group, desired),
            };
        if (change.Action != PlanAction.Roll)
            return new ReplacementSteps { MinAvailable = desired, PodsRolled = 0, NeedsPerson = false };
        var policy = At(group.Root["UpdatePolicy"], "AutoScalingRollingUpdate");
        var inService = Math.Max(NumberAt(policy, "MinInstancesInService") ?? 0,
            ShareOf(policy, "MinActiveInstancesPercent", desired) ?? 0);
        if (NumberAt(properties, "MaxSize") is { } most && inService >= most && most > 0)
            return new ReplacementSteps
            {
                PodsRolled = 0,
                CannotProgress = true,
                Why = "MinInstancesInService must be less than MaxSize",
            };
        // The group grows for a batch beside those that stay in service, as far as its bound lets it.
        var batch = Math.Max(1, NumberAt(policy, "MaxBatchSize") ?? 1);
        if (NumberAt(properties, "MaxSize") is { } bound && bound > inService)
            batch = Math.Min(batch, bound - inService);
        var steps = new List<int>();
        for (var done = 0; done < desired;)
            steps.Add(done = Math.Min(desired, done + batch));
        var waits = TextAt(policy, "WaitOnResourceSignals") == "true";
        var pause = TextAt(policy, "PauseTime") is { } text ? MinutesOf(text) : waits ? DefaultSignalMinutes : 0;
        var least = ShareOf(policy, "MinSuccessfulInstancesPercent", desired) ?? desired;
        return new ReplacementSteps
        {
            MinAvailable = Math.Min(desired, Math.Max(inService, desired - batch)),
            PodsRolled = desired,
            Steps = steps,
            Minutes = pause > 0 ? pause * steps.Count : null,
            NeedsPerson = false,
            CannotProgress = false,
            Guard = waits ? StepGuards.OfSignals(least, desired, pause) : null,
        };
    }

    // A group that takes another one's place is well once enough signals came.
    private string? CreationGuard(CloudFormationResource group, int desired)
    {
        var policy = At(group.Root["CreationPolicy"], "ResourceSignal");
        if (policy is null)
            return null;
        var count = NumberAt(policy, "Count") ?? 1;
        var share = ShareOf(At(group.Root["CreationPolicy"], "AutoScalingCreationPolicy"), "MinSuccessfulInstancesPercent", desired);
        return StepGuards.OfSignals(share ?? count, share is null ? count : desired,
            TextAt(policy, "Timeout") is { } text ? MinutesOf(text) : DefaultSignalMinutes);
    }

    // A percent of the instances, rounded up: of five with 50 % three.
    private int? ShareOf(Node? policy, string name, int desired) =>
        NumberAt(policy, name) is { } percent && percent <= 100 ? ShareOf(percent, desired) : null;

    private static int ShareOf(int percent, int desired) => (int)(((long)desired * percent + 99) / 100);

    // PT1H30M, PT90S
    private static double MinutesOf(string text)
    {
        var (minutes, number) = (0d, 0d);
        foreach (var c in text.StartsWith("PT", StringComparison.Ordinal) ? text.Substring(2) : "")
        {
            if (c is >= '0' and <= '9')
            {
                number = Math.Min(Most, (number * 10) + (c - '0'));
                continue;
            }

            minutes += number * (c switch { 'H' => 60, 'M' => 1, 'S' => 1 / 60.0, _ => 0 });
            number = 0;
        }

        return minutes;
    }
}
