using Repave.Core.Plans;

namespace Repave.Core.Dialects.Kubernetes.Plans.Cascades;

/// <summary>What goes with a definition or a namespace: all that lives by it.</summary>
internal static class OwnerCascade
{
    public static void Follow(CascadeContext context)
    {
        foreach (var change in context.Of("CustomResourceDefinition", PlanAction.Replace, PlanAction.Delete).ToList())
            FollowDefinition(context, change);
        foreach (var change in context.Of("Namespace", PlanAction.Replace, PlanAction.Delete).ToList())
            FollowNamespace(context, change);
    }

    private static void FollowDefinition(CascadeContext context, ResourceChange change)
    {
        var spec = change.BaselineRoot()?["spec"];
        var (group, kind) = (spec?.TextAt("group"), spec?.At("names")?.TextAt("kind"));
        if (kind is null)
            return;
        var customs = context.Before.OfKind(kind).Where(r => r.Group == group).ToList();
        change.Warn(PlanWarningKind.DataLoss, $"Every {kind} in the cluster is deleted with its "
            + $"definition{(customs.Count == 0 ? "" : $", {CascadeContext.NamesOf(customs)} among them")}.");
        foreach (var custom in customs)
            DragAlong(context, custom, change, "deleted with its definition");
    }

    private static void FollowNamespace(CascadeContext context, ResourceChange change)
    {
        if (change.Baseline is not KubernetesResource old)
            return;
        var inside = context.InNamespace(old.Id.Name).ToList();
        var claims = inside.Where(r => r.Kind == "PersistentVolumeClaim").ToList();
        change.Warn(PlanWarningKind.Downtime,
            $"Everything in the namespace goes with it{(inside.Count == 0 ? "" : $": {CascadeContext.NamesOf(inside)}")}.");
        if (claims.Count > 0)
            change.Warn(PlanWarningKind.DataLoss, $"Claims in it go too: {CascadeContext.NamesOf(claims)}.");
        foreach (var resource in inside)
            DragAlong(context, resource, change, "deleted with its namespace");
    }

    private static void DragAlong(CascadeContext context, KubernetesResource resource, ResourceChange cause, string note)
    {
        var isWanted = context.ChangeOf(resource)?.Desired is not null;
        context.Drag(resource, cause, isWanted ? PlanAction.Replace : PlanAction.Delete, Certainty.Certain, note);
    }
}
