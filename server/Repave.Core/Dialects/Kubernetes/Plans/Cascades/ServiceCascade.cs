using Repave.Core.Plans;

namespace Repave.Core.Dialects.Kubernetes.Plans.Cascades;

/// <summary>Where a Service's traffic goes after the change.</summary>
internal static class ServiceCascade
{
    public static void Follow(CascadeContext context)
    {
        foreach (var service in context.After.OfKind("Service").ToList())
        {
            if (service.Root["spec"]?["selector"] is not { } selector)
                continue;
            var its = context.ChangeOf(service);
            var old = its is null ? service : its.Baseline as KubernetesResource;
            if (old?.Root["spec"]?["selector"] is not { } oldSelector)
                continue;
            var before = context.Before.WithLabels(oldSelector, old.Id.Namespace).Where(w => w.Kind != "Job").ToList();
            if (before.Count == 0)
                continue;
            var after = context.After.WithLabels(selector, service.Id.Namespace).ToList();
            var selectorChanged =
                its?.Reasons.FirstOrDefault(r => r.Path.StartsWith("spec.selector", StringComparison.Ordinal)) is not null;
            if (after.Count == 0)
            {
                var cause = selectorChanged ? its
                    : before.Select(context.ChangeOf).FirstOrDefault(c => c is not null && c.Action != PlanAction.None);
                cause?.Warn(PlanWarningKind.Downtime, $"Service/{service.Id.Name} finds no pods any more: "
                    + $"its selector fits none of what {CascadeContext.NamesOf(before)} {(before.Count == 1 ? "runs" : "run")}.",
                    service.Id);
            }
            else if (selectorChanged
                && after.Select(context.ChangeOf).Any(c => c?.Action is PlanAction.Create or PlanAction.Replace or PlanAction.Roll))
            {
                its!.Warn(PlanWarningKind.Downtime, "Traffic leaves the old pods at once, "
                    + $"while {CascadeContext.NamesOf(after)} may not be ready: apply the workload first, the Service when it answers.");
            }
        }
    }
}
