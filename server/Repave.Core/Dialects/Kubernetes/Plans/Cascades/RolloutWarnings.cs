using Repave.Core.Plans;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans.Cascades;

/// <summary>What to know before a workload's pods are replaced.</summary>
internal static class RolloutWarnings
{
    public static void Add(CascadeContext context)
    {
        foreach (var change in context.Changes.Where(c => c.Action == PlanAction.Roll))
        {
            if (CascadeContext.ResourceOf(change) is not { } workload)
                continue;
            if (workload.Is("Deployment", "apps"))
                AddForDeployment(context, change, workload);
            else if (workload.Is("StatefulSet", "apps") && Replicas(change) == 1)
                change.Warn(PlanWarningKind.Downtime, "Its only pod stops before the new one starts.");
        }

        foreach (var change in context.Changes.Where(c => c.Action is PlanAction.Roll or PlanAction.Replace))
        {
            if (CascadeContext.ResourceOf(change) is { PodSpec: { } pod } workload)
                WarnOfBudgets(context, change, workload, pod);
        }
    }

    private static void AddForDeployment(CascadeContext context, ResourceChange change, KubernetesResource workload)
    {
        var strategy = Field(change, "spec", "strategy");
        var replicas = Replicas(change);
        if (replicas == 0)
            return;
        if (strategy?.TextAt("type") == "Recreate")
        {
            change.Warn(PlanWarningKind.Downtime,
                $"Strategy Recreate: {(replicas == 1 ? "its pod stops" : $"all {replicas} pods stop")} before a new one starts.");
            return;
        }

        var surge = Count(strategy?["rollingUpdate"]?.TextAt("maxSurge") ?? "25%", replicas, up: true);
        var unavailable = Count(strategy?["rollingUpdate"]?.TextAt("maxUnavailable") ?? "25%", replicas, up: false);
        if (surge == 0 && unavailable == 0)
            unavailable = 1;
        if (unavailable >= replicas)
            change.Warn(PlanWarningKind.Downtime, $"{(replicas == 1 ? "Its only pod" : $"All {replicas} pods")} may stop before a new one "
                + "starts (maxUnavailable, maxSurge).");
        if (surge == 0 || workload.PodSpec is not { } pod)
            return;
        if (pod.Node.TextAt("hostNetwork") == "true"
            || pod.Containers.Any(c => c.Node.ItemsAt("ports").Any(p => p.TextAt("hostPort") is not null and not "0"))
            || (Field(change, "spec", "template", "spec")?.ItemsAt("containers") ?? [])
                .Any(c => c.ItemsAt("ports").Any(p => p.TextAt("hostPort") is not null and not "0")))
            change.Warn(PlanWarningKind.NoSideBySide, "It takes ports of its node: old and new pods cannot run on one node together.");
        var claims = pod.Volumes.Select(v => v["persistentVolumeClaim"]?.TextAt("claimName")).OfType<string>();
        foreach (var claim in claims.SelectMany(name => context.After.Find("PersistentVolumeClaim", workload.Id.Namespace, name)))
        {
            var modes = claim.Root["spec"]?.ItemsAt("accessModes").OfType<ScalarNode>().Select(m => m.Value).ToList() ?? [];
            if (modes.Count > 0 && modes.All(m => m is "ReadWriteOnce" or "ReadWriteOncePod"))
                change.Warn(PlanWarningKind.NoSideBySide, $"Old and new pods share {CascadeContext.NameOf(claim)}, "
                    + "which one node can mount at a time: the new pod may wait for ever.", claim.Id);
        }
    }

    // Evictions, not rollouts, obey budgets: replacing nodes is what a budget of nothing blocks.
    private static void WarnOfBudgets(CascadeContext context, ResourceChange change, KubernetesResource workload, PodSpec pod)
    {
        var labels = KubernetesSet.LabelsOf(pod);
        if (labels.Count == 0 || !pod.IsTemplate)
            return;
        var replicas = Replicas(change);
        foreach (var budget in context.After.BudgetsOf(workload))
        {
            if (budget.Root["spec"] is not { } spec)
                continue;
            var least = spec.TextAt("minAvailable");
            var most = spec.TextAt("maxUnavailable");
            var allowsNone = most is not null ? Count(most, replicas, up: true) == 0
                : least is not null && Count(least, replicas, up: true) >= replicas;
            if (allowsNone)
                change.Warn(PlanWarningKind.Notice,
                    $"{CascadeContext.NameOf(budget)} allows no pod to be evicted: draining a node will not end until it is changed.",
                    budget.Id);
        }
    }

    private static Node? Field(ResourceChange change, params string[] path) =>
        change.After?.At(path) ?? change.DesiredRoot()?.At(path) ?? change.BaselineRoot()?.At(path);

    private static int Replicas(ResourceChange change) =>
        Field(change, "spec", "replicas") is ScalarNode scalar && scalar.Integer is { } number and >= 0 and < int.MaxValue ? (int)number
            : 1;

    // A number, or a share of the replicas.
    private static int Count(string text, int replicas, bool up)
    {
        if (text.EndsWith('%') && int.TryParse(text.TrimEnd('%'), out var percent))
            return (int)(up ? Math.Ceiling(replicas * percent / 100.0) : Math.Floor(replicas * percent / 100.0));
        return int.TryParse(text, out var number) ? number : 0;
    }
}
