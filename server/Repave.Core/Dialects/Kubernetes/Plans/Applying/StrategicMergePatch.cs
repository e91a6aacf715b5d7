using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans.Applying;

/// <summary>Strategic merge patches of built-in kinds, step by step as k8s.io/apimachinery's <c>strategicpatch</c> makes and applies them:
/// its quirks (duplicates of a merge key, the order of lists) decide what a server stores.</summary>
internal static class StrategicMergePatch
{
    private const string Directive = "$patch";
    private const string RetainKeys = "$retainKeys";
    private const string DeleteFrom = "$deleteFromPrimitiveList";
    private const string ElementOrder = "$setElementOrder";

    private static readonly Version DropsNulls = new(1, 24);
    private static readonly Version DropsDirectives = new(1, 28);

    // From so many items on Go's SliceStable sorts in blocks.
    private const int StableBlock = 20;

    /// <summary>The patch that kubectl sends: what differs between the live object and the manifest, and null for what was applied and is
    /// wanted no more.</summary>
    /// <exception cref="MergeException">There is no such patch.</exception>
    public static Dictionary<string, object?> ThreeWay(
        Dictionary<string, object?> applied, Dictionary<string, object?> wanted, Dictionary<string, object?> live, Shape? shape)
    {
        var delta = DiffMaps(live, wanted, shape, new Diff(SetsOrder: true, IgnoresDeletions: true));
        var deletions = DiffMaps(applied, wanted, shape, new Diff(SetsOrder: true, IgnoresChanges: true));
        return MergeMap(JsonValue.Copy(deletions), JsonValue.Copy(delta), shape, Merging.OfPatches);
    }

    /// <summary>What a patch makes of an object; both are used up.</summary>
    /// <param name="live">The object.</param>
    /// <param name="patch">The patch.</param>
    /// <param name="shape">The object's shape, or null if unknown.</param>
    /// <param name="release">The server's release.</param>
    /// <exception cref="MergeException">It cannot be applied.</exception>
    public static Dictionary<string, object?> Apply(
        Dictionary<string, object?> live, Dictionary<string, object?> patch, Shape? shape, Version release)
    {
        // Before, a null in a structure that is new came with it, and was read as the empty value; so did an item that was to be deleted
        // from a list that is not there, as an item with nothing but its key.
        return MergeMap(live, patch, shape, new Merging(false, release >= DropsNulls, release >= DropsDirectives));
    }

    private static (Shape? Shape, PatchStrategy Patch) FieldOf(Shape? shape, string name) =>
        shape?.Fields?[name] is { } field ? (field.Shape, field.Patch) : (shape?.Additional, PatchStrategy.None);

    private static Dictionary<string, object?> DiffMaps(
        Dictionary<string, object?> original, Dictionary<string, object?> modified, Shape? shape, Diff diff)
    {
        var patch = New();
        var retained = new List<object?>();
        foreach (var (key, wanted) in modified.Select(e => (e.Key, e.Value)))
        {
            if (diff.RetainsKeys && wanted is not null)
                retained.Add(JsonValue.Text(key));
            if (!original.TryGetValue(key, out var value))
            {
                if (!diff.IgnoresChanges)
                    patch[key] = wanted;
                continue;
            }

            if (!JsonValue.AreAlike(value, wanted))
            {
                if (!diff.IgnoresChanges)
                    patch[key] = wanted;
                continue;
            }

            DiffField(patch, key, value, wanted, FieldOf(shape, key), diff);
        }

        if (!diff.IgnoresDeletions)
        {
            foreach (var key in original.Keys.Where(k => !modified.ContainsKey(k)))
                patch[key] = null;
        }

        if (retained.Count > 0 && (patch.Count > 0 || original.Keys.Any(k => !modified.ContainsKey(k))))
            patch[RetainKeys] = SortScalars(retained);
        return patch;
    }

    private static void DiffField(Dictionary<string, object?> patch, string key, object? value, object? wanted,
        (Shape? Shape, PatchStrategy Patch) field, Diff diff)
    {
        switch (value, wanted)
        {
            case (Dictionary<string, object?> before, Dictionary<string, object?> after) when field.Patch.Replaces:
                if (!diff.IgnoresChanges)
                    patch[key] = after;
                break;
            case (Dictionary<string, object?> before, Dictionary<string, object?> after):
                if (DiffMaps(before, after, field.Shape, diff with { RetainsKeys = field.Patch.RetainsKeys }) is { Count: > 0 } inner)
                    patch[key] = inner;
                break;
            case (List<object?> before, List<object?> after) when field.Patch.Merges:
                DiffLists(patch, key, before, after, field.Shape?.Items, field.Patch.MergeKey,
                    diff with { RetainsKeys = field.Patch.RetainsKeys });
                break;
            default:
                if (!diff.IgnoresChanges && !JsonValue.AreEqual(value, wanted))
                    patch[key] = wanted;
                break;
        }
    }

