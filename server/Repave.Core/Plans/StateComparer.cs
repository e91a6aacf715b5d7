using System.Globalization;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Plans;

/// <summary>Finds the fields that differ between two states of a resource, without those that mean the same: defaults, other ways to write
/// a value, the order of lists whose items have identities. A dialect says what it knows by overriding.</summary>
public abstract class StateComparer
{
    // Lists longer than this are not aligned item by item.
    private const int MaxAligned = 200;

    /// <summary>The differences from one state to another.</summary>
    /// <param name="from">The state before.</param>
    /// <param name="to">The state after.</param>
    /// <param name="shape">The resource's shape, or null if unknown.</param>
    /// <param name="owned">Which absent fields of <paramref name="to"/> count as taken away.</param>
    public IReadOnlyList<FieldChange> Compare(MapNode from, MapNode to, Shape? shape, Ownership owned)
    {
        // Built texts that an edit does not change keep their documents.
        if (ReferenceEquals(from, to))
            return [];
        var changes = new List<FieldChange>();
        CompareFields(FieldPath.Root, shape, from, to, owned, changes);
        return changes;
    }

    /// <summary>Whether a field never counts.</summary>
    protected abstract bool IsIgnored(FieldPath path);

    /// <summary>What stands for an absent field, as JSON or plain text; null if unknown.</summary>
    /// <param name="path">The field.</param>
    /// <param name="field">What its shape says of it, or null.</param>
    /// <param name="holder">The structure that lacks it.</param>
    protected virtual string? DefaultOf(FieldPath path, ShapeField? field, MapNode holder) => field?.Default ?? field?.Shape.Default;

    /// <summary>Whether two scalars mean the same.</summary>
    protected virtual bool AreEqual(FieldPath path, Shape? shape, ScalarNode from, ScalarNode to) => from.Value == to.Value;

    /// <summary>Whether a list's items, matched by their keys, keep what the new state does not say of them (rather than the list being
    /// replaced as a whole).</summary>
    protected virtual bool Merges(Shape? list) => true;

    /// <summary>Whether the order of a list counts whose items have identities.</summary>
    protected virtual bool OrderCounts(FieldPath path) => false;

    private static Node? NotNull(Node? node) => node?.Resolved is ScalarNode { IsNull: true } ? null : node?.Resolved;

    private void CompareFields(FieldPath path, Shape? shape, MapNode from, MapNode to, Ownership owned, List<FieldChange> changes)
    {
        foreach (var entry in to.AllEntries)
        {
            if (entry.Name is { } name)
                CompareField(path.Field(name), shape, name, from, to, owned, changes);
        }

        foreach (var entry in from.AllEntries)
        {
            if (entry.Name is { } name && to.Find(name) is null)
                CompareField(path.Field(name), shape, name, from, to, owned, changes);
        }
    }

    private void CompareField(
        FieldPath path, Shape? holder, string name, MapNode from, MapNode to, Ownership owned, List<FieldChange> changes)
    {
        if (IsIgnored(path))
            return;
        var field = holder?.Fields?[name];
        var shape = field?.Shape ?? holder?.Additional;
        var entry = to.Find(name);
        var before = NotNull(from.Find(name)?.Value);
        var after = NotNull(entry?.Value);
        if (after is null)
        {
            // An explicit null takes a field away whoever set it.
            var mine = entry is not null ? Ownership.All : owned.Field(name);
            if (before is null || mine is null || SaysNothing(path, field, shape, before, to))
                return;
            // What others set below a structure that is left out stays.
            if (before is MapNode structure && !mine.TakesWhole)
                CompareFields(path, shape, structure, new MapNode(to.Span, NodeStyle.Flow), mine, changes);
            else
                changes.Add(Gone(path, shape, before, to, entry));
            return;
        }

        if (before is null)
        {
            if (!SaysNothing(path, field, shape, after, from))
                changes.Add(Came(path, shape, after));
            return;
        }

        CompareValues(path, shape, before, after, owned.Field(name) ?? Ownership.Nothing, changes);
    }

    private void CompareValues(FieldPath path, Shape? shape, Node from, Node to, Ownership owned, List<FieldChange> changes)
    {
        switch (from, to)
        {
            case (MapNode before, MapNode after):
                CompareFields(path, shape, before, after, owned, changes);
                break;
            case (ListNode before, ListNode after):
                CompareLists(path, shape, before, after, owned, changes);
                break;
            case (ScalarNode before, ScalarNode after) when AreEqual(path, shape, before, after):
                break;
            default:
                changes.Add(new FieldChange(path, from, to, shape, to, []));
                break;
        }
    }

