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
        var target = spec?["targetRef"];
        var moves = context.Changes.Any(c => c.Action is PlanAction.Roll or PlanAction.InPlace && c.Desired is KubernetesResource changed
            && changed.Kind == target?.TextAt("kind") && changed.Id.Name == target?.TextAt("name")
            && changed.Id.Namespace == canary.Id.Namespace);
        if (!moves || spec is null)
            return null;
        if (spec["suspend"] is ScalarNode { IsTrue: true } || spec["skipAnalysis"] is ScalarNode { IsTrue: true })
            return new ReplacementSteps { NeedsPerson = spec["suspend"] is ScalarNode { IsTrue: true }, Steps = [] };
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
        };
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
