using Repave.Core.Shapes;

namespace Repave.Core.Dialects.Kubernetes.Plans.Applying;

/// <summary>Merges a manifest into a live object as the server does (sigs.k8s.io/structured-merge-diff): what the manifest says wins, and what
/// its manager owned and says no more goes, unless others own it too.</summary>
internal static class ServerSideApply
{
    // From this release on the manifest's order of lists counts; before, new items came last.
    private static readonly Version OrdersByManifest = new(1, 24);

    // From this release on structures that nobody owns go with the fields that lead to them, and the protocol of a Service's port is filled
    // in before items are told apart.
    private static readonly Version KnowsStructures = new(1, 21);

    /// <summary>The merged object.</summary>
    /// <param name="live">The live object.</param>
    /// <param name="wanted">The manifest.</param>
    /// <param name="owned">What its manager owned until now.</param>
    /// <param name="others">The other managers.</param>
    /// <param name="shape">The object's shape, or null if unknown.</param>
    /// <param name="release">The server's release.</param>
    /// <param name="conflicts">What others own and the manifest changes.</param>
    /// <exception cref="MergeException">The server refuses to merge it.</exception>
    public static Dictionary<string, object?> Merge(Dictionary<string, object?> live, Dictionary<string, object?> wanted, FieldSet owned,
        IReadOnlyList<FieldManager> others, Shape? shape, Version release, out IReadOnlyList<(string Manager, FieldSet Fields)> conflicts)
    {
        var merged = (Dictionary<string, object?>)MergeValue(live, wanted, shape, release, "")!;
        var now = FieldSet.Of(wanted, shape);
        var pruned = owned.IsEmpty ? merged : Prune(merged, owned, now, others, release < KnowsStructures ? null : shape, shape);
        var changed = Changed(live, pruned, shape);
        conflicts = [.. others.Where(o => o.Subresource is null).Select(o => (o.Name, Fields: o.Fields.Intersect(changed)))
            .Where(c => !c.Fields.IsEmpty)];
        return pruned;
    }

    private static Dictionary<string, object?> Prune(Dictionary<string, object?> merged, FieldSet owned, FieldSet now,
        IReadOnlyList<FieldManager> others, Shape? named, Shape? shape)
    {
        var last = owned.WithNamedFields(named);
        var all = FieldSet.Of(merged, shape).WithNamedFields(named);
        var pruned = last.RemoveFrom(merged, shape);
        var managed = others.Aggregate(now, (set, other) => set.Union(other.Fields)).WithNamedFields(named);
        pruned = all.Without(FieldSet.Of(pruned, shape).WithNamedFields(named).Union(managed)).RemoveFrom(merged, shape);
        // What nobody owns stays, also below what is pruned.
        var gone = all.Without(FieldSet.Of(pruned, shape).WithNamedFields(named)).Intersect(last);
        return gone.RemoveFrom(merged, shape) as Dictionary<string, object?> ?? new Dictionary<string, object?>(StringComparer.Ordinal);
    }

    private static object? MergeValue(object? live, object? wanted, Shape? shape, Version release, string path)
    {
        switch (live, wanted)
        {
            case (Dictionary<string, object?> before, Dictionary<string, object?> after) when shape?.IsAtomic != true:
                var merged = new Dictionary<string, object?>(StringComparer.Ordinal);
                foreach (var key in before.Keys.Concat(after.Keys.Where(k => !before.ContainsKey(k))))
                {
                    var inner = shape?.Fields?[key]?.Shape ?? shape?.Additional;
                    merged[key] = !after.TryGetValue(key, out var value) ? before[key]
                        : MergeValue(before.TryGetValue(key, out var old) ? old : null, value, inner, release, Below(path, key));
                }

                return merged;
            case (_, List<object?> after) when FieldSet.IsAssociative(shape):
                return MergeList(live as List<object?> ?? [], after, shape!, release, path);
            // A null owns a structure and takes nothing out of it; what its manager owned there goes below.
            case (Dictionary<string, object?>, null) when shape?.IsAtomic != true:
                return live;
            case (List<object?>, null) when FieldSet.IsAssociative(shape):
                return live;
            case (null, Dictionary<string, object?> after) when shape?.IsAtomic != true:
                // Lists within it are looked through for duplicates.
                return MergeValue(new Dictionary<string, object?>(StringComparer.Ordinal), after, shape, release, path);
            default:
                return wanted;
        }
    }

