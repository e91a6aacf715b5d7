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

    // How many lines are compared in all; then only equal names and stems count.
    private const long MaxCompared = 50_000_000;

    private const int MaxOfStem = 100;
    private const ulong Start = 14695981039346656037;

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
        var lines = new Dictionary<ResourceChange, ulong[]>();
        var compared = 0L;
        var byStem = looksAtContent ? null : gone.Where(g => g.Id.Name.Length > 0).ToLookup(g => (g.Id.Type, Stem(g.Id.Name)));
        foreach (var create in made)
        {
            foreach (var delete in byStem is null ? gone : byStem[(create.Id.Type, Stem(create.Id.Name))].Take(MaxOfStem))
            {
                var (next, old) = ((KubernetesResource)create.Desired!, (KubernetesResource)delete.Baseline!);
                var isMoved = next.Id.Name == old.Id.Name;
                if (next.Kind != old.Kind || !(looksAtContent || isMoved || Stem(next.Id.Name) == Stem(old.Id.Name)))
                    continue;
                var bonus = Stem(next.Id.Name) == Stem(old.Id.Name) ? 0.3 : 0;
                var similarity = 1.0;
                if (!isMoved)
                {
                    var (one, other) = (LinesOf(create, next, lines), LinesOf(delete, old, lines));
                    // Two of very different length cannot be alike enough, whatever they say.
                    if (bonus + (2.0 * Math.Min(one.Length, other.Length) / Math.Max(1, one.Length + other.Length)) < MinSimilarity
                        || (compared > MaxCompared && bonus == 0))
                        continue;
                    compared += one.Length + other.Length;
                    similarity = bonus + Similarity(one, other);
                }

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
            Join(create, delete);
            compare(create);
        }

        gone.RemoveAll(taken.Contains);
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

    // The lines of everything but the identity, as hashes in their order: a plan may hold very many.
    private static ulong[] LinesOf(ResourceChange change, KubernetesResource resource, Dictionary<ResourceChange, ulong[]> known)
    {
        if (known.TryGetValue(change, out var lines))
            return lines;
        var found = new HashSet<ulong>();
        foreach (var entry in resource.Root.AllEntries)
        {
            if (entry.Name is { } name and not ("apiVersion" or "kind" or "metadata" or "status"))
                Collect(Hash(Start, name), entry.Value, found);
        }

        if (resource.Metadata?["labels"] is { } labels)
            Collect(Hash(Start, "labels"), labels, found);
        lines = [.. found];
        Array.Sort(lines);
        return known[change] = lines;
    }

    private static void Collect(ulong path, Node node, HashSet<ulong> lines)
    {
        switch (node.Resolved)
        {
            case MapNode mapping:
                foreach (var entry in mapping.AllEntries)
                    Collect(Hash(Hash(path, "."), entry.Name ?? ""), entry.Value, lines);
                break;
            case ListNode sequence:
                foreach (var item in sequence.ResolvedItems)
                    Collect(Hash(path, "[]"), item, lines);
                break;
            case ScalarNode scalar:
                lines.Add(Hash(Hash(path, "="), scalar.Value));
                break;
        }
    }

    // FNV-1a: the same in every run, as plans must be.
    private static ulong Hash(ulong hash, string text)
    {
        foreach (var c in text)
            hash = unchecked((hash ^ c) * 1099511628211);
        return hash;
    }

    private static double Similarity(ulong[] one, ulong[] other)
    {
        if (one.Length == 0 || other.Length == 0)
            return 0;
        var (i, j, both) = (0, 0, 0);
        while (i < one.Length && j < other.Length)
        {
            if (one[i] == other[j])
                (i, j, both) = (i + 1, j + 1, both + 1);
            else if (one[i] < other[j])
                i++;
            else
                j++;
        }

        return 2.0 * both / (one.Length + other.Length);
    }

    // Names of generators end in a hash or a version.
    private static string Stem(string name)
    {
        var dash = name.LastIndexOf('-');
        return dash > 0 && name.Substring(dash + 1).Any(char.IsDigit) ? name.Substring(0, dash) : name;
    }
}
