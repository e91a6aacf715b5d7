using static Repave.Core.Dialects.Kubernetes.Helm.GoArguments;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Sprig's functions on mappings, defaults and kinds.</summary>
internal static class SprigDicts
{
    private const int MaxDepth = 300;

    public static void AddTo(Dictionary<string, GoFunction> functions)
    {
        functions["dict"] = new("a*", (_, a) => Dict(a));
        functions["get"] = new("ms", (_, a) => Map(a[0]).Entries.TryGetValue(StringOf(a[1]), out var value) ? value : GoText.Empty);
        functions["set"] = new("msa", (_, a) =>
        {
            if (a[0] is null)
                throw Error("assignment to entry in nil map");
            Map(a[0]).Entries[StringOf(a[1])] = a[2];
            return a[0];
        });
        functions["unset"] = new("ms", (_, a) =>
        {
            Map(a[0]).Entries.Remove(StringOf(a[1]));
            return a[0];
        });
        functions["hasKey"] = new("ms", (_, a) => new GoBool(Map(a[0]).Entries.ContainsKey(StringOf(a[1]))));
        functions["pluck"] = new("sm*", (_, a) => new GoList([.. a.Skip(1).Select(Map).Where(map => map.Entries.ContainsKey(StringOf(a[0])))
            .Select(map => map[StringOf(a[0])])]));
        functions["keys"] = new("m*", (_, a) => ListOf(a.SelectMany(map => Map(map).Sorted).Select(entry => new GoText(entry.Key,
            entry.Value?.Trace?.AsWhole()))));
        functions["values"] = new("m", (_, a) => new GoList([.. Map(a[0]).Sorted.Select(entry => entry.Value)]));
        functions["pick"] = new("ms*", (_, a) => Filter(Map(a[0]), a.Skip(1), true));
        functions["omit"] = new("ms*", (_, a) => Filter(Map(a[0]), a.Skip(1), false));
        functions["merge"] = functions["mustMerge"] = new("mm*", (executor, a) => Merge(executor, a, false));
        functions["mergeOverwrite"] = functions["mustMergeOverwrite"] = new("mm*", (executor, a) => Merge(executor, a, true));
        functions["deepCopy"] = functions["mustDeepCopy"] = new("a", (_, a) => Copy(a[0]));
        functions["dig"] = new("a*", (_, a) => Dig(a));

        functions["default"] = new("aa*", (_, a) => a.Length < 2 || GoTruth.IsEmpty(a[1]) ? a[0] : a[1]);
        functions["empty"] = new("a", (_, a) => new GoBool(GoTruth.IsEmpty(a[0])));
        functions["coalesce"] = new("a*", (_, a) => a.FirstOrDefault(GoTruth.IsTrue));
        functions["all"] = new("a*", (_, a) => new GoBool(a.All(GoTruth.IsTrue)));
        functions["any"] = new("a*", (_, a) => new GoBool(a.Any(GoTruth.IsTrue)));
        functions["ternary"] = new("aab", (_, a) => Traced(((GoBool)a[2]!).Value ? a[0] : a[1], a[2]));

        functions["typeOf"] = new("a", (_, a) => new GoText(a[0]?.TypeName ?? "<nil>"));
        functions["typeIs"] = new("sa", (_, a) => new GoBool(StringOf(a[0]) == (a[1]?.TypeName ?? "<nil>")));
        functions["typeIsLike"] = new("sa", (_, a) =>
            new GoBool(StringOf(a[0]) == (a[1]?.TypeName ?? "<nil>") || "*" + StringOf(a[0]) == (a[1]?.TypeName ?? "<nil>")));
        functions["kindOf"] = new("a", (_, a) => new GoText(a[0]?.KindName ?? "invalid"));
        functions["kindIs"] = new("sa", (_, a) => new GoBool(StringOf(a[0]) == (a[1]?.KindName ?? "invalid")));
        functions["deepEqual"] = new("aa", (_, a) => new GoBool(GoTruth.AreEqual(a[0], a[1])));
    }

