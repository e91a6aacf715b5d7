using Repave.Core.Dialects.Kubernetes.Helm;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>Reads structures of a kustomization or of a file that it names.</summary>
internal class KustomizationReader(KustomizeFile file)
{
    public KustomizeFile File { get; } = file;

    /// <summary>The value of a key in a structure, whose case does not matter; null where it is null.</summary>
    public Node? At(MapNode? map, string key)
    {
        if (map is null)
            return null;
        var found = map[key];
        if (found is null)
        {
            foreach (var entry in map.AllEntries)
            {
                if (key.Equals(entry.Name, StringComparison.OrdinalIgnoreCase))
                    found = entry.Value.Resolved;
            }
        }

        return found is ScalarNode { IsNull: true } ? null : found;
    }

    public string TextAt(MapNode? map, string key) => At(map, key) is ScalarNode scalar ? scalar.Value : "";

    public GoText GoTextAt(MapNode? map, string key) => At(map, key) is ScalarNode scalar ? File.TextOf(scalar) : GoText.Empty;

    public bool IsTrueAt(MapNode? map, string key) => At(map, key) is ScalarNode { IsTrue: true };

    public IEnumerable<ScalarNode> TextsAt(MapNode? map, string key) => TextsIn(At(map, key));

    /// <summary>A map of texts, in the order of its keys, which are texts as JSON has them.</summary>
    public List<(string Key, GoText Value)> PairsOf(Node? map) => map is not MapNode pairs ? []
        : [.. pairs.AllEntries.Select(entry => (Key: GoYamlReader.KeyOf(entry.Key.Resolved) ?? "", Entry: entry))
            .GroupBy(pair => pair.Key, StringComparer.Ordinal).Select(group => group.Last())
            .OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Entry.Value.Resolved
                is ScalarNode { IsNull: false } value ? File.TextOf(value) : new GoText("", File.TraceOf(pair.Entry.Key))))];

    protected static IEnumerable<ScalarNode> TextsIn(Node? node) => node is ListNode list ? list.ResolvedItems.OfType<ScalarNode>() : [];
}
