using Repave.Core.Plans;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Updates;

/// <summary>What of a PersistentVolumeClaim can be changed, where values and state decide.</summary>
internal static class ClaimUpdates
{
    /// <summary>A bound claim can grow where its class allows; it can shrink back to what the volume has after a growth
    /// that failed.</summary>
    public static Verdict Size(UpdateContext context, FieldChange change, Verdict row)
    {
        if (change.Path.Name is not ("storage" or "requests"))
            return row.Refused;
        if (StorageOf(context.From["spec"]?["resources"]?["requests"]) is not { } before
            || StorageOf(context.To["spec"]?["resources"]?["requests"]) is not { } after)
            return row.Refused;
        if (after.Value < before.Value)
        {
            var has = StorageOf(context.From.At("status", "capacity"));
            var isBack = has is { } capacity && capacity.Value < after.Value;
            return isBack && context.Release >= new Version(1, 32) ? row.InPlace : row.Refused with { Why = "a claim cannot shrink" };
        }

        if (context.IsLive && context.From["status"]?.TextAt("phase") is { } phase && phase != "Bound")
            return row.Refused with { Why = "only a bound claim can grow" };
        return ClassOf(context) switch
        {
            null => row.InPlace.Unsure with { Why = "it can grow if its StorageClass allows expansion, which is not known here" },
            { } found when found.TextAt("allowVolumeExpansion") == "true" =>
                row.InPlace with { Why = "its StorageClass allows expansion; some drivers need the pod restarted" },
            _ => row.Refused with { Why = "its StorageClass does not allow expansion" },
        };
    }

    public static Verdict SetOnce(UpdateContext context, FieldChange change, Verdict row) =>
        change.From is null or ScalarNode { Value: "" } ? row.InPlace : row.Refused;

    /// <summary>A claim that says no class can be given one (even the empty one) while it is unbound.</summary>
    public static Verdict Class(UpdateContext context, FieldChange change, Verdict row)
    {
        if (change.From is not null || change.To is null || context.Release < new Version(1, 26))
            return row.Refused;
        return context.IsLive && context.From["status"]?.TextAt("phase") == "Bound" ? row.Refused : row.InPlace.Unsure;
    }

    /// <summary>An attributes class can be set and changed, not taken away.</summary>
    public static Verdict Attributes(UpdateContext context, FieldChange change, Verdict row)
    {
        if (change.To is null)
            return row.Refused;
        if (context.IsLive && context.From["status"]?.TextAt("phase") is { } phase && phase != "Bound")
            return row.Refused;
        return row.InPlace;
    }

    private static MapNode? ClassOf(UpdateContext context) =>
        (context.To["spec"]?.TextAt("storageClassName") ?? context.From["spec"]?.TextAt("storageClassName")) is { } name
            ? context.StorageClass(name)
            : null;

    private static Quantity? StorageOf(Node? resources) =>
        resources?.TextAt("storage") is { } text && Quantity.TryParse(text, out var quantity) ? quantity : null;
}