    private static void DiffLists(
        Dictionary<string, object?> patch, string key, List<object?> original, List<object?> modified, Shape? shape,
        string? mergeKey, Diff diff)
    {
        if (original.Count == 0)
        {
            if (modified.Count > 0 && !diff.IgnoresChanges)
                patch[key] = modified;
            return;
        }

        if (AreMaps(original, modified))
        {
            var (changed, deleted) = DiffListsOfMaps(original, modified, shape, mergeKey, diff);
            changed = SortBy(changed, modified, mergeKey);
            var isSameOrder = original.Count == modified.Count
                && !original.Where((o, i) => !SameKey(o, modified[i], mergeKey)).Any();
            changed.AddRange(deleted);
            if (changed.Count > 0)
                patch[key] = changed;
            if (diff.SetsOrder && modified.Count > 0
                && ((!diff.IgnoresChanges && (changed.Count > 0 || !isSameOrder)) || (!diff.IgnoresDeletions && changed.Count > 0)))
                patch[$"{ElementOrder}/{key}"] = modified.Select(m => (object?)One(mergeKey!, KeyOf(m, mergeKey))).ToList();
            return;
        }

        var (added, gone) = DiffListsOfScalars(original, modified, diff);
        added = SortBy(added, modified, null);
        if (added.Count > 0)
            patch[key] = added;
        if (gone.Count > 0)
            patch[$"{DeleteFrom}/{key}"] = gone;
        if (diff.SetsOrder && modified.Count > 0 && ((!diff.IgnoresDeletions && gone.Count > 0)
            || (!diff.IgnoresChanges && !JsonValue.AreEqual(original, modified))))
            patch[$"{ElementOrder}/{key}"] = modified;
    }

    // Both lists are sorted by the key's text and walked together.
    private static (List<object?> Changed, List<object?> Deleted) DiffListsOfMaps(
        List<object?> original, List<object?> modified, Shape? shape, string? mergeKey, Diff diff)
    {
        var (changed, deleted) = (new List<object?>(), new List<object?>());
        var before = SortMaps(original, mergeKey);
        var after = SortMaps(modified, mergeKey);
        var (i, j) = (0, 0);
        while (i < before.Count || j < after.Count)
        {
            var order = i >= before.Count ? 1 : j >= after.Count ? -1
                : string.CompareOrdinal(JsonValue.Printed(KeyOf(before[i], mergeKey)), JsonValue.Printed(KeyOf(after[j], mergeKey)));
            if (order == 0)
            {
                var patch = DiffMaps((Dictionary<string, object?>)before[i]!, (Dictionary<string, object?>)after[j]!, shape, diff);
                if (patch.Count > 0)
                {
                    patch[mergeKey!] = KeyOf(after[j], mergeKey);
                    changed.Add(patch);
                }

                (i, j) = (i + 1, j + 1);
            }
            else if (order > 0)
            {
                if (!diff.IgnoresChanges)
                    changed.Add(after[j]);
                j++;
            }
            else
            {
                if (!diff.IgnoresDeletions)
                {
                    var deletion = One(mergeKey!, KeyOf(before[i], mergeKey));
                    deletion[Directive] = JsonValue.Text("delete");
                    deleted.Add(deletion);
                }

                i++;
            }
        }

        return (changed, deleted);
    }

    private static (List<object?> Added, List<object?> Deleted) DiffListsOfScalars(
        List<object?> original, List<object?> modified, Diff diff)
    {
        var (added, deleted) = (new List<object?>(), new List<object?>());
        var before = SortScalars(original);
        var after = SortScalars(modified);
        var (i, j) = (0, 0);
        while (i < before.Count || j < after.Count)
        {
            var order = i >= before.Count ? 1 : j >= after.Count ? -1
                : string.CompareOrdinal(JsonValue.Printed(before[i]), JsonValue.Printed(after[j]));
            if (order == 0)
            {
                (i, j) = (i + 1, j + 1);
            }
            else if (order < 0)
            {
                if (!diff.IgnoresDeletions)
                    deleted.Add(before[i]);
                i++;
            }
            else
            {
                if (!diff.IgnoresChanges)
                    added.Add(after[j]);
                j++;
            }
        }

        return (added, Distinct(deleted));
    }

