using Repave.Core.Plans;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans;

/// <summary>What merging does that nobody would expect of a manifest.</summary>
internal static class MergeWarnings
{
    private const int MaxLost = 3;

    /// <summary>Says what of the manifest does not reach the object.</summary>
    /// <param name="change">The change.</param>
    /// <param name="lost">The fields that the manifest says and the merged object does not.</param>
    /// <param name="way">How it is applied.</param>
    public static void Lost(ResourceChange change, IReadOnlyList<FieldChange> lost, ApplyWay way)
    {
        foreach (var field in lost.Where(f => !f.IsOrder && f.To is not null).Take(MaxLost))
        {
            var why = field.Path.Name is null && !way.IsByServer
                ? "kubectl knows the items of this list by one field alone, and this one shares its value with another"
                : "what is there already, or what the server fills in, takes its place";
            change.Warn(PlanWarningKind.Notice, $"Applying it does not give '{field.Path}': {why}.");
        }
    }

    /// <summary>Says what the manifest no longer says and nobody takes away, or what comes in its place at once.</summary>
    /// <param name="change">The change.</param>
    /// <param name="fields">What changes.</param>
    /// <param name="manifest">The manifest.</param>
    /// <param name="stored">The merged object.</param>
    public static void Kept(ResourceChange change, IReadOnlyList<FieldChange> fields, MapNode manifest, MapNode stored)
    {
        var replicas = fields.FirstOrDefault(f => f.Path.ToString() == "spec.replicas");
        if (replicas is { From: ScalarNode { Integer: { } from }, To: ScalarNode { Integer: { } to } } && to < from
            && manifest["spec"]?["replicas"] is null)
            change.Warn(PlanWarningKind.Downtime,
                $"The manifest no longer says replicas, so there {(to == 1 ? "is" : "are")} {to} at once where there were {from}; "
                    + "where an autoscaler decides, apply it once under --server-side before the field goes.");
        if (!fields.Any(f => f.Path.Name == "hostNetwork" && f.To is null or ScalarNode { IsTrue: false }))
            return;
        foreach (var (container, port) in HostPorts(stored).Where(p => !HostPorts(manifest).Contains(p)))
            change.Warn(PlanWarningKind.NoSideBySide, $"The port {port} of the node stays taken for container '{container}': the server filled in "
                + "hostPort under hostNetwork, and the manifest does not take it away (hostPort: null does).");
    }

    private static List<(string Container, string Port)> HostPorts(MapNode root)
    {
        var pod = root.At("spec", "template", "spec") ?? root["spec"];
        return [.. (pod?.ItemsAt("containers") ?? []).SelectMany(c => c.ItemsAt("ports")
            .Where(p => p.TextAt("hostPort") is not (null or "0")).Select(p => (c.TextAt("name") ?? "", p.TextAt("hostPort")!)))];
    }
}
