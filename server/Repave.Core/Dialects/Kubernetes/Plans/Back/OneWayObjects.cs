using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;

namespace Repave.Core.Dialects.Kubernetes.Plans.Back;

/// <summary>Objects that stand for stored data, and updates of them that a server takes one way and refuses the other.</summary>
internal static class OneWayObjects
{
    public static void Judge(ReturnPair pair)
    {
        if (KindOf(pair.Forward) is not { } kind)
            return;
        var (change, way) = (pair.Forward, pair.Way);
        // It was taken as an update; only another object could have the old state, and that one has not the data of this.
        if (kind is "PersistentVolumeClaim" or "CustomResourceDefinition" && change.Action == PlanAction.InPlace
            && pair.Reverse is { Action: PlanAction.Replace } back)
            way.Worsen(BackHow.Never, $"It was updated, and the server refuses to take that back{WhyOf(back)}.");
        if (kind == "CustomResourceDefinition" && change.Action == PlanAction.InPlace && Dropped(change) is { } version)
            way.Worsen(BackHow.Never, $"Objects may be stored as {version} by then: the server refuses to drop that version before they "
                + "are migrated and status.storedVersions no longer names it.");
        if (kind == "Namespace" && (change.Action is PlanAction.Delete or PlanAction.Replace
            || pair.Reverse?.Action is PlanAction.Delete or PlanAction.Replace))
            way.Worsen(BackHow.Loss, "Everything in the namespace is deleted with it, also what no manifest says.");
        // What a server refuses to merge it takes of a new object.
        if (way.How is BackHow.InPlace or BackHow.Roll
            && pair.Reverse?.Warnings.Find(w => w.Kind == PlanWarningKind.Refused) is { } refused)
            way.Worsen(BackHow.Replace, refused.Message);
    }

    private static string? KindOf(ResourceChange change) => ((change.Desired ?? change.Baseline) as KubernetesResource)?.Kind;

    private static string WhyOf(ResourceChange back) =>
        back.Forcing.FirstOrDefault() is { Why.Length: > 0 } reason ? $": {reason.Why}" : "";

    // The version that new objects are stored in, if the old definition has none of that name.
    private static string? Dropped(ResourceChange change)
    {
        var stored = change.DesiredRoot()?["spec"]?.ItemsAt("versions").FirstOrDefault(v => v.TextAt("storage") == "true")?.TextAt("name");
        return stored is null || change.BaselineRoot()?["spec"]?.ItemsAt("versions").Any(v => v.TextAt("name") == stored) != false
            ? null : stored;
    }
}
