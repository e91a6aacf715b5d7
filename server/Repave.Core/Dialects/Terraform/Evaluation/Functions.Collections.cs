using Repave.Core.Dialects.Terraform.Packs;

namespace Repave.Core.Dialects.Terraform.Evaluation;

/// <summary>Functions of lists, sets and maps.</summary>
internal static partial class Functions
{
    private const FunctionTraits Structural = FunctionTraits.PartlyKnown | FunctionTraits.KeepsMarks;

    private static void AddCollections(Adder add)
    {
        var listOfBool = TerraformType.List(B);
        add("alltrue", [listOfBool], B, c => Truths(c, all: true), FunctionTraits.PartlyKnown);
        add("anytrue", [listOfBool], B, c => Truths(c, all: false), FunctionTraits.PartlyKnown);
        add("chunklist", [ListOfAny, N], TerraformType.List(ListOfAny), Chunk, Structural);
        add("coalesce", [], Any, Coalesce, FunctionTraits.Unknown | FunctionTraits.Null | FunctionTraits.KeepsMarks, Any);
        add("coalescelist", [], Any, CoalesceList, Structural | FunctionTraits.Null, Any);
        add("compact", [ListOfText], ListOfText, c => TerraformValue.List(S, [.. c[0].Items.Where(i => i.Text is { Length: > 0 })]));
        add("concat", [], Any, Concat, Structural, Any);
        add("contains", [Any, Any], B, Contains, FunctionTraits.Unknown);
        add("distinct", [ListOfAny], ListOfAny, Distinct);
        add("element", [Any, N], Any, Element, Structural);
        add("flatten", [Any], Any, Flatten, Structural);
        add("index", [Any, Any], N, IndexOf);
        add("keys", [Any], ListOfText, Keys, FunctionTraits.PartlyKnown);
        add("length", [Any], N, Length, FunctionTraits.Unknown);
        add("lookup", [Any, S], Any, Lookup, Structural | FunctionTraits.Null, Any);
        add("matchkeys", [ListOfAny, ListOfAny, ListOfAny], ListOfAny, MatchKeys);
        add("merge", [], Any, Merge, Structural | FunctionTraits.Null, Any);
        add("one", [Any], Any, One, Structural);
        add("range", [], TerraformType.List(N), Range, more: N);
        add("reverse", [Any], Any, Reverse, Structural);
        add("setintersection", [SetOfAny], SetOfAny, c => Sets(c, (a, b) => a.Where(i => b.Any(o => Same(i, o)))), more: SetOfAny);
        add("setproduct", [], Any, Product, more: Any);
        add("setsubtract", [SetOfAny, SetOfAny], SetOfAny, c => Sets(c, (a, b) => a.Where(i => !b.Any(o => Same(i, o)))));
        add("setunion", [SetOfAny], SetOfAny, c => Sets(c, (a, b) => a.Concat(b)), more: SetOfAny);
        add("slice", [Any, N, N], Any, Slice, Structural);
        add("sort", [ListOfText], ListOfText, Sort);
        add("sum", [Any], N, Sum);
        add("transpose", [TerraformType.Map(ListOfText)], TerraformType.Map(ListOfText), Transpose);
        add("values", [Any], Any, Values, Structural);
        add("zipmap", [ListOfText, Any], Any, ZipMap, Structural);
    }

    private static bool IsSequence(TerraformValue value) =>
        value.Kind is SchemaTypeKind.List or SchemaTypeKind.Set or SchemaTypeKind.Tuple;

    private static bool IsMap(TerraformValue value) => value.Kind is SchemaTypeKind.Map or SchemaTypeKind.Object;

    private static bool Same(TerraformValue left, TerraformValue right) => TerraformValue.AreEqual(left, right) == true;

    private static TerraformValue Truths(FunctionCall call, bool all)
    {
        var isKnown = true;
        foreach (var item in call[0].Items)
        {
            if (item.IsUnknown)
                isKnown = false;
            else if (item.IsNull ? all : item.Boolean != all)
                return TerraformValue.Of(!all);
        }

        return isKnown ? TerraformValue.Of(all) : call.Unknown;
    }

    private static TerraformValue Chunk(FunctionCall call)
    {
        if (call.Number(1).Integer is not (>= 0 and var size))
            return call.Fail(1, "The size is a whole number and not negative.");
        var items = call[0].Items;
        var inner = call[0].Type;
        var chunks = new List<TerraformValue>();
        if (size == 0 && items.Count > 0)
            chunks.Add(call[0]);
        for (var i = 0L; size > 0 && i < items.Count; i += size)
            chunks.Add(TerraformValue.List(inner.Element!, [.. items.Skip((int)i).Take((int)Math.Min(size, items.Count))]));
        return TerraformValue.List(inner, chunks);
    }

