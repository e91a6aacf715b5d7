using Repave.Core.Plans;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans;

/// <summary>What a live object becomes when a manifest is applied to it.</summary>
internal static class AppliedObject
{
    /// <summary>The manifest, and what it leaves out of the live object and does not own. Lists are those of the manifest.</summary>
    public static MapNode Merge(MapNode live, MapNode manifest, Ownership owned)
    {
        if (owned == Ownership.All)
            return manifest;
        var merged = new MapNode(manifest.Span, manifest.Style);
        foreach (var entry in manifest.AllEntries)
        {
            var both = entry.Name is { } name && live.Find(name)?.Value.Resolved is MapNode before && entry.Value.Resolved is MapNode after
                ? Merge(before, after, owned.Field(name) ?? Ownership.Nothing)
                : null;
            merged.Share(both is null ? entry : new MapEntry(entry.Key, both));
        }

        foreach (var entry in live.AllEntries)
        {
            if (entry.Name is { } name && manifest.Find(name) is null && owned.Field(name) is null)
                merged.Share(entry);
        }

        return merged;
    }
}