    private static string Below(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    private static List<object?> MergeList(List<object?> live, List<object?> wanted, Shape shape, Version release, string path)
    {
        var right = new List<(string Step, object? Item)>();
        var inRight = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var item in wanted)
        {
            var step = FieldSet.StepOf(item, shape)
                ?? throw new MergeException($"an item of {path} has none of the fields that tell its items apart ({string.Join(", ", shape.ListKeys)})");
            if (release < KnowsStructures && shape.Items?.Name == "V1ServicePort" && shape.ListKeys.FirstOrDefault(k => item is Dictionary<string, object?> map && !map.ContainsKey(k)) is { } key)
                throw new MergeException($"an item of {path} leaves out '{key}', which servers before 1.21 do not fill in for Services that they apply");
            if (inRight.ContainsKey(step))
                throw new MergeException($"{path} has a second item with {step.Substring(2)}, and server-side apply takes each only once");
            inRight[step] = item;
            right.Add((step, item));
        }

        // Of a live item that stands twice neither is merged.
        var left = live.Select(item => (Step: FieldSet.StepOf(item, shape) ?? "", Item: item)).ToList();
        var inLeft = left.GroupBy(l => l.Step, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Count() == 1 ? g.First().Item : null, StringComparer.Ordinal);
        object? Merged(string step, object? item) =>
            MergeValue(inLeft.TryGetValue(step, out var before) ? before : null, item, shape.Items, release, $"{path}[]");

        return release >= OrdersByManifest ? InOrderOfManifest(left, right, inLeft, inRight, Merged)
            : [.. left.Select(l => inRight.TryGetValue(l.Step, out var item) ? Merged(l.Step, item) : l.Item),
                .. right.Where(r => !inLeft.ContainsKey(r.Step)).Select(r => Merged(r.Step, r.Item))];
    }

    // The order of both lists where they agree, and the manifest's where they do not.
    private static List<object?> InOrderOfManifest(List<(string Step, object? Item)> left, List<(string Step, object? Item)> right,
        Dictionary<string, object?> inLeft, Dictionary<string, object?> inRight, Func<string, object?, object?> mergedOf)
    {
        var shared = new Queue<string>(right.Select(r => r.Step).Where(inLeft.ContainsKey));
        var next = shared.Count > 0 ? shared.Dequeue() : null;
        void Advance() => next = shared.Count > 0 ? shared.Dequeue() : null;

        var done = new HashSet<string>(StringComparer.Ordinal);
        var merged = new List<object?>();
        var (l, r) = (0, 0);
        while (l < left.Count || r < right.Count)
        {
            if (l < left.Count && r < right.Count)
            {
                if (left[l].Step == right[r].Step)
                {
                    done.Add(left[l].Step);
                    merged.Add(mergedOf(right[r].Step, right[r].Item));
                    (l, r) = (l + 1, r + 1);
                    Advance();
                    continue;
                }

                if (inRight.ContainsKey(left[l].Step) && next is not null && next != left[l].Step)
                {
                    l++;
                    continue;
                }
            }

            if (l < left.Count)
            {
                if (!inRight.ContainsKey(left[l].Step))
                {
                    merged.Add(left[l++].Item);
                    continue;
                }

                if (done.Contains(left[l].Step))
                    l++;
            }

            if (r < right.Count)
            {
                done.Add(right[r].Step);
                merged.Add(mergedOf(right[r].Step, right[r].Item));
                if (next == right[r].Step)
                    Advance();
                r++;
            }
        }

        return merged;
    }

    // What a new state changes or adds.
    private static FieldSet Changed(object? from, object? to, Shape? shape)
    {
        var before = Leaves(from, shape);
        var added = new List<(List<string> Path, string Json)>();
        Collect(to, shape, [], added);
        var set = new FieldSet();
        foreach (var (path, json) in added)
        {
            if (!before.TryGetValue(string.Join("\n", path), out var old) || old != json)
                set.Insert(path);
        }

        return set;
    }

    private static Dictionary<string, string> Leaves(object? value, Shape? shape)
    {
        var leaves = new List<(List<string> Path, string Json)>();
        Collect(value, shape, [], leaves);
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, json) in leaves)
            found[string.Join("\n", path)] = json;
        return found;
    }

    private static void Collect(object? value, Shape? shape, List<string> path, List<(List<string> Path, string Json)> leaves)
    {
        switch (value)
        {
            case Dictionary<string, object?> { Count: > 0 } map when shape?.IsAtomic != true:
                foreach (var entry in map)
                    Collect(entry.Value, shape?.Fields?[entry.Key]?.Shape ?? shape?.Additional, [.. path, "f:" + entry.Key], leaves);
                break;
            case List<object?> { Count: > 0 } list when FieldSet.IsAssociative(shape):
                foreach (var item in list)
                {
                    List<string> at = [.. path, FieldSet.StepOf(item, shape) ?? ""];
                    leaves.Add((at, ""));
                    if (item is not Syntax.Node)
                        Collect(item, shape!.Items, at, leaves);
                }

                break;
            default:
                leaves.Add((path, Canonical(value, shape)));
                break;
        }
    }

    private static string Canonical(object? value, Shape? shape)
    {
        if (shape?.Format == "quantity" && value is Syntax.ScalarNode scalar && Quantity.TryParse(scalar.Value, out var quantity))
            return quantity.Value.ToString("G29", System.Globalization.CultureInfo.InvariantCulture);
        return CanonicalJson.Of(JsonValue.NodeOf(value), asPlatform: true);
    }
}