    private static TerraformValue Coalesce(FunctionCall call)
    {
        if (call.Count == 0)
            return call.Fail(0, "At least one value is needed.");
        if (Conversion.Unify([.. call.All.Select(a => a.Type)]) is not { } type)
            return call.Fail(0, "All values must have one type.");
        foreach (var value in call.All)
        {
            var converted = Conversion.To(value, type, out _) ?? value;
            if (converted.IsUnknown)
                return TerraformValue.UnknownOf(type).MarkedLike(converted);
            if (converted.IsNull || converted.Text?.Length == 0)
                continue;
            return converted;
        }

        return call.Fail(0, "All values are null or empty.");
    }

    private static TerraformValue CoalesceList(FunctionCall call)
    {
        foreach (var value in call.All)
        {
            if (value.IsNull)
                continue;
            if (!IsSequence(value) || value.Kind == SchemaTypeKind.Set)
                return call.Fail(0, "The arguments are lists.");
            if (value.Items.Count > 0)
                return value;
        }

        return call.Fail(0, "All lists are empty.");
    }

    private static TerraformValue Concat(FunctionCall call)
    {
        if (call.Count == 0)
            return call.Fail(0, "At least one list is needed.");
        var items = new List<TerraformValue>();
        for (var i = 0; i < call.Count; i++)
        {
            if (!IsSequence(call[i]) || call[i].Type.Kind == SchemaTypeKind.Set)
                return call.Fail(i, $"The arguments are lists; this is a {call[i].Type}.");
            items.AddRange(call[i].Items.Select(item => item.MarkedLike(call[i])));
        }

        if (call.All.All(a => a.Kind == SchemaTypeKind.List)
            && Conversion.Unify([.. call.All.Select(a => a.Type.Element!)]) is { } element
            && call.All.All(a => a.Type.Element!.Equals(element) || a.Items.Count == 0))
            return TerraformValue.List(element, items);
        return TerraformValue.Tuple(items);
    }

    private static TerraformValue Contains(FunctionCall call)
    {
        if (call[0].IsNull)
            return call.Fail(0, "The argument is null.");
        if (call[0].IsUnknown)
            return call.Unknown;
        if (!IsSequence(call[0]))
            return call.Fail(0, $"The first argument is a list, a set or a tuple; this is a {call[0].Type}.");
        var isKnown = true;
        foreach (var item in call[0].Items)
        {
            var (left, right) = (item, call[1]);
            if (!left.IsUnknown && !right.IsUnknown && !left.Type.Equals(right.Type)
                && Conversion.Unify([left.Type, right.Type]) is { } unified)
                (left, right) = (Conversion.To(left, unified, out _) ?? left, Conversion.To(right, unified, out _) ?? right);
            switch (TerraformValue.AreEqual(left, right))
            {
                case true:
                    return TerraformValue.True;
                case null:
                    isKnown = false;
                    break;
            }
        }

        return isKnown ? TerraformValue.False : call.Unknown;
    }

