using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans.Steps;

/// <summary>How a Flagger Canary takes a new version of its target (fluxcd/flagger, docs/gitbook/usage/deployment-strategies.md).</summary>
internal static class CanarySteps
{
    private const double ShortestInterval = 10;
    private const double DefaultInterval = 60;
    private const int MaxSteps = 1000;

    /// <summary>The steps of a change of its target; null if that does not change.</summary>
    public static ReplacementSteps? Of(KubernetesResource canary, StepsContext context)
    {
        var spec = canary.Root["spec"];
        if (spec is null || TargetOf(canary, context.Changes) is null)
            return null;
        if (spec["suspend"] is ScalarNode { IsTrue: true } || spec["skipAnalysis"] is ScalarNode { IsTrue: true })
            return new ReplacementSteps
            {
                NeedsPerson = spec["suspend"] is ScalarNode { IsTrue: true },
                Waits = spec["suspend"] is ScalarNode { IsTrue: true } ? "a person ends the suspension" : null,
                IsTraffic = true,
            };
        var analysis = spec["analysis"] ?? spec["canaryAnalysis"];
        var interval = Math.Max(ShortestInterval, WorkloadBounds.Seconds(analysis?["interval"]) ?? DefaultInterval);
        var iterations = WorkloadBounds.Number(analysis?["iterations"], 0);
        var steps = iterations > 0 ? [] : Weights(analysis);
        var rounds = iterations > 0 ? iterations : steps.Count;
        var waits = (analysis?.ItemsAt("webhooks") ?? []).Any(w =>
            w.TextAt("type") is "confirm-rollout" or "confirm-promotion" or "confirm-traffic-increase");
        return new ReplacementSteps
        {
            Steps = steps,
            Minutes = rounds * interval / 60,
            RollbackMinutes = WorkloadBounds.Number(analysis?["threshold"], 0) * interval / 60,
            NeedsPerson = waits,
            Waits = waits ? "a gate opens that a person or a program holds" : null,
            IsTraffic = true,
        };
    }

    /// <summary>The change of what a canary watches over; null if that does not change.</summary>
    public static ResourceChange? TargetOf(ResourceChange canary, IReadOnlyList<ResourceChange> changes) =>
        canary.Desired is KubernetesResource { Group: "flagger.app" } resource ? TargetOf(resource, changes) : null;

    private static ResourceChange? TargetOf(KubernetesResource canary, IReadOnlyList<ResourceChange> changes)
    {
        var target = canary.Root["spec"]?["targetRef"];
        return changes.FirstOrDefault(c => c.Action is PlanAction.Roll or PlanAction.InPlace && c.Desired is KubernetesResource changed
            && changed.Kind == target?.TextAt("kind") && changed.Id.Name == target?.TextAt("name")
            && changed.Id.Namespace == canary.Id.Namespace);
    }

    private static List<int> Weights(Node? analysis)
    {
        if (analysis?["stepWeights"] is ListNode listed)
            return [.. listed.ResolvedItems.Take(MaxSteps).Select(w => WorkloadBounds.Number(w, 0))];
        var step = WorkloadBounds.Number(analysis?["stepWeight"], 0);
        var most = WorkloadBounds.Number(analysis?["maxWeight"], 100);
        var weights = new List<int>();
        if (step <= 0)
            return weights;
        // The last step may go beyond the bound, and never beyond all.
        while (weights.Count < MaxSteps && (weights.Count == 0 || weights[weights.Count - 1] < most))
            weights.Add(Math.Min(100, (weights.Count == 0 ? 0 : weights[weights.Count - 1]) + step));
        return weights;
    }
}
