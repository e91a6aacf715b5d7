using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Json;

namespace Repave.Core.Dialects.Kubernetes.Plans.Applying;

/// <summary>A set of fields of an object, as <c>managedFields</c> records it: <c>f:NAME</c> is a field, <c>k:{…}</c> an item with these keys,
/// <c>v:…</c> an item that is a value.</summary>
internal sealed class FieldSet
{
    private readonly HashSet<string> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FieldSet> _below = new(StringComparer.Ordinal);

    /// <summary>Whether there is no field in it.</summary>
    public bool IsEmpty => _members.Count == 0 && _below.Count == 0;

    /// <summary>The steps that are fields of the set themselves.</summary>
    public IEnumerable<string> Members => _members;

    /// <summary>The steps below which there are fields of the set.</summary>
    public IEnumerable<KeyValuePair<string, FieldSet>> Below => _below;

    /// <summary>The set that a <c>fieldsV1</c> holds.</summary>
    public static FieldSet Read(MapNode fields)
    {
        var set = new FieldSet();
        foreach (var entry in fields.AllEntries)
        {
            if (entry.Name is not { } name || name == "." || entry.Value.Resolved is not MapNode below)
                continue;
            var step = name.StartsWith("f:", StringComparison.Ordinal) || name.Length < 2 ? name
                : name.Substring(0, 2) + (JsonLanguage.Instance.ParseDocument(name.Substring(2)).Root is { } key
                    ? CanonicalJson.Of(key, asPlatform: true) : name.Substring(2));
            if (below.AllEntries.Count == 0 || below.Find(".") is not null)
                set._members.Add(step);
            if (Read(below) is { IsEmpty: false } inner)
                set._below[step] = inner;
        }

        return set;
    }

    /// <summary>The set of a value's fields.</summary>
    public static FieldSet Of(object? value, Shape? shape)
    {
        var set = new FieldSet();
        set.Add(value, shape);
        return set;
    }

    /// <summary>The step to an item of a list; null if it has none of the keys.</summary>
    public static string? StepOf(object? item, Shape? list)
    {
        if (list?.ListKind == ListKind.Set)
            return item is Node leaf ? "v:" + JsonValue.JsonOf(leaf) : null;
        if (list?.ListKind != ListKind.Map || item is not Dictionary<string, object?> map)
            return null;
        var keys = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var key in list.ListKeys)
        {
            if (map.TryGetValue(key, out var value) && value is not null)
                keys[key] = value;
            else if (list.Items?.Fields?[key] is { } field && (field.Default ?? field.Shape.Default) is { } standard)
                keys[key] = ServerDefaults.ScalarOf(standard, field.Shape);
        }