    private static TerraformValue Distinct(FunctionCall call)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return TerraformValue.List(call[0].Type.Element!, [.. call[0].Items.Where(i => seen.Add(i.SetKey()))]);
    }

    private static TerraformValue Element(FunctionCall call)
    {
        if (!IsSequence(call[0]) || call[0].Type.Kind == SchemaTypeKind.Set)
            return call.Fail(0, $"The first argument is a list; this is a {call[0].Type}.");
        if (call.Number(1).Integer is not (>= 0 and var index))
            return call.Fail(1, "The index is a whole number that is not negative.");
        var count = call[0].Items.Count;
        if (count == 0)
            return call.Fail(0, "The list is empty.");
        return call[0].Items[(int)(index % count)];
    }

    private static TerraformValue Flatten(FunctionCall call)
    {
        if (!IsSequence(call[0]))
            return call.Fail(0, $"The argument is a list; this is a {call[0].Type}.");
        var items = new List<TerraformValue>();
        return Collect(call[0], 0) ? TerraformValue.Tuple(items) : TerraformValue.Unknown;

        bool Collect(TerraformValue list, int depth)
        {
            if (depth > 200 || items.Count > MaxItems)
                return false;
            foreach (var item in list.Items)
            {
                var value = item.MarkedLike(list);
                if (IsSequence(value) && !value.IsNull)
                {
                    if (value.IsUnknown || !Collect(value, depth + 1))
                        return false;
                }
                else if (value.IsUnknown && value.Kind == SchemaTypeKind.Any)
                {
                    return false;
                }
                else
                {
                    items.Add(value);
                }
            }

            return true;
        }
    }

    private static TerraformValue IndexOf(FunctionCall call)
    {
        if (!IsSequence(call[0]) || call[0].Type.Kind == SchemaTypeKind.Set)
            return call.Fail(0, $"The first argument is a list; this is a {call[0].Type}.");
        for (var i = 0; i < call[0].Items.Count; i++)
        {
            if (Same(call[0].Items[i], call[1]))
                return TerraformValue.Of(i);
        }

        return call.Fail(1, "The list has no such item.");
    }

    private static TerraformValue Keys(FunctionCall call)
    {
        if (!IsMap(call[0]))
            return call.Fail(0, $"The argument is a map; this is a {call[0].Type}.");
        if (call[0].IsOpen)
            return call.Unknown;
        var keys = call[0].Entries.Keys.Select(TerraformValue.Of).ToList();
        return call[0].Type.Kind == SchemaTypeKind.Map ? TerraformValue.List(S, keys) : TerraformValue.Tuple(keys);
    }

    private static TerraformValue Length(FunctionCall call)
    {
        var value = call[0];
        if (value.IsUnknown)
        {
            return value.Kind switch
            {
                SchemaTypeKind.Tuple => TerraformValue.Of(value.Type.Elements.Count),
                SchemaTypeKind.Object => TerraformValue.Of(value.Type.Attributes.Count),
                SchemaTypeKind.Number or SchemaTypeKind.Bool => call.Fail(0, $"A {value.Type} has no length."),
                _ => call.Unknown,
            };
        }

        if (value.Text is { } text)
            return TerraformValue.Of(Characters(text).Count);
        if (value.IsOpen)
            return call.Unknown;
        return IsSequence(value) ? TerraformValue.Of(value.Items.Count)
            : IsMap(value) ? TerraformValue.Of(value.Entries.Count)
            : call.Fail(0, $"A {value.Type} has no length.");
    }

    private static TerraformValue Lookup(FunctionCall call)
    {
        if (call.Count > 3)
            return call.Fail(3, "The function 'lookup' takes 2 or 3 arguments.");
        if (call[0].IsNull || call[1].IsNull)
            return call.Fail(call[0].IsNull ? 0 : 1, "The argument is null.");
        if (!IsMap(call[0]))
            return call.Fail(0, $"The first argument is a map; this is a {call[0].Type}.");
        if (call[1].Text is not { } key)
            return TerraformValue.Unknown;
        if (call[0].Entries.TryGetValue(key, out var found))
            return found;
        if (call[0].IsOpen)
            return TerraformValue.Unknown;
        if (call.Count < 3)
            return call.Fail(1, "The map has no such key, and no default is given.");
        return call[0].Type.Element is { } element && element.Kind != SchemaTypeKind.Any
            ? Conversion.To(call[2], element, out var reason) ?? call.Fail(2, $"The default does not fit the map: {reason}.")
            : call[2];
    }

    private static TerraformValue MatchKeys(FunctionCall call)
    {
        if (call[0].Items.Count != call[1].Items.Count)
            return call.Fail(1, $"The lists differ in length: {call[0].Items.Count} and {call[1].Items.Count}.");
        var wanted = new HashSet<string>(call[2].Items.Select(i => AsText(i).SetKey()), StringComparer.Ordinal);
        return TerraformValue.List(call[0].Type.Element!,
            [.. call[0].Items.Where((_, i) => wanted.Contains(AsText(call[1].Items[i]).SetKey()))]);
    }

    private static TerraformValue AsText(TerraformValue value) => Conversion.To(value, S, out string _) ?? value;

    private static TerraformValue Merge(FunctionCall call)
    {
        var entries = new Dictionary<string, TerraformValue>(StringComparer.Ordinal);
        var isOpen = false;
        TerraformType? element = null;
        var allMaps = true;
        for (var i = 0; i < call.Count; i++)
        {
            var value = call[i];
            if (value.IsNull)
                continue;
            if (!IsMap(value))
                return call.Fail(i, $"The arguments are maps or objects; this is a {value.Type}.");
            isOpen |= value.IsOpen;
            allMaps &= value.Kind == SchemaTypeKind.Map && (element is null || element.Equals(value.Type.Element!));
            element ??= value.Type.Element;
            foreach (var entry in value.Entries)
                entries[entry.Key] = entry.Value.MarkedLike(value);
        }

        return allMaps && element is not null ? TerraformValue.Map(element, entries) : TerraformValue.Object(entries, isOpen);
    }

    private static TerraformValue One(FunctionCall call)
    {
        if (!IsSequence(call[0]))
            return call.Fail(0, $"The argument is a list; this is a {call[0].Type}.");
        return call[0].Items.Count switch
        {
            0 => call[0].Type.Element is { } element ? TerraformValue.NullOf(element) : TerraformValue.Null,
            1 => call[0].Items[0],
            _ => call.Fail(0, $"The list has {call[0].Items.Count} items; one or none is expected."),
        };
    }

    private static TerraformValue Range(FunctionCall call)
    {
        // Terraform's own bound.
        const int Most = 1024;
        if (call.Count is 0 or > 3)
            return call.Fail(0, "The function 'range' takes 1 to 3 arguments.");
        var start = call.Count == 1 ? TerraformNumber.Zero : call.Number(0);
        var end = call.Number(call.Count == 1 ? 0 : 1);
        if (start.IsInfinite || end.IsInfinite || (call.Count == 3 && call.Number(2).IsInfinite))
            return call.Fail(0, "The bounds and the step are not infinite.");
        var step = call.Count == 3 ? call.Number(2) : TerraformNumber.Of(end.CompareTo(start) < 0 ? -1 : 1);
        if (step.Sign == 0)
            return call.Fail(2, "The step is not zero.");
        if (call.Count == 3 && end.CompareTo(start) * step.Sign < 0)
            return call.Fail(2, "The step leads away from the end.");
        var items = new List<TerraformValue>();
        for (var at = start; at.CompareTo(end) * step.Sign < 0; at = at.Plus(step)!)
        {
            if (items.Count == Most)
                return call.Fail(0, $"The result has more than {Most} items.");
            items.Add(TerraformValue.Of(at));
        }

        return TerraformValue.List(N, items);
    }

    private static TerraformValue Reverse(FunctionCall call)
    {
        if (!IsSequence(call[0]))
            return call.Fail(0, $"The argument is a list; this is a {call[0].Type}.");
        var items = call[0].Items.Reverse().ToList();
        return call[0].Type.Kind == SchemaTypeKind.Tuple ? TerraformValue.Tuple(items) : TerraformValue.List(call[0].Type.Element!, items);
    }

    private static TerraformValue Sets(
        FunctionCall call, Func<IReadOnlyList<TerraformValue>, IReadOnlyList<TerraformValue>, IEnumerable<TerraformValue>> join)
    {
        if (Conversion.Unify([.. call.All.Where(a => a.Items.Count > 0).Select(a => a.Type)]) is not { } type)
            return call.Fail(0, "The items of the sets must have one type.");
        var element = type.Element ?? Any;
        IReadOnlyList<TerraformValue> result = [];
        for (var i = 0; i < call.Count; i++)
        {
            IReadOnlyList<TerraformValue> items = [.. call[i].Items.Select(item => Conversion.To(item, element, out _) ?? item)];
            if (items.Count * (long)Math.Max(1, result.Count) > 20_000_000)
                return call.Unknown;
            result = i == 0 ? items : TerraformValue.Set(element, join(result, items)).Items;
        }

        return TerraformValue.Set(element, result);
    }

    private static TerraformValue Product(FunctionCall call)
    {
        if (call.Count < 2)
            return call.Fail(0, "At least two lists are needed.");
        var total = 1L;
        for (var i = 0; i < call.Count; i++)
        {
            if (!IsSequence(call[i]))
                return call.Fail(i, $"The arguments are lists or sets; this is a {call[i].Type}.");
            total *= call[i].Items.Count;
            if (total > MaxItems)
                return TerraformValue.Unknown;
        }

        // The items of each argument have one type.
        var lists = new List<TerraformValue>();
        for (var i = 0; i < call.Count; i++)
        {
            if (Conversion.To(call[i], call[i].Type.Kind == SchemaTypeKind.Set ? SetOfAny : ListOfAny, out var reason) is not { } list)
                return call.Fail(i, $"The argument does not fit: {reason}.");
            lists.Add(list);
        }

        IEnumerable<IReadOnlyList<TerraformValue>> rows = [[]];
        foreach (var list in lists)
            rows = rows.SelectMany(row => list.Items.Select(item => (IReadOnlyList<TerraformValue>)[.. row, item]));
        var tuples = rows.Select(TerraformValue.Tuple).ToList();
        var element = TerraformType.Tuple([.. lists.Select(l => l.Type.Element!)]);
        return lists.Exists(l => l.Type.Kind == SchemaTypeKind.Set) ? TerraformValue.Set(element, tuples)
            : TerraformValue.List(element, tuples);
    }

    private static TerraformValue Slice(FunctionCall call)
    {
        if (!IsSequence(call[0]) || call[0].Type.Kind == SchemaTypeKind.Set)
            return call.Fail(0, $"The first argument is a list; this is a {call[0].Type}.");
        if (call.Number(1).Integer is not { } start || call.Number(2).Integer is not { } end)
            return call.Fail(1, "Start and end are whole numbers.");
        var count = call[0].Items.Count;
        if (start < 0 || end > count || start > end)
            return call.Fail(start < 0 || start > end ? 1 : 2, $"Start and end lie within the list, which has {count} items.");
        var items = call[0].Items.Skip((int)start).Take((int)(end - start)).ToList();
        return call[0].Type.Kind == SchemaTypeKind.Tuple ? TerraformValue.Tuple(items) : TerraformValue.List(call[0].Type.Element!, items);
    }

    private static TerraformValue Sort(FunctionCall call)
    {
        if (call[0].Items.Any(i => i.IsNull))
            return call.Fail(0, "An item of the list is null.");
        return TerraformValue.List(S, [.. call[0].Items.OrderBy(i => i.Text ?? "", Utf8Order.Instance)]);
    }

    private static TerraformValue Sum(FunctionCall call)
    {
        if (!IsSequence(call[0]) || call[0].Items.Count == 0)
            return call.Fail(0, "The argument is a list of numbers with at least one item.");
        var sum = default(TerraformNumber);
        foreach (var item in call[0].Items)
        {
            if (item.IsNull || Conversion.To(item, N, out _)?.Number is not { } number)
                return call.Fail(0, "The argument is a list of numbers.");
            if ((sum is null ? number : sum.Plus(number)) is not { } next)
                return call.Fail(0, "There is no sum of an infinite number and its opposite.");
            sum = next;
        }

        return TerraformValue.Of(sum!);
    }

    private static TerraformValue Transpose(FunctionCall call)
    {
        var lists = new SortedDictionary<string, SortedSet<string>>(Utf8Order.Instance);
        foreach (var entry in call[0].Entries)
        {
            foreach (var item in entry.Value.Items)
            {
                if (item.Text is not { } text)
                    return call.Fail(0, "An item is null.");
                if (!lists.TryGetValue(text, out var list))
                    lists[text] = list = new SortedSet<string>(Utf8Order.Instance);
                list.Add(entry.Key);
            }
        }

        return TerraformValue.Map(ListOfText, lists.Select(l => new KeyValuePair<string, TerraformValue>(l.Key,
            TerraformValue.List(S, [.. l.Value.Select(TerraformValue.Of)]))));
    }

    private static TerraformValue Values(FunctionCall call)
    {
        if (!IsMap(call[0]))
            return call.Fail(0, $"The argument is a map; this is a {call[0].Type}.");
        if (call[0].IsOpen)
            return TerraformValue.Unknown;
        var values = call[0].Entries.Values.ToList();
        return call[0].Type.Element is { } element ? TerraformValue.List(element, values) : TerraformValue.Tuple(values);
    }

    private static TerraformValue ZipMap(FunctionCall call)
    {
        if (!IsSequence(call[1]))
            return call.Fail(1, $"The second argument is a list; this is a {call[1].Type}.");
        if (call[0].Items.Count != call[1].Items.Count)
            return call.Fail(1, $"The lists differ in length: {call[0].Items.Count} and {call[1].Items.Count}.");
        var entries = new Dictionary<string, TerraformValue>(StringComparer.Ordinal);
        for (var i = 0; i < call[0].Items.Count; i++)
        {
            if (call[0].Items[i].IsUnknown)
                return TerraformValue.Unknown;
            if (call[0].Items[i].Text is not { } key)
                return call.Fail(0, "A key is null.");
            entries[key] = call[1].Items[i];
        }

        return call[1].Type.Element is { } element ? TerraformValue.Map(element, entries) : TerraformValue.Object(entries);
    }
}