    private static Dictionary<string, object?> MergeMap(
        Dictionary<string, object?> original, Dictionary<string, object?> patch, Shape? shape, Merging merging)
    {
        if (patch.TryGetValue(Directive, out var directive))
        {
            patch.Remove(Directive);
            return JsonValue.Printed(directive) switch
            {
                "replace" => patch,
                "delete" => New(),
                var unknown => throw new MergeException($"'{unknown}' is not a directive of a patch"),
            };
        }

        ApplyRetainKeys(original, patch, merging);
        foreach (var key in patch.Keys.Where(k => k.StartsWith(ElementOrder, StringComparison.Ordinal)).ToList())
            MergeInOrder(original, patch, key, shape, merging);
        foreach (var (name, value) in patch.Select(e => (e.Key, e.Value)).ToList())
        {
            var (key, deletes) = (name, false);
            if (name.StartsWith(DeleteFrom, StringComparison.Ordinal))
            {
                if (merging.MakesPatch)
                {
                    original[name] = value;
                    continue;
                }

                (key, deletes) = (name.Substring(name.IndexOf('/') + 1), true);
            }

            if (value is null)
            {
                original.Remove(key);
                if (!merging.MakesPatch)
                    continue;
            }

            if (!original.TryGetValue(key, out var present) || !JsonValue.AreAlike(present, value))
            {
                if (!deletes)
                    Put(original, key, value, merging);
                continue;
            }

            var (inner, strategy) = FieldOf(shape, key);
            switch (present, value)
            {
                case (Dictionary<string, object?> before, Dictionary<string, object?> after):
                    original[key] = strategy.Replaces ? after : MergeMap(before, after, inner, merging);
                    break;
                case (List<object?> before, List<object?> after):
                    original[key] = strategy.Merges || deletes
                        ? MergeList(before, after, inner?.Items, strategy.MergeKey, deletes, merging)
                        : after;
                    break;
                default:
                    original[key] = value;
                    break;
            }
        }

        return original;
    }

    private static void Put(Dictionary<string, object?> original, string key, object? value, Merging merging)
    {
        if (merging.DropsNulls)
            DropNulls(value);
        if (WithoutDirectives(ref value, merging))
            original[key] = value;
        else
            original.Remove(key);
    }

    private static void ApplyRetainKeys(Dictionary<string, object?> original, Dictionary<string, object?> patch, Merging merging)
    {
        if (!patch.TryGetValue(RetainKeys, out var said))
            return;
        patch.Remove(RetainKeys);
        if (merging.MakesPatch)
        {
            original[RetainKeys] = said;
            return;
        }

        var kept = new HashSet<string>(((said as List<object?>) ?? []).Select(JsonValue.Printed), StringComparer.Ordinal);
        foreach (var key in original.Keys.Where(k => !kept.Contains(k)).ToList())
            original.Remove(key);
    }

    private static void MergeInOrder(
        Dictionary<string, object?> original, Dictionary<string, object?> patch, string orderKey, Shape? shape, Merging merging)
    {
        var order = patch[orderKey] as List<object?> ?? [];
        if (merging.MakesPatch && !original.ContainsKey(orderKey))
            original[orderKey] = order;
        patch.Remove(orderKey);
        var key = orderKey.Substring(orderKey.IndexOf('/') + 1);
        var (inner, strategy) = FieldOf(shape, key);
        var hasOriginal = original.TryGetValue(key, out var live);
        var hasPatch = patch.TryGetValue(key, out var changed);
        var (liveList, patchList) = (live as List<object?> ?? [], changed as List<object?> ?? []);
        List<object?> merged;
        switch (hasOriginal, hasPatch)
        {
            case (true, false):
                merged = liveList;
                break;
            case (false, true):
                object? kept = patchList;
                WithoutDirectives(ref kept, merging);
                merged = (List<object?>)kept!;
                break;
            case (true, true):
                merged = strategy.Merges ? MergeList(liveList, patchList, inner?.Items, strategy.MergeKey, false, merging) : patchList;
                break;
            default:
                return;
        }

        if (liveList.Count == 0 && patchList.Count == 0)
            throw new MergeException($"{key} is an empty list, which cannot be merged");
        var isOrdered = (object? item) => order.Exists(o => SameKeyOrValue(o, item, strategy.MergeKey));
        original[key] = InOrder([.. merged.Where(isOrdered)], [.. merged.Where(m => !isOrdered(m))], order, liveList, strategy.MergeKey);
        patch.Remove(key);
    }

