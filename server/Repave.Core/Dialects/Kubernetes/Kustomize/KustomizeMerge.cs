using Repave.Core.Dialects.Kubernetes.Helm;

namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>Lays a strategic merge patch over a resource, step by step as kustomize's <c>merge2</c> does: its quirks (where items of a
/// patch
/// go, what an empty null does) decide what comes out.</summary>
internal sealed class KustomizeMerge
{
    private const string Directive = "$patch";
    private const int MaxDepth = 1000;

    // Every item is looked for among the others.
    private const int MaxItems = 4000;

    private static readonly string[] Plain = [""];

    private readonly Func<string, string, KustomizeShape?> _shapeOf;
    private readonly bool _prepends;

    private KustomizeMerge(Func<string, string, KustomizeShape?> shapeOf, bool prepends) =>
        (_shapeOf, _prepends) = (shapeOf, prepends);

    private enum Way
    {
        Merge,
        Replace,
        Delete,
        Unknown,
    }

    /// <summary>What a patch makes of a resource; both are used up.</summary>
    /// <param name="target">The resource.</param>
    /// <param name="patch">The patch.</param>
    /// <param name="shapeOf">How patches merge a kind, by its apiVersion and name.</param>
    /// <param name="prepends">Whether new items go before those that are there.</param>
    /// <returns>The result; null where nothing is left.</returns>
    /// <exception cref="KustomizeException">It cannot be laid over it.</exception>
    public static KustomizeNode? Apply(
        KustomizeNode target, KustomizeNode patch, Func<string, string, KustomizeShape?> shapeOf, bool prepends = true) =>
        new KustomizeMerge(shapeOf, prepends).Walk(target, patch, null, 0);

    private KustomizeNode? Walk(KustomizeNode? target, KustomizeNode? patch, KustomizeShape.Field? field, int depth)
    {
        if (depth > MaxDepth)
            throw new KustomizeException("the resource is nested too deeply");
        field ??= ShapeOf(target) ?? ShapeOf(patch);
        var kind = !KustomizeNode.IsMissing(target) ? target!.Kind : !KustomizeNode.IsMissing(patch) ? patch!.Kind : KustomizeKind.None;
        if (kind != KustomizeKind.None)
        {
            target?.Expect(kind);
            patch?.Expect(kind);
        }

        switch (kind)
        {
            case KustomizeKind.Scalar:
                return patch ?? target;
            case KustomizeKind.List:
                return field is { Merges: true } ? MergeList(target, patch, field, depth) : patch ?? target;
            default:
                return MergeMap(target, patch, field, depth);
        }
    }

    private KustomizeShape.Field? ShapeOf(KustomizeNode? node) =>
        node is { IsNull: false } && node.Find("kind") is { IsNull: false } kind && node.Find("apiVersion") is { IsNull: false } version
            && _shapeOf(version.Value, kind.Value) is { } shape ? new KustomizeShape.Field(shape, false, false, []) : null;

    private KustomizeNode? MergeMap(KustomizeNode? target, KustomizeNode? patch, KustomizeShape.Field? field, int depth)
    {
        var result = MapOf(target, patch);
        if (result is null)
            return null;
        var names = new SortedSet<string>(StringComparer.Ordinal);
        AddNames(result, names);
        AddNames(patch, names);
        // Those that go are taken away together, so that long maps take no quadratic time.
        HashSet<string>? gone = null;
        foreach (var name in names)
        {
            var before = result.Find(name);
            if (!result.SetAt(name, before, Walk(before, patch?.Find(name), field?.Shape?[name], depth + 1)) && before is not null)
                (gone ??= new HashSet<string>(StringComparer.Ordinal)).Add(name);
        }

        if (gone is not null)
            result.ClearAll(gone);
        return result;
    }

    private static void AddNames(KustomizeNode? map, SortedSet<string> names)
    {
        for (var i = 0; map is { Kind: KustomizeKind.Map } && i + 1 < map.Content.Count; i += 2)
            names.Add(map.Content[i].Value);
    }

    private static KustomizeNode? MapOf(KustomizeNode? target, KustomizeNode? patch)
    {
        if (KustomizeNode.IsMissing(target))
        {
            if (WayOf(patch, false) == Way.Delete)
                return null;
            if (patch is null && target is not null && target.Value.Length > 0)
            {
                var kept = KustomizeNode.Scalar(target.Text, KustomizeNode.NullTag);
                kept.IsKept = true;
                return kept;
            }

            return patch;
        }

        if (patch is { IsNull: true })
            return null;
        return WayOf(patch, true) switch
        {
            Way.Delete => null,
            Way.Replace => patch,
            _ => target,
        };
    }