        return keys.Count == 0 ? null : "k:" + CanonicalJson.Of(JsonValue.NodeOf(keys), asPlatform: true);
    }

    /// <summary>Whether a list is merged item by item.</summary>
    public static bool IsAssociative(Shape? list) => list?.ListKind is ListKind.Map or ListKind.Set;

    /// <summary>Adds a field.</summary>
    public void Insert(IReadOnlyList<string> path)
    {
        var at = this;
        for (var i = 0; i + 1 < path.Count; i++)
        {
            if (!at._below.TryGetValue(path[i], out var below))
                at._below[path[i]] = below = new FieldSet();
            at = below;
        }

        if (path.Count > 0)
            at._members.Add(path[path.Count - 1]);
    }

    /// <summary>Whether a step is a field of the set itself.</summary>
    public bool Has(string step) => _members.Contains(step);

    /// <summary>What of the set is below a step; null if nothing is.</summary>
    public FieldSet? At(string step) => _below.TryGetValue(step, out var below) ? below : null;

    /// <summary>The fields of both sets.</summary>
    public FieldSet Union(FieldSet other)
    {
        var set = new FieldSet();
        set._members.UnionWith(_members);
        set._members.UnionWith(other._members);
        foreach (var (step, below) in _below.Concat(other._below).Select(e => (e.Key, e.Value)))
            set._below[step] = set._below.TryGetValue(step, out var first) ? first.Union(below) : below;
        return set;
    }

    /// <summary>The fields that another set lacks.</summary>
    public FieldSet Without(FieldSet other)
    {
        var set = new FieldSet();
        set._members.UnionWith(_members.Where(m => !other._members.Contains(m)));
        foreach (var entry in _below)
        {
            var left = other.At(entry.Key) is { } gone ? entry.Value.Without(gone) : entry.Value;
            if (!left.IsEmpty)
                set._below[entry.Key] = left;
        }

        return set;
    }

    /// <summary>The fields that both sets have.</summary>
    public FieldSet Intersect(FieldSet other)
    {
        var set = new FieldSet();
        set._members.UnionWith(_members.Where(other._members.Contains));
        foreach (var entry in _below)
        {
            if (other.At(entry.Key) is { } both && entry.Value.Intersect(both) is { IsEmpty: false } left)
                set._below[entry.Key] = left;
        }

        return set;
    }

    /// <summary>The set with the structures' own fields that lead to its fields.</summary>
    public FieldSet WithNamedFields(Shape? shape)
    {
        var set = new FieldSet();
        set._members.UnionWith(_members);
        foreach (var entry in _below)
        {
            var name = entry.Key.StartsWith("f:", StringComparison.Ordinal) ? entry.Key.Substring(2) : null;
            if (name is not null && shape?.Fields?[name] is not null)
                set._members.Add(entry.Key);
            set._below[entry.Key] = entry.Value.WithNamedFields(
                name is null ? shape?.Items : shape?.Fields?[name]?.Shape ?? shape?.Additional);
        }

        return set;
    }

    /// <summary>A value without the fields of the set; null where nothing of a structure is left.</summary>
    public object? RemoveFrom(object? value, Shape? shape)
    {
        switch (value)
        {
            case Dictionary<string, object?> map:
                if (shape?.IsAtomic == true)
                    return null;
                var kept = new Dictionary<string, object?>(StringComparer.Ordinal);
                foreach (var entry in map)
                {
                    var step = "f:" + entry.Key;
                    if (_members.Contains(step))
                        continue;
                    kept[entry.Key] = At(step) is { } below
                        ? below.RemoveFrom(entry.Value, shape?.Fields?[entry.Key]?.Shape ?? shape?.Additional)
                        : entry.Value;
                }

                return kept.Count == 0 ? null : kept;
            case List<object?> list:
                if (!IsAssociative(shape))
                    return null;
                var items = new List<object?>();
                foreach (var item in list)
                {
                    var step = StepOf(item, shape) ?? "";
                    if (!_members.Contains(step))
                        items.Add(At(step) is { } below ? below.RemoveFrom(item, shape!.Items) : item);
                }

                return items.Count == 0 ? null : items;
            default:
                return value;
        }
    }

    /// <summary>The paths of the fields, dotted, for people.</summary>
    public IEnumerable<string> Paths(string prefix = "")
    {
        foreach (var member in _members)
            yield return prefix + Shown(member, prefix);
        foreach (var entry in _below)
        {
            foreach (var path in entry.Value.Paths(prefix + Shown(entry.Key, prefix)))
                yield return path;
        }
    }

    private static string Shown(string step, string prefix) => step.StartsWith("f:", StringComparison.Ordinal)
        ? (prefix.Length == 0 ? "" : ".") + step.Substring(2)
        : $"[{step.Substring(Math.Min(2, step.Length))}]";

    private void Add(object? value, Shape? shape)
    {
        switch (value)
        {
            case Dictionary<string, object?> map when shape?.IsAtomic != true:
                foreach (var entry in map)
                {
                    var step = "f:" + entry.Key;
                    var field = shape?.Fields?[entry.Key];
                    var inner = field?.Shape ?? shape?.Additional;
                    var isWhole = entry.Value is null or Node || IsAtomic(entry.Value, inner);
                    if (isWhole || entry.Value is Dictionary<string, object?> { Count: 0 } || field is null)
                        _members.Add(step);
                    if (!isWhole)
                        AddBelow(step, entry.Value, inner);
                }

                break;
            case List<object?> list when IsAssociative(shape):
                foreach (var same in list.GroupBy(i => StepOf(i, shape) ?? "", StringComparer.Ordinal))
                {
                    _members.Add(same.Key);
                    if (same.Count() == 1 && same.First() is { } item and not Node && !IsAtomic(item, shape!.Items))
                        AddBelow(same.Key, item, shape.Items);
                }

                break;
        }
    }

    private static bool IsAtomic(object? value, Shape? shape) => value switch
    {
        Dictionary<string, object?> => shape?.IsAtomic == true,
        List<object?> => !IsAssociative(shape),
        _ => true,
    };

    private void AddBelow(string step, object? value, Shape? shape)
    {
        if (Of(value, shape) is { IsEmpty: false } below)
            _below[step] = below;
    }
}
