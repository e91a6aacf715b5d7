using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans.Steps;

/// <summary>How a Flagger Canary takes a new version of its target (fluxcd/flagger, docs/gitbook/usage/deployment-strategies.md).</summary>
internal static class CanarySteps
{
    private const double ShortestInterval = 10;
    private const double DefaultInterval = 60;
    private const int KubernetesIterations = 10;
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
        // Without anything that shares traffic it is blue-green, whatever the weights say.
        if (iterations < 1 && spec.TextAt("provider") == "kubernetes")
            iterations = KubernetesIterations;
        var steps = iterations > 0 ? [] : Weights(analysis);
        var isStuck = iterations < 1 && steps.Count == 0;
        // Mirrored traffic takes one round more, before any is moved.
        var mirrors = iterations < 1 && analysis?["mirror"] is ScalarNode { IsTrue: true };
        var rounds = iterations > 0 ? iterations : steps.Count + (mirrors ? 1 : 0);
        var waits = (analysis?.ItemsAt("webhooks") ?? []).Any(w =>
            w.TextAt("type") is "confirm-rollout" or "confirm-promotion" or "confirm-traffic-increase");
        return new ReplacementSteps
        {
            Steps = steps,
            Minutes = isStuck ? null : rounds * interval / 60,
            RollbackMinutes = Math.Max(1, WorkloadBounds.Number(analysis?["threshold"], 1)) * interval / 60,
            CannotProgress = isStuck ? true : null,
            Why = isStuck ? "there is no stepWeight, stepWeights or iterations, so the weight stays 0" : null,
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
        var step = WorkloadBounds.Number(analysis?["stepWeight"], 0);
        var most = WorkloadBounds.Number(analysis?["maxWeight"], 0) is var bound && bound > 0 ? bound : 100;
        var weights = new List<int>();
        if (analysis?["stepWeights"] is ListNode { Items.Count: > 0 } list)
        {
            List<int> listed = [.. list.ResolvedItems.Take(MaxSteps).Select(w => Math.Min(100, WorkloadBounds.Number(w, 0)))];
            most = listed[listed.Count - 1];
            // It ends where it first has as much as the last of them (pkg/controller/scheduler.go, maxWeight).
            if (step <= 0)
                return [.. listed.Take(listed.FindIndex(w => w >= most) + 1)];
        }

        if (step <= 0)
            return weights;
        // The last step may go beyond the bound, and never beyond all.
        while (weights.Count < MaxSteps && (weights.Count == 0 || weights[weights.Count - 1] < most))
            weights.Add(Math.Min(100, (weights.Count == 0 ? 0 : weights[weights.Count - 1]) + step));
        return weights;
    }
}