    private KustomizeNode? MergeList(KustomizeNode? target, KustomizeNode? patch, KustomizeShape.Field field, int depth)
    {
        KustomizeNode? result;
        if (KustomizeNode.IsMissing(target))
        {
            result = patch;
        }
        else if (patch is { IsNull: true })
        {
            return null;
        }
        else
        {
            result = WayOf(patch, true) switch
            {
                Way.Delete => null,
                Way.Replace => patch,
                _ => target,
            };
        }

        if (result is null)
            return null;
        if (result.Content.Count + (patch?.Content.Count ?? 0) > MaxItems)
            throw new KustomizeException("the list is longer than Repave follows", result.Trace?.File, result.Trace?.At ?? default);
        KustomizeNode?[] sources = [result, patch];
        return field.Keys.Count > 0 ? MergeItems(ValuesOf(sources, field.Keys), field.Keys, sources, field, depth)
            : MergeItems(PlainValuesOf(sources), Plain, sources, field, depth);
    }

    private IEnumerable<KustomizeNode> InOrder(KustomizeNode?[] sources) =>
        (_prepends ? sources.Reverse() : sources).OfType<KustomizeNode>();

    private List<string[]> ValuesOf(KustomizeNode?[] sources, IReadOnlyList<string> keys)
    {
        var found = new List<string[]>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var source in InOrder(sources))
        {
            foreach (var item in source.Content)
            {
                string[] values = [.. keys.Select(key => item.Find(key) is { IsEmpty: false } value ? value.Value : "")];
                if (seen.Add(string.Join("\0", values)))
                    found.Add(values);
            }
        }