    private static List<object?> MergeList(
        List<object?> original, List<object?> patch, Shape? shape, string? mergeKey, bool deletes, Merging merging)
    {
        if (original.Count == 0 && patch.Count == 0)
            return original;
        List<object?> merged;
        if (!AreMaps(original, patch))
        {
            if (deletes && !merging.MakesPatch)
                return [.. original.Where(o => !patch.Exists(p => JsonValue.AreEqual(o, p)))];
            merged = Distinct([.. original, .. patch]);
        }
        else
        {
            if (mergeKey is null)
                throw new MergeException("a list without a merge key cannot be merged");
            (merged, original, patch) = MergeMaps(original, patch, shape, mergeKey, merging);
        }

        var isNamed = (object? item) => patch.Exists(p => SameKeyOrValue(p, item, mergeKey));
        return InOrder([.. merged.Where(isNamed)], [.. merged.Where(m => !isNamed(m))], patch, original, mergeKey);
    }

    // What is deleted makes room in the array that Go's slice stands on, what is added next goes there, and whoever looks at the whole
    // array afterwards, to see in which order the server had its items, sees it: the list that is given changes as that array does.
    private static (List<object?> Merged, List<object?> Left, List<object?> Patch) MergeMaps(
        List<object?> array, List<object?> patch, Shape? shape, string mergeKey, Merging merging)
    {
        var plain = new List<object?>();
        var replaces = false;
        var length = array.Count;
        foreach (var item in patch)
        {
            if (!((Dictionary<string, object?>)item!).TryGetValue(Directive, out var directive))
            {
                plain.Add(item);
            }
            else if (JsonValue.Printed(directive) == "delete")
            {
                for (var at = array.FindIndex(0, length, o => SameKey(o, item, mergeKey)); at >= 0;
                    at = array.FindIndex(0, length, o => SameKey(o, item, mergeKey)))
                {
                    length--;
                    for (var i = at; i < length; i++)
                        array[i] = array[i + 1];
                }
            }
            else
            {
                replaces = true;
            }
        }

        if (replaces)
            return (plain, plain, []);
        var left = array.GetRange(0, length);
        List<object?> merged = [.. left];
        var hasRoom = true;
        foreach (var item in plain)
        {
            KeyOf(item, mergeKey);
            var place = merged.FindIndex(m => SameKey(m, item, mergeKey));
            if (place >= 0)
            {
                merged[place] = MergeMap((Dictionary<string, object?>)merged[place]!, (Dictionary<string, object?>)item!, shape, merging);
                continue;
            }

            hasRoom &= merged.Count < array.Count;
            if (hasRoom)
                array[merged.Count] = item;
            merged.Add(item);
        }

        return (merged, left, plain);
    }

    // The items of the patch in its order, those that only the server has in theirs, woven by where the server had them.
    private static List<object?> InOrder(
        List<object?> ofPatch, List<object?> ofServer, List<object?> patchOrder, List<object?> serverOrder, string? mergeKey)
    {
        var right = SortBy(ofPatch, patchOrder, mergeKey);
        var left = SortBy(ofServer, serverOrder, mergeKey);
        var all = new List<object?>();
        var (i, j) = (0, 0);
        while (i < left.Count || j < right.Count)
        {
            var takesLeft = j >= right.Count;
            if (i < left.Count && j < right.Count)
            {
                var (a, b) = (PlaceOf(serverOrder, left[i], mergeKey), PlaceOf(serverOrder, right[j], mergeKey));
                takesLeft = a >= 0 && b >= 0 && a < b;
            }

            all.Add(takesLeft ? left[i++] : right[j++]);
        }

        return all;
    }

    private static int PlaceOf(List<object?> list, object? item, string? mergeKey) =>
        list.FindIndex(l => SameKeyOrValue(l, item, mergeKey));

    // Go's sort.SliceStable with a comparison that says yes where one has no place: insertion in blocks, then a plain stable sort of
    // the rest.
    private static List<object?> SortBy(List<object?> items, List<object?> order, string? mergeKey)
    {
        var sorted = items.Where(i => !IsDeletion(i)).Select(i => (Item: i, Place: PlaceOf(order, i, mergeKey))).ToList();
        if (sorted.Count <= StableBlock)
        {
            for (var i = 1; i < sorted.Count; i++)
            {
                for (var j = i; j > 0 && (sorted[j].Place < 0 || sorted[j - 1].Place < 0 || sorted[j].Place < sorted[j - 1].Place); j--)
                    (sorted[j], sorted[j - 1]) = (sorted[j - 1], sorted[j]);
            }
        }
        else
        {
            sorted = [.. sorted.OrderBy(s => s.Place)];
        }

        return [.. sorted.Select(s => s.Item), .. items.Where(IsDeletion)];
    }