    private void CompareLists(FieldPath path, Shape? shape, ListNode from, ListNode to, Ownership owned, List<FieldChange> changes)
    {
        var before = from.ResolvedItems.ToList();
        var after = to.ResolvedItems.ToList();
        if (shape?.ListKind == ListKind.Map && KeysOf(path, shape, before) is { } keysBefore && KeysOf(path, shape, after) is { } keysAfter)
        {
            CompareByKey(path, shape, before, after, keysBefore, keysAfter, to, Merges(shape) ? owned : Ownership.All, changes);
            var (had, has) = (new HashSet<string>(keysBefore, StringComparer.Ordinal),
                new HashSet<string>(keysAfter, StringComparer.Ordinal));
            if (OrderCounts(path) && !keysBefore.Where(has.Contains).SequenceEqual(keysAfter.Where(had.Contains)))
                changes.Add(new FieldChange(path, from, to, shape, to, []) { IsOrder = true });
            return;
        }

        if (shape?.ListKind == ListKind.Set && ValuesOf(before) is { } valuesBefore && ValuesOf(after) is { } valuesAfter)
        {
            CompareByKey(path, shape, before, after, valuesBefore, valuesAfter, to, Merges(shape) ? owned : Ownership.All, changes);
            return;
        }

        // A list without identities is replaced as a whole: what its items do not say is taken away.
        if (before.Count > MaxAligned || after.Count > MaxAligned
            || (before.Count != after.Count && after.Concat(before).All(i => i is ScalarNode)))
        {
            if (before.Count != after.Count || before.Where((item, i) => Differ(path.Item(i), shape?.Items, item, after[i])).Any())
                changes.Add(new FieldChange(path, from, to, shape, to, []));
            return;
        }

        if (before.Count == after.Count)
        {
            for (var i = 0; i < after.Count; i++)
                CompareValues(path.Item(i), shape?.Items, before[i], after[i], Ownership.All, changes);
            return;
        }

        Align(path, shape, before, after, to, changes);
    }