        return found;
    }

    private List<string[]> PlainValuesOf(KustomizeNode?[] sources)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. InOrder(sources).SelectMany(source => source.Content).Where(item => seen.Add(item.Value)).Select(item => new[]
            { item.Value })];
    }

    private KustomizeNode? MergeItems(
        List<string[]> all, IReadOnlyList<string> keys, KustomizeNode?[] sources, KustomizeShape.Field field, int depth)
    {
        var target = sources[0]!;
        var items = new KustomizeNode { Kind = KustomizeKind.List, Trace = target.Trace };
        var inner = field is { IsList: true, Shape: { } shape } ? new KustomizeShape.Field(shape, false, false, []) : null;
        if (keys.Count > 1)
            MergeValues(all);
        IReadOnlyList<string> valid = [], validValues;
        foreach (var values in all)
        {
            (valid, validValues) = Valid(all, values, keys);
            var (ownKeys, ownValues) = Valid([[.. validValues]], [.. validValues], valid);
            var value = Walk(Item(sources[0], ownKeys, ownValues), Item(sources[1], ownKeys, ownValues), inner, depth + 1);
            var isGone = false;
            for (var i = 0; i < valid.Count; i++)
            {
                if (KustomizeNode.IsMissing(value) || value!.IsEmptyMap)
                {
                    SetItem(target, null, valid, validValues);
                    isGone = true;
                }
                else if (value.Find(valid[i]) is null && validValues[i].Length > 0)
                {
                    if (valid[i].Length == 0)
                        value.SetScalar(KustomizeNode.Scalar(validValues[i]));
                    else
                        value.Set(valid[i], KustomizeNode.Scalar(validValues[i]));
                }
            }

            if (!isGone)
                SetItem(items, value, valid, validValues);
        }

        if (all.Count == 0)
            return target;
        if (!_prepends)
        {
            Append(target, items, valid);
            return target;
        }

        Append(items, target, valid);
        return items;
    }

    // Values that are known of one and the other make one.
    private static void MergeValues(List<string[]> all)
    {
        for (var i = 0; i < all.Count; i++)
        {
            for (var j = 0; j < all.Count; j++)
            {
                if (Match(all[i], all[j]) is { } both)
                    all[i] = all[j] = both;
            }
        }
    }

    private static string[]? Match(string[] one, string[] other)
    {
        if (one.Length != other.Length)
            return null;
        var (found, has) = (new string[one.Length], false);
        for (var i = 0; i < one.Length; i++)
        {
            if (one[i] == other[i])
                has = true;
            else if (one[i].Length > 0 && other[i].Length > 0)
                return null;
            found[i] = one[i].Length > 0 ? one[i] : other[i];
        }

        return has ? found : null;
    }

    // The keys that any item has, and the values of one item for them.
    private static (IReadOnlyList<string> Keys, IReadOnlyList<string> Values) Valid(
        List<string[]> all, string[] values, IReadOnlyList<string> keys)
    {
        var has = new bool[keys.Count];
        foreach (var one in all)
        {
            for (var i = 0; i < one.Length && i < has.Length; i++)
                has[i] |= one[i].Length > 0;
            if (Array.TrueForAll(has, h => h))
                break;
        }

        if (!Array.Exists(has, h => h))
            return (keys, values);
        return ([.. keys.Where((_, i) => has[i])], [.. values.Where((value, i) => value.Length > 0 || has[i])]);
    }

    private static KustomizeNode? Item(KustomizeNode? list, IReadOnlyList<string> keys, IReadOnlyList<string> values)
    {
        if (list is null or { Kind: not KustomizeKind.List })
            return null;
        if (keys[0].Length == 0)
            return list.Content.Find(item => item.Value == values[0]);
        foreach (var item in list.Content)
        {
            if (item.Kind != KustomizeKind.Map && !item.IsNull)
                continue;
            var fits = true;
            for (var i = 0; i < keys.Count && fits; i++)
                fits = item.Find(keys[i]) is { } field && i < values.Count && field.Value == values[i];
            if (fits)
                return item;
        }

        return null;
    }

    // Replaces the items that fit, or takes them away, or adds what fits none.
    private static void SetItem(KustomizeNode list, KustomizeNode? element, IReadOnlyList<string> keys, IReadOnlyList<string> values)
    {
        var content = new List<KustomizeNode>(list.Content.Count + 1);
        var isFound = false;
        var isOfMaps = keys.Count > 0 && keys[0].Length > 0 && values.Count > 0 && values[0].Length > 0;
        foreach (var item in list.Content)
        {
            if (item.IsNull || item.IsEmptyMap)
                continue;
            if (item.Kind != KustomizeKind.Map && isOfMaps)
            {
                content.Add(item);
                continue;
            }

            if (!Fits(item, keys, values))
            {
                if (values.Count > 0)
                    content.Add(item);
                continue;
            }

            isFound = true;
            if (element is not null)
                content.Add(element);
        }

        list.Content = content;
        if (!isFound && !KustomizeNode.IsMissing(element))
            content.Add(element!);
    }

    private static bool Fits(KustomizeNode item, IReadOnlyList<string> keys, IReadOnlyList<string> values)
    {
        var has = false;
        for (var i = 0; i < keys.Count; i++)
        {
            if (i < values.Count)
            {
                if (keys[i].Length == 0)
                {
                    item.Expect(KustomizeKind.Scalar);
                    has = item.Value == values[i];
                }
                else
                {
                    has = item.Get(keys[i]) is { } field && (values[i].Length == 0 || field.Value == values[i]);
                }
            }

            if (!has)
                return false;
        }

        return true;
    }

    private static void Append(KustomizeNode list, KustomizeNode more, IReadOnlyList<string> keys)
    {
        foreach (var item in more.Content.ToArray())
        {
            if (keys[0].Length == 0)
            {
                SetItem(list, item, Plain, [item.Value]);
                continue;
            }

            var values = new List<string>();
            foreach (var key in keys)
            {
                if (item.Get(key) is { } value)
                    values.Add(value.Value);
                else
                    list.Content.Add(item);
            }

            if (keys.Count > 1)
                SetItem(list, null, keys, values);
            SetItem(list, item, keys, values);
        }
    }

    private static Way WayOf(KustomizeNode? patch, bool isAsked)
    {
        switch (patch?.Kind)
        {
            case null:
                return Way.Merge;
            case KustomizeKind.Map:
                if (patch.IsNull || patch.Find(Directive) is not { IsNull: false } way)
                    return Way.Merge;
                if (Parse(way.Value) is var known && known != Way.Unknown)
                    patch.Clear(Directive);
                return known != Way.Unknown || !isAsked ? known : throw Unknown(way);
            case KustomizeKind.List:
                var item = patch.Content.Find(one => one.Find(Directive) is not null);
                if (item is null || item.Content.Count > 2 || item.Find(Directive) is not { } said)
                    return Way.Merge;
                if (Parse(said.Value) is var listed && listed == Way.Unknown)
                    throw Unknown(said);
                SetItem(patch, null, [Directive], [said.Value]);
                return listed;
            default:
                return Way.Unknown;
        }
    }

    private static KustomizeException Unknown(KustomizeNode way) => new($"unknown patch strategy '{way.Value}'", way.Text.Trace?.File,
        way.Text.Trace?.At ?? default);

    private static Way Parse(string text) => text switch
    {
        "delete" => Way.Delete,
        "replace" => Way.Replace,
        "merge" => Way.Merge,
        _ => Way.Unknown,
    };
}
