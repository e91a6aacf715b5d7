using Repave.Core.Dialects.Kubernetes.Plans.Applying;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Json;

namespace Repave.Core.Dialects.Kubernetes.Plans;

/// <summary>What a live object becomes when a manifest is applied to it.</summary>
/// <param name="Root">The object that the server stores, or would if it did not refuse.</param>
/// <param name="Patch">What kubectl sends; null where the server merges.</param>
/// <param name="Refusal">Why the manifest cannot be merged; null if it can.</param>
/// <param name="Conflicts">What other managers own and the manifest changes: who, and which fields.</param>
internal sealed record AppliedObject(MapNode Root, Dictionary<string, object?>? Patch, string? Refusal,
    IReadOnlyList<(string Manager, FieldSet Fields)> Conflicts)
{
    private static readonly IReadOnlyList<(string, FieldSet)> None = [];

    /// <summary>What merging gives.</summary>
    /// <param name="live">The object before, as a server stores it.</param>
    /// <param name="applied">What was applied before; null where nothing records it.</param>
    /// <param name="wanted">The manifest.</param>
    /// <param name="shape">Its shape, or null if unknown.</param>
    /// <param name="isBuiltIn">Whether kubectl knows the kind's structure.</param>
    /// <param name="release">The server's release.</param>
    public static AppliedObject ByClient(
        MapNode live, MapNode? applied, MapNode wanted, Shape? shape, bool isBuiltIn, Version release)
    {
        var (before, after) = (JsonValue.Of(live), Wanted(wanted));
        var last = applied is null ? New() : Wanted(applied);
        KeepAnnotations(after);
        if (applied is not null)
            KeepAnnotations(last);
        try
        {
            var patch = isBuiltIn ? StrategicMergePatch.ThreeWay(last, after, before, shape) : JsonMergePatch.ThreeWay(last, after, before);
            var used = JsonValue.Copy(patch);
            var merged = isBuiltIn ? StrategicMergePatch.Apply(before, used, shape, release) : JsonMergePatch.Apply(before, used);
            ServerDefaults.ReadNulls(merged, shape);
            return new AppliedObject(RootOf(merged), patch, null, None);
        }
        catch (MergeException problem)
        {
            return new AppliedObject(wanted, null, problem.Message, None);
        }
    }

    /// <summary>What the server gives.</summary>
    /// <param name="live">The object before, as a server stores it.</param>
    /// <param name="applied">What was applied before, where the object does not record it; or null.</param>
    /// <param name="wanted">The manifest.</param>
    /// <param name="shape">Its shape, or null if unknown.</param>
    /// <param name="release">The server's release.</param>
    /// <param name="manager">Who applies.</param>
    public static AppliedObject ByServer(MapNode live, MapNode? applied, MapNode wanted, Shape? shape, Version release, string manager)
    {
        var (before, after) = (JsonValue.Of(live), Wanted(wanted));
        var managers = FieldManager.Of(live);
        var mine = managers.Where(m => m.Name == manager && m.Applies && m.Subresource is null).ToList();
        // kubectl takes over what it applied by itself before.
        if (manager == FieldManager.Kubectl)
            mine.AddRange(managers.Where(m => m.Name == FieldManager.ClientSide && m.Subresource is null));
        var owned = mine.Aggregate(new FieldSet(), (set, m) => set.Union(m.Fields));
        if (owned.IsEmpty && managers.Count == 0 && applied is not null)
            owned = FieldSet.Of(Wanted(applied), shape);
        Forget(before);
        try
        {
            var merged = ServerSideApply.Merge(before, after, owned, [.. managers.Where(m => !mine.Contains(m))], shape, release,
                out var conflicts);
            ServerDefaults.ReadNulls(merged, shape);
            return new AppliedObject(RootOf(merged), null, null, conflicts);
        }
        catch (MergeException problem)
        {
            return new AppliedObject(wanted, null, problem.Message, None);
        }
    }

    /// <summary>What kubectl recorded of applying an object; null if nothing.</summary>
    public static MapNode? RecordOf(MapNode live) => live["metadata"]?["annotations"]?.TextAt(AppliedFields.Annotation) is { } json
        && JsonLanguage.Instance.ParseDocument(json).Root is MapNode applied ? applied : null;

    private static MapNode RootOf(Dictionary<string, object?> merged) => SecretData.Normal(JsonValue.NodeOf(merged));

    private static Dictionary<string, object?> Wanted(MapNode manifest)
    {
        var wanted = JsonValue.Of(manifest);
        wanted.Remove("status");
        Forget(wanted);
        return wanted;
    }

    // No manifest's to change.
    private static void Forget(Dictionary<string, object?> root)
    {
        if (root.TryGetValue("metadata", out var value) && value is Dictionary<string, object?> metadata)
        {
            foreach (var name in (string[])["managedFields", "creationTimestamp", "resourceVersion", "uid", "generation", "selfLink"])
                metadata.Remove(name);
        }
    }

    // kubectl writes its record into the annotations, so they never go as a whole; of annotations among which one is no text it keeps none.
    private static void KeepAnnotations(Dictionary<string, object?> root)
    {
        if (!root.TryGetValue("metadata", out var metadata) || metadata is not Dictionary<string, object?> own)
            root["metadata"] = own = New();
        if (!own.TryGetValue("annotations", out var annotations) || annotations is not Dictionary<string, object?> map
            || map.Values.Any(v => v is not ScalarNode { Kind: ScalarKind.String }))
            own["annotations"] = New();
    }

    private static Dictionary<string, object?> New() => new(StringComparer.Ordinal);
}
