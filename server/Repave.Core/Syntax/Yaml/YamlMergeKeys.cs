namespace Repave.Core.Syntax.Yaml;

/// <summary>Merge keys (<c>&lt;&lt;</c>): a mapping that takes entries from others.</summary>
internal static class YamlMergeKeys
{
    /// <summary>Whether a key is one.</summary>
    public static bool Is(Node key) => key is ScalarNode { Value: "<<", Style: NodeStyle.Plain };

    /// <summary>The entries of a mapping with those that its merge keys bring and no own entry overrides.</summary>
    public static IReadOnlyList<MapEntry> Merge(MapNode map)
    {
        var own = new List<MapEntry>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in map.Entries)
        {
            if (Is(entry.Key))
                continue;
            own.Add(entry);
            if (entry.Name is { } name)
                names.Add(name);
        }

        foreach (var entry in map.Entries)
        {
            if (!Is(entry.Key))
                continue;
            IEnumerable<Node> sources = entry.Value.Resolved switch
            {
                null => [],
                ListNode list => list.ResolvedItems,
                var single => [single],
            };
            foreach (var source in sources)
            {
                // A mapping that merges itself was reported when the document was read.
                if (source is not MapNode mapping || mapping == map)
                    continue;
                foreach (var merged in mapping.AllEntries)
                {
                    if (merged.Name is { } name && names.Add(name))
                        own.Add(merged);
                }
            }
        }

        return own;
    }
}
