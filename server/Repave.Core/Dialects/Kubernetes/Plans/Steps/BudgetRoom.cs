using Repave.Core.Dialects.Kubernetes.Validation;
using Repave.Core.Plans;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans.Steps;

/// <summary>Budgets that let none of the pods that are there be away (kubernetes.io, "Specifying a Disruption Budget for your
/// Application").</summary>
internal static class BudgetRoom
{
    /// <summary>Warns where a changed budget lets no node with one of its pods be drained, by the pods of the state before.</summary>
    public static void Warn(ResourceChange change, StepsContext context)
    {
        if (change.Action is not (PlanAction.Create or PlanAction.InPlace) || change.Desired is not KubernetesResource budget
            || !budget.Is("PodDisruptionBudget", "policy") || (change.After ?? budget.Root)["spec"] is not MapNode spec)
            return;
        var selector = LabelSelector.Of(Field.Root(spec)["selector"]);
        var pods = context.Live.Where(r => r.Is("Pod", "") && r.Id.Namespace == budget.Id.Namespace
            && r.Root["status"]?.TextAt("phase") is "Running" or "Pending"
            && selector.Matches(Field.Root(r.Root)["metadata"]["labels"].TextMap())).ToList();
        if (pods.Count == 0 || spec["selector"] is null)
            return;
        var healthy = pods.Count(p => p.Root["status"]!.ItemsAt("conditions").Any(c => c.TextAt("type") == "Ready"
            && c.TextAt("status") == "True"));
        var kept = spec["minAvailable"] is { } least ? WorkloadBounds.Share(least, pods.Count, up: true, "0")
            : WorkloadBounds.Share(spec["maxUnavailable"], pods.Count, up: true, "0") is { } away ? pods.Count - away : null;
        if (kept is { } wanted && healthy <= wanted)
            change.Warn(PlanWarningKind.Notice, $"It keeps {wanted} of the {pods.Count} pods that are there, of which {healthy} "
                + $"{(healthy == 1 ? "is" : "are")} ready: draining a node with one of them does not come to its end.");
    }
}
