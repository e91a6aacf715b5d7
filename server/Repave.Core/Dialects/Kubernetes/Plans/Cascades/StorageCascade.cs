using Repave.Core.Plans;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans.Cascades;

/// <summary>What becomes of data when claims, volumes, classes and StatefulSets change.</summary>
internal static class StorageCascade
{
    public static void Follow(CascadeContext context)
    {
        foreach (var change in context.Changes.Where(CascadeContext.TakesAway).ToList())
        {
            if (change.Baseline is not KubernetesResource old)
                continue;
            switch (old.Kind)
            {
                case "PersistentVolumeClaim":
                    FollowClaim(context, change, old);
                    break;
                case "PersistentVolume":
                    FollowVolume(context, change, old);
                    break;
                case "StorageClass":
                    FollowClass(context, change, old);
                    break;
                case "StatefulSet":
                    FollowSet(change, old);
                    break;
            }
        }

        foreach (var change in context.Of("StatefulSet", PlanAction.InPlace, PlanAction.Roll))
            WarnOfScaling(change);
    }

    private static void FollowClaim(CascadeContext context, ResourceChange change, KubernetesResource claim)
    {
        var volume = claim.Root["spec"]?.TextAt("volumeName") is { } name
            ? context.Before.Find("PersistentVolume", null, name).FirstOrDefault()
            : null;
        var className = claim.Root["spec"]?.TextAt("storageClassName");
        var storageClass = className is null ? null : context.Before.Find("StorageClass", null, className)
            .Concat(context.After.Find("StorageClass", null, className)).FirstOrDefault();
        var policy = volume?.Root["spec"]?.TextAt("persistentVolumeReclaimPolicy")
            ?? (storageClass is null ? null : storageClass.Root.TextAt("reclaimPolicy") ?? "Delete");
        change.Warn(new PlanWarning(PlanWarningKind.DataLoss, policy switch
        {
            "Retain" => "The data stays on the released volume, and no claim has it any more (reclaim policy Retain).",
            "Delete" => "The volume and its data are deleted with the claim (reclaim policy Delete).",
            _ => "The volume is released, and its data deleted if its reclaim policy says Delete.",
        })
        { KeepsData = policy == "Retain" });
        var users = context.Before.UsersOf(claim).Where(u => u.PodSpec is not null).ToList();
        if (users.Count == 0)
            return;
        if (change.Action == PlanAction.Replace)
            change.Warn(PlanWarningKind.Downtime, $"The claim cannot go while pods use it: stop {CascadeContext.NamesOf(users)} first.");
        foreach (var user in users.Where(_ => change.Action == PlanAction.Replace))
            context.Drag(user, change, PlanAction.Roll, Certainty.Conditional, "its pods must stop while the claim is replaced");
    }

    private static void FollowVolume(CascadeContext context, ResourceChange change, KubernetesResource volume)
    {
        var claim = volume.Root.At("spec", "claimRef") is { } reference
            ? context.Before.Find("PersistentVolumeClaim", reference.TextAt("namespace"), reference.TextAt("name") ?? "").FirstOrDefault()
            : context.ClaimsOfVolume(volume.Id.Name).FirstOrDefault();
        var bound = claim is null ? "" : $" {CascadeContext.NameOf(claim)} is bound to it and is lost.";
        change.Warn(new PlanWarning(PlanWarningKind.DataLoss, "The cluster forgets where the data is." + bound, claim?.Id)
        {
            KeepsData = true,
        });
    }

    private static void FollowClass(CascadeContext context, ResourceChange change, KubernetesResource storageClass)
    {
        var claims = context.ClaimsOfClass(storageClass.Id.Name).ToList();
        if (claims.Count == 0)
            return;
        change.Warn(
            change.Action == PlanAction.Delete ? PlanWarningKind.Breaks : PlanWarningKind.Notice,
            change.Action == PlanAction.Delete
                ? $"New claims of {CascadeContext.NamesOf(claims)} will wait for ever: nothing provides the class."
                : $"Volumes of {CascadeContext.NamesOf(claims)} keep what the old class gave them; only later ones follow the new class.");
    }

    private static void FollowSet(ResourceChange change, KubernetesResource set)
    {
        var templates =
            set.Root["spec"]?.ItemsAt("volumeClaimTemplates").Select(t => t["metadata"]?.TextAt("name")).OfType<string>().ToList() ?? [];
        if (templates.Count == 0)
            return;
        if (set.Root.At("spec", "persistentVolumeClaimRetentionPolicy")?.TextAt("whenDeleted") == "Delete")
            change.Warn(PlanWarningKind.DataLoss,
                $"Its claims ({string.Join(", ", templates)}) are deleted with it (persistentVolumeClaimRetentionPolicy.whenDeleted).");
        else if (change.Reasons.Any(r => r.Path.StartsWith("spec.volumeClaimTemplates", StringComparison.Ordinal)))
            change.Warn(PlanWarningKind.Notice,
                $"Claims that exist ({string.Join(", ", templates)}) keep their size and class; the new set takes them over as they are.");
    }

    private static void WarnOfScaling(ResourceChange change)
    {
        if (change.DesiredRoot() is not { } desired || change.BaselineRoot() is not { } baseline || NumberAt(baseline) is not { } before
            || NumberAt(desired) is not { } after || after >= before)
            return;
        if (desired.At("spec", "persistentVolumeClaimRetentionPolicy")?.TextAt("whenScaled") == "Delete")
            change.Warn(PlanWarningKind.DataLoss,
                $"The claims of {before - after} pods are deleted (persistentVolumeClaimRetentionPolicy.whenScaled).");
    }

    private static long? NumberAt(MapNode root) => root["spec"]?.ScalarAt("replicas") is { } replicas ? replicas.Integer : null;
}
