using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>The fields that transformers write; never changed.</summary>
internal sealed class KustomizeSpecs
{
    /// <summary>The lists that there are.</summary>
    public static readonly string[] Names =
    [
        "namePrefix", "nameSuffix", "namespace", "commonLabels", "labels", "templateLabels", "commonAnnotations", "varReference", "images",
        "replicas",
    ];

    private readonly Dictionary<string, IReadOnlyList<KustomizeSpec>> _lists;

    private KustomizeSpecs(
        Dictionary<string, IReadOnlyList<KustomizeSpec>> lists, IReadOnlyList<(KustomizeKindName, IReadOnlyList<KustomizeSpec>)> references)
    {
        _lists = lists;
        References = references;
    }

    public static KustomizeSpecs Empty { get; } = new(new(StringComparer.Ordinal), []);

    /// <summary>The kinds that are referred to by name, and the fields that do.</summary>
    public IReadOnlyList<(KustomizeKindName Type, IReadOnlyList<KustomizeSpec> Fields)> References { get; }

    public IReadOnlyList<KustomizeSpec> this[string list] => _lists.GetValueOrDefault(list) ?? [];

    /// <summary>Puts lists together as they were read.</summary>
    public static KustomizeSpecs Of(
        Dictionary<string, List<KustomizeSpec>> lists, List<(KustomizeKindName Type, List<KustomizeSpec> Fields)> references) => new(
        lists.ToDictionary(l => l.Key, l => (IReadOnlyList<KustomizeSpec>)Sorted(l.Value, spec => spec.Type), StringComparer.Ordinal),
        Sorted([.. references.Select(r => (r.Type, (IReadOnlyList<KustomizeSpec>)r.Fields))], r => r.Item1));

    /// <summary>Reads a file of them.</summary>
    /// <exception cref="KustomizeException">It says something else.</exception>
    public static KustomizeSpecs Read(KustomizeFile file)
    {
        var lists = new Dictionary<string, List<KustomizeSpec>>(StringComparer.Ordinal);
        var references = new List<(KustomizeKindName, List<KustomizeSpec>)>();
        if (file.Root is null)
            return Empty;
        if (file.Root is not MapNode root)
            throw file.Wrong("json: cannot unmarshal into Go value of type builtinconfig.TransformerConfig", file.Root);
        foreach (var entry in root.AllEntries)
        {
            var name = entry.Name is { } key ? Array.Find([.. Names, "nameReference"], n => n.Equals(key,
                StringComparison.OrdinalIgnoreCase)) : null;
            if (name is null)
                throw file.Wrong($"error unmarshaling JSON: while decoding JSON: json: unknown field \"{entry.Name}\"", entry.Key);
            var items = entry.Value.Resolved is ListNode list ? list.ResolvedItems.OfType<MapNode>() : [];
            if (name != "nameReference")
            {
                lists[name] = [.. items.Select(SpecOf)];
                continue;
            }

            foreach (var item in items)
                references.Add((TypeOf(item), [.. item.ItemsAt("fieldSpecs").OfType<MapNode>().Select(SpecOf)]));
        }

        return Of(lists, references);
    }

    /// <summary>A field as a kustomization or a configuration names it.</summary>
    public static KustomizeSpec SpecOf(MapNode item) => new(TypeOf(item), item.TextAt("path") ?? "", item.TextAt("create") == "true");

    /// <summary>These and others.</summary>
    /// <exception cref="KustomizeException">They say of one field that it is made and that it is not.</exception>
    public KustomizeSpecs With(KustomizeSpecs other)
    {
        if (ReferenceEquals(this, other) || ReferenceEquals(other, Empty))
            return this;
        if (ReferenceEquals(this, Empty) && ReferenceEquals(other, KustomizeFacts.Instance.Specs))
            return other;
        var lists = new Dictionary<string, IReadOnlyList<KustomizeSpec>>(StringComparer.Ordinal);
        foreach (var name in Names)
        {
            var merged = Merge(this[name], other[name]);
            lists[name] = ReferenceEquals(merged, this[name]) ? merged : Sorted([.. merged], spec => spec.Type);
        }

        var references = References.ToList();
        foreach (var added in other.References)
        {
            var found = false;
            for (var i = 0; i < references.Count; i++)
            {
                if (references[i].Type != added.Type)
                    continue;
                references[i] = (added.Type, Merge(references[i].Fields, added.Fields));
                found = true;
            }

            if (!found)
                references.Add(added);
        }

        return new KustomizeSpecs(lists, Sorted(references, r => r.Type));
    }

    /// <summary>A list and more fields; what is there already is not added.</summary>
    /// <exception cref="KustomizeException">They say of one field that it is made and that it is not.</exception>
    public static IReadOnlyList<KustomizeSpec> Merge(IReadOnlyList<KustomizeSpec> list, IReadOnlyList<KustomizeSpec> more)
    {
        if (ReferenceEquals(list, more) || more.Count == 0)
            return list;
        var byPath = list.GroupBy(spec => spec.Path, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToList(),
            StringComparer.Ordinal);
        List<KustomizeSpec>? merged = null;
        foreach (var spec in more)
        {
            if (!byPath.TryGetValue(spec.Path, out var same))
                byPath[spec.Path] = same = [];
            if (same.Find(one => one.Type.IsSelectedBy(spec.Type)) is { } found)
            {
                if (found.Creates != spec.Creates)
                    throw new KustomizeException("conflicting fieldspecs");
                continue;
            }

            same.Add(spec);
            merged ??= [.. list];
            merged.Add(spec);
        }

        return merged ?? list;
    }

    private static KustomizeKindName TypeOf(MapNode item) =>
        new(item.TextAt("group") ?? "", item.TextAt("version") ?? "", item.TextAt("kind") ?? "");

    private static List<T> Sorted<T>(IReadOnlyList<T> list, Func<T, KustomizeKindName> type) =>
        [.. list.OrderBy(type, Comparer<KustomizeKindName>.Create(KustomizeOrder.CompareSpecs))];
}
