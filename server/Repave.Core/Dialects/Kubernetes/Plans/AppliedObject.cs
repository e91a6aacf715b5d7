using Repave.Core.Plans;
using Repave.Core.Yaml;

namespace Repave.Core.Dialects.Kubernetes.Plans;

/// <summary>What a live object becomes when a manifest is applied to it.</summary>
internal static class AppliedObject
{
    /// <summary>The manifest, and what it leaves out of the live object and does not own. Lists are those of the manifest.</summary>
    public static YamlMapping Merge(YamlMapping live, YamlMapping manifest, Ownership owned)
    {
        if (owned == Ownership.All)
            return manifest;
        var merged = new YamlMapping(manifest.Span, manifest.Style);
        foreach (var entry in manifest.AllEntries)
        {
            var both = entry.Name is { } name && live.Find(name)?.Value.Resolved is YamlMapping before && entry.Value.Resolved is YamlMapping after
                ? Merge(before, after, owned.Field(name) ?? Ownership.Nothing)
                : null;
            merged.Share(both is null ? entry : new YamlEntry(entry.Key, both));
        }

        foreach (var entry in live.AllEntries)
        {
            if (entry.Name is { } name && manifest.Find(name) is null && owned.Field(name) is null)
                merged.Share(entry);
        }

        return merged;
    }
}
