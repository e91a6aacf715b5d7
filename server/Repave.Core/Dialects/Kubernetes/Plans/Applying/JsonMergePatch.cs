namespace Repave.Core.Dialects.Kubernetes.Plans.Applying;

/// <summary>JSON merge patches, which kubectl sends for kinds whose structure it does not know: maps are merged, lists are replaced.</summary>
internal static class JsonMergePatch
{
    /// <summary>The patch that kubectl sends: what differs between the live object and the manifest, and null for what was applied and is wanted
    /// no more.</summary>
    public static Dictionary<string, object?> ThreeWay(
        Dictionary<string, object?> applied, Dictionary<string, object?> wanted, Dictionary<string, object?> live)
    {
        var changes = Only(Diff(live, wanted), nulls: false);
        var deletions = Only(Diff(applied, wanted), nulls: true);
        return Join(changes, deletions);
    }

    /// <summary>What a patch makes of an object, which is used up.</summary>
    public static Dictionary<string, object?> Apply(Dictionary<string, object?> live, Dictionary<string, object?> patch)
    {
        foreach (var entry in patch)
        {
            if (entry.Value is null)
                live.Remove(entry.Key);
            else if (entry.Value is Dictionary<string, object?> inner)
                live[entry.Key] = Apply(live.TryGetValue(entry.Key, out var value) && value is Dictionary<string, object?> map ? map : New(), inner);
            else
                live[entry.Key] = entry.Value;
        }

        return live;
    }

    private static Dictionary<string, object?> Diff(Dictionary<string, object?> from, Dictionary<string, object?> to)
    {
        var patch = New();
        foreach (var entry in to)
        {
            if (!from.TryGetValue(entry.Key, out var before))
                patch[entry.Key] = entry.Value;
            else if (before is Dictionary<string, object?> a && entry.Value is Dictionary<string, object?> b)
            {
                if (Diff(a, b) is { Count: > 0 } inner)
                    patch[entry.Key] = inner;
            }
            else if (!JsonValue.AreEqual(before, entry.Value))
                patch[entry.Key] = entry.Value;
        }

        foreach (var key in from.Keys.Where(k => !to.ContainsKey(k)))
            patch[key] = null;
        return patch;
    }

    // The nulls of a patch, or all else of it.
    private static Dictionary<string, object?> Only(Dictionary<string, object?> patch, bool nulls)
    {
        var kept = New();
        foreach (var entry in patch)
        {
            if (entry.Value is Dictionary<string, object?> map)
            {
                if (map.Count == 0 && !nulls)
                    kept[entry.Key] = map;
                else if (Only(map, nulls) is { Count: > 0 } inner)
                    kept[entry.Key] = inner;
            }
            else if (entry.Value is null == nulls)
            {
                kept[entry.Key] = entry.Value;
            }
        }

        return kept;
    }

    private static Dictionary<string, object?> Join(Dictionary<string, object?> one, Dictionary<string, object?> other)
    {
        foreach (var entry in other)
        {
            one[entry.Key] = entry.Value is Dictionary<string, object?> b && one.TryGetValue(entry.Key, out var value)
                && value is Dictionary<string, object?> a ? Join(a, b) : entry.Value;
        }

        return one;
    }

    private static Dictionary<string, object?> New() => new(StringComparer.Ordinal);
}