    /// <summary>A copy that shares nothing which can change.</summary>
    public static GoValue? Copy(GoValue? value, int depth = 0)
    {
        if (depth > MaxDepth)
            throw Error("the value is nested too deeply");
        return value switch
        {
            GoMap map => CopyMap(map, depth),
            GoList list => new GoList([.. list.Items.Select(item => Copy(item, depth + 1))], list.ElementType)
            {
                Trace = list.Trace,
                IsNil = list.IsNil
            },
            _ => value,
        };
    }

    private static GoMap CopyMap(GoMap map, int depth)
    {
        var copy = new GoMap(new Dictionary<string, GoValue?>(map.Entries.Count, StringComparer.Ordinal), map.ElementType,
            map.TypeName.StartsWith("map[", StringComparison.Ordinal) ? null : map.TypeName)
        { Trace = map.Trace };
        foreach (var entry in map.Entries)
            copy.Entries[entry.Key] = Copy(entry.Value, depth + 1);
        return copy;
    }

    // What was chosen by a value is there because of that; what it is made of says more, if it is known.
    private static GoValue? Traced(GoValue? chosen, GoValue? by) => chosen is GoText { Trace: null, Text.Length: > 0 } text
        && by?.Trace is { } trace
        ? new GoText(text.Text, trace.AsWhole()) : chosen;

    private static GoMap Dict(GoValue?[] arguments)
    {
        var map = new GoMap();
        for (var i = 0; i < arguments.Length; i += 2)
            map.Entries[ToText(arguments[i]).Text] = i + 1 < arguments.Length ? arguments[i + 1] : GoText.Empty;
        return map;
    }

    private static GoMap Filter(GoMap map, IEnumerable<GoValue?> keys, bool isWanted)
    {
        var named = new HashSet<string>(keys.Select(StringOf), StringComparer.Ordinal);
        var filtered = new GoMap { Trace = map.Trace };
        foreach (var entry in map.Entries)
        {
            if (named.Contains(entry.Key) == isWanted)
                filtered.Entries[entry.Key] = entry.Value;
        }

        return filtered;
    }

    private static GoValue? Merge(TemplateExecutor executor, GoValue?[] arguments, bool overwrites)
    {
        var target = Map(arguments[0]);
        foreach (var source in arguments.Skip(1))
            MergeInto(executor, target, Map(source), overwrites, 0);
        return arguments[0] ?? target;
    }

    // As mergo does it; mappings that are taken over are shared, so that merging into them later changes both.
    private static void MergeInto(TemplateExecutor executor, GoMap target, GoMap source, bool overwrites, int depth)
    {
        if (depth > MaxDepth)
            throw Error("the value is nested too deeply");
        if (ReferenceEquals(target, source))
            return;
        executor.Spend(source.Entries.Count);
        foreach (var entry in source.Entries.ToArray())
        {
            var has = target.Entries.TryGetValue(entry.Key, out var before);
            if (entry.Value is null)
            {
                if (overwrites)
                    target.Entries[entry.Key] = null;
                else if (!has)
                    continue;
                continue;
            }

            if (entry.Value is GoMap inner && before is GoMap outer)
                MergeInto(executor, outer, inner, overwrites, depth + 1);
            if (has && GoTruth.IsTrue(before) && ((entry.Value is GoList && !overwrites) || (entry.Value is GoMap && before is GoMap)))
                continue;
            if (overwrites || !has || GoTruth.IsEmpty(before))
                target.Entries[entry.Key] = entry.Value;
        }
    }

    private static GoValue? Dig(GoValue?[] arguments)
    {
        if (arguments.Length < 3)
            throw Error("dig needs at least three arguments");
        var at = arguments[arguments.Length - 1];
        for (var i = 0; i < arguments.Length - 2; i++)
        {
            if (arguments[i] is not GoText { IsBytes: false } key)
                throw Error($"interface conversion: interface {{}} is {arguments[i]?.TypeName ?? "nil"}, not string");
            var map = at switch
            {
                GoMap { ElementType: GoValue.AnyType } m when m.TypeName.StartsWith("map[", StringComparison.Ordinal) => m,
                _ => throw Error($"interface conversion: interface {{}} is {at?.TypeName ?? "nil"}, not map[string]interface {{}}"),
            };
            if (!map.Entries.TryGetValue(key.Text, out at))
                return arguments[arguments.Length - 2];
        }

        return at;
    }
}
