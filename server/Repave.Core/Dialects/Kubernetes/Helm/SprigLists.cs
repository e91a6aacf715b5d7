using Repave.Core.Syntax.GoTemplate;
using static Repave.Core.Dialects.Kubernetes.Helm.GoArguments;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Sprig's functions on lists.</summary>
internal static class SprigLists
{
    public static void AddTo(Dictionary<string, GoFunction> functions)
    {
        functions["list"] = functions["tuple"] = new("a*", (_, a) => new GoList([.. a]));
        Add("append", "aa", "Cannot push on type %s", (items, a) => [.. items, a[1]]);
        functions["push"] = functions["append"];
        functions["mustPush"] = functions["mustAppend"];
        Add("prepend", "aa", "Cannot prepend on type %s", (items, a) => [a[1], .. items]);
        Add("rest", "a", "Cannot find rest on type %s", (items, _) => items.Count == 0 ? null : [.. items.Skip(1)]);
        Add("initial", "a", "Cannot find initial on type %s", (items, _) => items.Count == 0 ? null : [.. items.Take(items.Count - 1)]);
        Add("reverse", "a", "Cannot find reverse on type %s", (items, _) => [.. items.Reverse()]);
        Add("compact", "a", "Cannot compact on type %s", (items, _) => [.. items.Where(GoTruth.IsTrue)]);
        Add("uniq", "a", "Cannot find uniq on type %s", (items, _) => Distinct(items));
        Add("without", "aa*", "Cannot find without on type %s",
            (items, a) => [.. items.Where(item => !a.Skip(1).Any(other => GoTruth.AreEqual(other, item)))]);
        functions["first"] = functions["mustFirst"] = new("a", (_, a) => First(Items(a[0], "Cannot find first on type %s")));
        functions["last"] = functions["mustLast"] = new("a", (_, a) => Last(Items(a[0], "Cannot find last on type %s")));
        functions["has"] = functions["mustHas"] = new("aa", (_, a) => new GoBool(a[1] is not null
            && Items(a[1], "Cannot find has on type %s").Any(item => GoTruth.AreEqual(a[0], item))));
        functions["slice"] = functions["mustSlice"] = new("aa*", (_, a) => Slice(a));
        functions["concat"] = new("a*", (_, a) => Concat(a));
        functions["chunk"] = functions["mustChunk"] = new("ia", (_, a) => Chunk(Int(a[0]), Items(a[1], "Cannot chunk type %s")));

        void Add(string name, string parameters, string refusal, Func<IReadOnlyList<GoValue?>, GoValue?[], List<GoValue?>?> make)
        {
            var function = new GoFunction(parameters, (executor, a) =>
            {
                var items = Items(a[0], refusal);
                executor.Spend(items.Count);
                GoLimits.CheckCount(items.Count);
                return make(items, a) is { } made ? new GoList(made) { Trace = a[0]!.Trace } : new GoList([]) { IsNil = true };
            });
            functions[name] = function;
            functions["must" + char.ToUpperInvariant(name[0]) + name.Substring(1)] = function;
        }
    }

    private static GoValue? First(IReadOnlyList<GoValue?> items) => items.Count == 0 ? null : items[0];

    private static GoValue? Last(IReadOnlyList<GoValue?> items) => items.Count == 0 ? null : items[items.Count - 1];

    private static List<GoValue?> Distinct(IReadOnlyList<GoValue?> items)
    {
        // Most are texts: these are looked up, so that long lists take no quadratic time.
        var texts = new HashSet<string>(StringComparer.Ordinal);
        var distinct = new List<GoValue?>();
        var others = new List<GoValue?>();
        foreach (var item in items)
        {
            if (item is GoText { IsBytes: false } text)
            {
                if (texts.Add(text.Text))
                    distinct.Add(item);
            }
            else if (others.Count < 10_000 && !others.Any(other => GoTruth.AreEqual(other, item)))
            {
                others.Add(item);
                distinct.Add(item);
            }
        }

        return distinct;
    }

    private static GoValue? Slice(GoValue?[] arguments)
    {
        var items = Items(arguments[0], "list should be type of slice or array but %s");
        if (items.Count == 0)
            return null;
        var start = arguments.Length > 1 ? ToInteger(arguments[1]) : 0;
        var end = arguments.Length > 2 ? ToInteger(arguments[2]) : items.Count;
        if (start < 0 || end > items.Count || start > end)
            throw Error("reflect.Value.Slice: slice index out of bounds");
        var element = (arguments[0] as GoList)?.ElementType ?? "uint8";
        return new GoList([.. items.Skip((int)start).Take((int)(end - start))], element);
    }

    private static GoList Concat(GoValue?[] arguments)
    {
        var all = new List<GoValue?>();
        foreach (var list in arguments)
        {
            all.AddRange(Items(list, "Cannot concat type %s as list"));
            GoLimits.CheckCount(all.Count);
        }

        return new GoList(all) { IsNil = all.Count == 0 };
    }

    private static GoList Chunk(int size, IReadOnlyList<GoValue?> items)
    {
        if (size <= 0)
            throw Error("runtime error: makeslice: len out of range");
        var chunks = new List<GoValue?>();
        for (var i = 0; i < items.Count; i += size)
            chunks.Add(new GoList([.. items.Skip(i).Take(size)]));
        return new GoList(chunks, "[]interface {}");
    }
}