    private void CompareByKey(FieldPath path, Shape shape, List<Node> before, List<Node> after, List<string> keysBefore,
        List<string> keysAfter, ListNode to, Ownership owned, List<FieldChange> changes)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < keysBefore.Count; i++)
            places[keysBefore[i]] = i;
        var kept = new HashSet<string>(keysAfter, StringComparer.Ordinal);
        for (var i = 0; i < after.Count; i++)
        {
            var item = path.Item(i, keysAfter[i]);
            if (!places.TryGetValue(keysAfter[i], out var match))
                changes.Add(Came(item, shape.Items, after[i]));
            else
                CompareValues(item, shape.Items, before[match], after[i],
                    owned.Item(shape.ListKeys, before[match]) ?? Ownership.Nothing, changes);
        }

        for (var i = 0; i < before.Count; i++)
        {
            if (!kept.Contains(keysBefore[i]) && owned.Item(shape.ListKeys, before[i]) is not null)
                changes.Add(Gone(path.Item(i, keysBefore[i]), shape.Items, before[i], to, null));
        }
    }

    // Longest common subsequence: what stands in both lists keeps its place, the rest came or went.
    private void Align(FieldPath path, Shape? shape, List<Node> before, List<Node> after, ListNode to, List<FieldChange> changes)
    {
        var same = new bool[before.Count, after.Count];
        var lengths = new int[before.Count + 1, after.Count + 1];
        for (var i = before.Count - 1; i >= 0; i--)
        {
            for (var j = after.Count - 1; j >= 0; j--)
            {
                same[i, j] = !Differ(path.Item(j), shape?.Items, before[i], after[j]);
                lengths[i, j] = same[i, j] ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
            }
        }

        var (b, a) = (0, 0);
        while (b < before.Count || a < after.Count)
        {
            if (b < before.Count && a < after.Count && same[b, a])
                (b, a) = (b + 1, a + 1);
            else if (a < after.Count && (b == before.Count || lengths[b, a + 1] >= lengths[b + 1, a]))
                changes.Add(Came(path.Item(a), shape?.Items, after[a++]));
            else
                changes.Add(Gone(path.Item(b), shape?.Items, before[b++], to, null));
        }
    }

    private bool Differ(FieldPath path, Shape? shape, Node from, Node to)
    {
        var changes = new List<FieldChange>();
        CompareValues(path, shape, from, to, Ownership.All, changes);
        return changes.Count > 0;
    }

    // The identities of a list's items; null if some item has none or two have the same.
    private List<string>? KeysOf(FieldPath path, Shape shape, List<Node> items)
    {
        var keys = new List<string>(items.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (item is not MapNode mapping)
                return null;
            var parts = new List<string>(shape.ListKeys.Count);
            foreach (var name in shape.ListKeys)
            {
                var text = (mapping.ScalarAt(name) is { IsNull: false } written ? AsRead(written) : null)
                    ?? DefaultOf(path.Item(0).Field(name), shape.Items?.Fields?[name], mapping);
                if (text is null && parts.Count == 0 && shape.ListKeys.Count == 1)
                    return null;
                parts.Add(text ?? "");
            }

            var key = string.Join("\n", parts);
            if (!seen.Add(key))
                return null;
            keys.Add(key);
        }

        return keys;
    }

    private static List<string>? ValuesOf(List<Node> items)
    {
        var values = new List<string>(items.Count);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (item is not ScalarNode scalar || AsRead(scalar) is not { } value || !seen.Add(value))
                return null;
            values.Add(value);
        }

        return values;
    }

    // However it is written: '-0' is 0, 'yes' is true.
    private static string AsRead(ScalarNode scalar) =>
        scalar.Kind == ScalarKind.String ? scalar.Value : CanonicalJson.Of(scalar, asPlatform: true);

    // Whether a field that one state has and the other lacks says no more than its absence.
    private bool SaysNothing(FieldPath path, ShapeField? field, Shape? shape, Node value, MapNode lacks)
    {
        var standard = DefaultOf(path, field, lacks);
        switch (value)
        {
            case ScalarNode scalar:
                if (standard is not null)
                    return AreEqual(path, shape, scalar, TextOf(standard, scalar.Reading));
                return field?.DropsZero == true && (scalar.Value.Length == 0 || scalar is { Kind: ScalarKind.Boolean, IsTrue: false }
                    || (scalar.Kind is ScalarKind.Integer or ScalarKind.Float && scalar.Number == 0));
            case ListNode sequence:
                return sequence.Items.Count == 0 || (standard is not null && CanonicalJson.Of(sequence, asPlatform: true) == standard);
            case MapNode mapping:
                if (standard?.Length > 2 && CanonicalJson.Of(mapping, asPlatform: true) == standard)
                    return true;
                if (mapping.AllEntries.Count == 0)
                    return standard == "{}" || field?.IsValue == true || shape?.Fields is null;
                var none = new MapNode(mapping.Span, NodeStyle.Flow);
                foreach (var entry in mapping.AllEntries)
                {
                    if (entry.Name is not { } name || NotNull(entry.Value) is not { } inner || IsIgnored(path.Field(name)))
                        continue;
                    var part = shape?.Fields?[name];
                    // A map's values are said by being there, even an empty text.
                    if (part is null || !SaysNothing(path.Field(name), part, part.Shape, inner, none))
                        return false;
                }

                return true;
            default:
                return true;
        }
    }

    private static ScalarNode TextOf(string text, ScalarReading reading)
    {
        var quoted = text.Length > 1 && text[0] == '"';
        return new ScalarNode(default, quoted ? text.Substring(1, text.Length - 2) : text,
            quoted ? NodeStyle.DoubleQuoted : NodeStyle.Plain, reading);
    }

    private FieldChange Came(FieldPath path, Shape? shape, Node to)
    {
        var parts = new List<FieldChange>();
        if (to is MapNode mapping)
            CompareFields(path, shape, new MapNode(to.Span, NodeStyle.Flow), mapping, Ownership.All, parts);
        return new FieldChange(path, null, to, shape, to, Flat(parts));
    }

    private FieldChange Gone(FieldPath path, Shape? shape, Node from, Node holder, MapEntry? entry)
    {
        var parts = new List<FieldChange>();
        var place = (Node?)entry?.Key ?? holder;
        if (from is MapNode mapping)
            CompareFields(path, shape, mapping, new MapNode(holder.Span, NodeStyle.Flow), Ownership.All, parts);
        return new FieldChange(path, from, null, shape, place, Flat(parts));
    }

    private static List<FieldChange> Flat(List<FieldChange> parts) => [.. parts.SelectMany(p => p.Single)];
}
