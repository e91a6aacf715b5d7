using Repave.Core.Plans;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Json;

namespace Repave.Core.Dialects.Kubernetes.Plans;

/// <summary>What was set by applying manifests, as a live object records it: kubectl's annotation, or the field sets of
/// server-side apply.</summary>
internal static class AppliedFields
{
    /// <summary>The annotation in which kubectl keeps what it applied last.</summary>
    public const string Annotation = "kubectl.kubernetes.io/last-applied-configuration";

    /// <summary>The record of a live object; null if it has none.</summary>
    public static Ownership? Of(MapNode live)
    {
        var metadata = live.MappingAt("metadata");
        if (metadata?["annotations"]?.TextAt(Annotation) is { } json && JsonLanguage.Instance.ParseDocument(json).Root is MapNode applied)
            return new LastApplied(applied);
        var sets = (metadata?.ItemsAt("managedFields") ?? [])
            .Where(m => m.TextAt("operation") == "Apply" && m.TextAt("subresource") is null)
            .Select(m => m.MappingAt("fieldsV1")).OfType<MapNode>().ToList();
        return sets.Count == 0 ? null : new FieldSets(sets);
    }

    private sealed class LastApplied(Node node) : Ownership
    {
        public override Ownership? Field(string name) =>
            node is MapNode mapping && mapping.Find(name)?.Value.Resolved is { } value ? new LastApplied(value) : null;

        public override Ownership? Item(IReadOnlyList<string> keys, Node item)
        {
            if (node is not ListNode list)
                return null;
            foreach (var mine in list.ResolvedItems)
            {
                var isSame = keys.Count == 0
                    ? mine is ScalarNode a && item is ScalarNode b && a.Value == b.Value
                    : mine.TextAt(keys[0]) == item.TextAt(keys[0])
                        && keys.Skip(1).All(k => mine.TextAt(k) is not { } text || text == item.TextAt(k));
                if (isSame)
                    return new LastApplied(mine);
            }

            return null;
        }
    }

    // f:NAME is a field, k:{…} an item with these keys, v:… an item that is a value, "." the structure itself.
    private sealed class FieldSets(List<MapNode> sets) : Ownership
    {
        public override bool TakesWhole => false;

        public override Ownership? Field(string name) => Below("f:" + name);

        public override Ownership? Item(IReadOnlyList<string> keys, Node item)
        {
            var found = new List<MapNode>();
            foreach (var entry in sets.SelectMany(s => s.AllEntries))
            {
                if (entry.Name is { } name && entry.Value.Resolved is MapNode below && IsItem(name, item))
                    found.Add(below);
            }

            return found.Count == 0 ? null : new FieldSets(found);
        }

        private static bool IsItem(string name, Node item)
        {
            if (name.StartsWith("v:", StringComparison.Ordinal))
                return item is ScalarNode scalar && JsonLanguage.Instance.ParseDocument(name.Substring(2)).Root is ScalarNode value
                    && value.Value == scalar.Value;
            return name.StartsWith("k:", StringComparison.Ordinal) && item is MapNode
                && JsonLanguage.Instance.ParseDocument(name.Substring(2)).Root is MapNode keys
                && keys.AllEntries.All(k => k.Name is { } key && (k.Value as ScalarNode)?.Value == item.TextAt(key));
        }

        private FieldSets? Below(string name)
        {
            var found = sets.Select(s => s.Find(name)?.Value.Resolved).OfType<MapNode>().ToList();
            return found.Count == 0 ? null : new FieldSets(found);
        }
    }
}
