using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans;

/// <summary>Recognises a creation and a deletion as one resource under another name, namespace or group.</summary>
internal static class Renames
{
    // Below this share of equal lines two resources are two.
    private const double MinSimilarity = 0.6;

    private const long MaxPairs = 250_000;
    private const int MaxOfStem = 100;

    /// <summary>Joins pairs: the creation becomes a replacement, the deletion is taken out.</summary>
    /// <param name="changes">The creations among others.</param>
    /// <param name="gone">The deletions.</param>
    /// <param name="compare">Adds what else differs between the two of a pair.</param>
    public static void Join(List<ResourceChange> changes, List<ResourceChange> gone, Action<ResourceChange> compare)
    {
        var made = changes.Where(c => c.Action == PlanAction.Create && c.Desired is KubernetesResource).ToList();
        if (made.Count == 0 || gone.Count == 0)
            return;
        // Where very many come and go, only equal names and stems are looked at.
        var looksAtContent = (long)made.Count * gone.Count <= MaxPairs;
        var pairs = new List<(double Similarity, ResourceChange New, ResourceChange Old)>();
        var lines = new Dictionary<ResourceChange, HashSet<string>>();
        var byStem = looksAtContent ? null : gone.Where(g => g.Id.Name.Length > 0).ToLookup(g => (g.Id.Type, Stem(g.Id.Name)));
        foreach (var create in made)
        {
            foreach (var delete in byStem is null ? gone : byStem[(create.Id.Type, Stem(create.Id.Name))].Take(MaxOfStem))
            {
                var (next, old) = ((KubernetesResource)create.Desired!, (KubernetesResource)delete.Baseline!);
                var isMoved = next.Id.Name == old.Id.Name;
                if (next.Kind != old.Kind || !(looksAtContent || isMoved || Stem(next.Id.Name) == Stem(old.Id.Name)))
                    continue;
                var similarity = isMoved ? 1 : Similarity(LinesOf(create, next, lines), LinesOf(delete, old, lines))
                    + (Stem(next.Id.Name) == Stem(old.Id.Name) ? 0.3 : 0);
                if (similarity >= MinSimilarity)
                    pairs.Add((similarity, create, delete));
            }
        }

        var taken = new HashSet<ResourceChange>();
        foreach (var (_, create, delete) in pairs.OrderByDescending(p => p.Similarity))
        {
            if (taken.Contains(create) || taken.Contains(delete))
                continue;
            taken.Add(create);
            taken.Add(delete);
            gone.Remove(delete);
            Join(create, delete);
            compare(create);
        }
    }

    private static void Join(ResourceChange create, ResourceChange delete)
    {
        var (next, old) = ((KubernetesResource)create.Desired!, (KubernetesResource)delete.Baseline!);
        create.Action = PlanAction.Replace;
        create.Mechanism = ResourceChange.CreateAndDelete;
        create.Baseline = old;
        create.Previous = old.Id;
        var parts = new (string Path, string? From, string? To, Node? Node)[]
        {
            ("apiVersion", old.Group, next.Group, next.Root["apiVersion"]),
            ("metadata.namespace", old.Id.Namespace, next.Id.Namespace, next.Metadata?["namespace"]),
            ("metadata.name", old.Id.Name, next.Id.Name, next.NameNode),
        };
        foreach (var (path, from, to, node) in parts)
        {
            if (from == to)
                continue;
            var (before, after) = path == "apiVersion" ? (old.ApiVersion, next.ApiVersion) : (from, to);
            create.Reasons.Add(IdentityReason.Of(path, before, after, next, node));
        }
    }

    // The lines of everything but the identity.
    private static HashSet<string> LinesOf(
        ResourceChange change, KubernetesResource resource, Dictionary<ResourceChange, HashSet<string>> known)
    {
        if (known.TryGetValue(change, out var lines))
            return lines;
        lines = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in resource.Root.AllEntries)
        {
            if (entry.Name is { } name and not ("apiVersion" or "kind" or "metadata" or "status"))
                Collect(name, entry.Value, lines);
        }

        if (resource.Metadata?["labels"] is { } labels)
            Collect("labels", labels, lines);
        return known[change] = lines;
    }

    private static void Collect(string path, Node node, HashSet<string> lines)
    {
        switch (node.Resolved)
        {
            case MapNode mapping:
                foreach (var entry in mapping.AllEntries)
                    Collect(path + "." + entry.Name, entry.Value, lines);
                break;
            case ListNode sequence:
                foreach (var item in sequence.ResolvedItems)
                    Collect(path + "[]", item, lines);
                break;
            case ScalarNode scalar:
                lines.Add(path + "=" + scalar.Value);
                break;
        }
    }

    private static double Similarity(HashSet<string> one, HashSet<string> other)
    {
        if (one.Count == 0 || other.Count == 0)
            return 0;
        var both = one.Count(other.Contains);
        return 2.0 * both / (one.Count + other.Count);
    }

    // Names of generators end in a hash or a version.
    private static string Stem(string name)
    {
        var dash = name.LastIndexOf('-');
        return dash > 0 && name.Substring(dash + 1).Any(char.IsDigit) ? name.Substring(0, dash) : name;
    }
}