    private static bool IsDeletion(object? item) => item is Dictionary<string, object?> map
        && map.TryGetValue(Directive, out var directive) && JsonValue.Printed(directive) == "delete";

    // Go's sort.Sort of few items is an insertion sort, and its comparison says that equals are less: they come out turned round.
    private static List<object?> SortMaps(List<object?> items, string? mergeKey) =>
        SortText(items, i => JsonValue.Printed(KeyOf(i, mergeKey)));

    private static List<object?> SortScalars(List<object?> items) => SortText(items, JsonValue.Printed);

    private static List<object?> SortText(List<object?> items, Func<object?, string> textOf)
    {
        var sorted = items.Select(i => (Item: i, Text: textOf(i))).ToList();
        for (var i = 1; i < sorted.Count; i++)
        {
            for (var j = i; j > 0 && string.CompareOrdinal(sorted[j].Text, sorted[j - 1].Text) <= 0; j--)
                (sorted[j], sorted[j - 1]) = (sorted[j - 1], sorted[j]);
        }

        return [.. sorted.Select(s => s.Item)];
    }

    // The last takes the place of a duplicate, as in Go's code.
    private static List<object?> Distinct(List<object?> items)
    {
        var left = new List<object?>(items);
        for (var i = 0; i < left.Count - 1; i++)
        {
            for (var j = i + 1; j < left.Count; j++)
            {
                if (!JsonValue.AreEqual(left[i], left[j]))
                    continue;
                left[j] = left[left.Count - 1];
                left.RemoveAt(left.Count - 1);
                j--;
            }
        }

        return left;
    }

    private static bool AreMaps(List<object?> one, List<object?> other)
    {
        var maps = one.Concat(other).Count(i => i is Dictionary<string, object?>);
        if (maps != 0 && maps != one.Count + other.Count)
            throw new MergeException("a list holds values of different kinds");
        return maps > 0;
    }

    private static object? KeyOf(object? item, string? mergeKey)
    {
        if (item is Dictionary<string, object?> map && mergeKey is not null && map.TryGetValue(mergeKey, out var key))
            return key;
        throw new MergeException($"an item of a list that is merged by '{mergeKey}' has no '{mergeKey}'");
    }

    private static bool SameKey(object? one, object? other, string? mergeKey) =>
        JsonValue.AreEqual(KeyOf(one, mergeKey), KeyOf(other, mergeKey));

    private static bool SameKeyOrValue(object? one, object? other, string? mergeKey) =>
        mergeKey is null ? JsonValue.AreEqual(one, other) : SameKey(one, other, mergeKey);

    private static void DropNulls(object? value)
    {
        switch (value)
        {
            case Dictionary<string, object?> map:
                foreach (var key in map.Where(e => e.Value is null).Select(e => e.Key).ToList())
                    map.Remove(key);
                foreach (var inner in map.Values)
                    DropNulls(inner);
                break;
            case List<object?> list:
                list.ForEach(DropNulls);
                break;
        }
    }

    // False if the value itself is a directive.
    private static bool WithoutDirectives(ref object? value, Merging merging)
    {
        switch (value)
        {
            case Dictionary<string, object?> map:
                if (map.ContainsKey(Directive) && merging.DropsDirectives)
                    return false;
                map.Remove(Directive);
                foreach (var key in map.Keys.ToList())
                {
                    var inner = map[key];
                    if (WithoutDirectives(ref inner, merging))
                        map[key] = inner;
                    else
                        map.Remove(key);
                }

                return true;
            case List<object?> list:
                var kept = new List<object?>();
                foreach (var item in list)
                {
                    var inner = item;
                    if (WithoutDirectives(ref inner, merging))
                        kept.Add(inner);
                }

                value = kept;
                return true;
            default:
                return true;
        }
    }

    private static Dictionary<string, object?> One(string key, object? value) => new(StringComparer.Ordinal) { [key] = value };

    private static Dictionary<string, object?> New() => new(StringComparer.Ordinal);

    /// <summary>What is merged: two patches into one, or a patch into an object, and what of what is new is left out then.</summary>
    private sealed record Merging(bool MakesPatch, bool DropsNulls, bool DropsDirectives)
    {
        public static Merging OfPatches { get; } = new(true, false, true);
    }

    /// <summary>Which half of a three-way comparison is made.</summary>
    private sealed record Diff(
        bool SetsOrder = false, bool IgnoresChanges = false, bool IgnoresDeletions = false, bool RetainsKeys = false);
}
