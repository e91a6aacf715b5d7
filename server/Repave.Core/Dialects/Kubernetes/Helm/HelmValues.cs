using Repave.Core.Syntax.GoTemplate;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Values from several sources put together, as Helm's <c>coalesce</c> does it.</summary>
internal static class HelmValues
{
    private const string Global = "global";

    /// <summary>The values that a chart's templates see.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="values">What its user gives.</param>
    /// <param name="warnings">What Helm warns of.</param>
    /// <param name="merges">Whether nulls stay.</param>
    public static GoMap Coalesce(HelmChart chart, GoMap values, List<string> warnings, bool merges = false) =>
        Coalesce(chart, (GoMap)SprigDicts.Copy(values)!, "", merges, warnings, 0);

    /// <summary>A mapping with what another has besides.</summary>
    public static GoMap CoalesceTables(GoMap target, GoMap source, bool merges, List<string> warnings, string prefix = "")
    {
        var given = new HashSet<string>(source.Entries.Where(entry => entry.Value is not null).Select(entry => entry.Key),
            StringComparer.Ordinal);
        foreach (var entry in target.Entries)
        {
            if (entry.Value is null)
                source.Entries[entry.Key] = null;
        }

        foreach (var entry in source.Entries.ToArray())
        {
            var name = Join(prefix, entry.Key);
            if (!target.Entries.TryGetValue(entry.Key, out var before))
                target.Entries[entry.Key] = entry.Value;
            else if (!merges && before is null && given.Contains(entry.Key))
                target.Entries.Remove(entry.Key);
            else if (entry.Value is GoMap table && before is GoMap inner)
                CoalesceTables(inner, table, merges, warnings, name);
            else if (entry.Value is GoMap)
                warnings.Add($"warning: cannot overwrite table with non table for {name} ({GoFormat.Value(entry.Value)})");
            else if (before is GoMap && entry.Value is not null)
                warnings.Add($"warning: destination for {name} is a table. Ignoring non-table value ({GoFormat.Value(entry.Value)})");
        }

        return target;
    }

    /// <summary>The table of a dotted path; null if there is none.</summary>
    public static GoMap? Table(GoMap values, string path)
    {
        var at = values;
        foreach (var name in path.Split('.'))
        {
            if (at[name] is not GoMap next)
                return null;
            at = next;
        }

        return at;
    }

    private static GoMap Coalesce(HelmChart chart, GoMap values, string prefix, bool merges, List<string> warnings, int depth)
    {
        OwnValues(chart, values, prefix, merges, warnings);
        if (depth > 30)
            return values;
        foreach (var inner in chart.Charts)
        {
            if (!values.Entries.TryGetValue(inner.Name, out var given))
                values.Entries[inner.Name] = given = new GoMap();
            if (given is not GoMap table)
            {
                var found = given is null ? "<nil>" : given.TypeName + "=" + GoFormat.Value(given);
                throw new HelmException($"type mismatch on {inner.Name}: %!t({found})");
            }

            var innerPrefix = Join(prefix, chart.Name);
            Globals(table, values, innerPrefix, warnings);
            values.Entries[inner.Name] = Coalesce(inner, table, innerPrefix, merges, warnings, depth + 1);
        }

        return values;
    }

    private static void Globals(GoMap target, GoMap source, string prefix, List<string> warnings)
    {
        GoMap into, from;
        if (!target.Entries.TryGetValue(Global, out var before))
            into = new GoMap();
        else if (before is GoMap table)
            into = table;
        else
        {
            warnings.Add($"warning: skipping globals because destination {Global} is not a table.");
            return;
        }

        if (!source.Entries.TryGetValue(Global, out var given))
            from = new GoMap();
        else if (given is GoMap table)
            from = table;
        else
        {
            warnings.Add($"warning: skipping globals because source {Global} is not a table.");
            return;
        }

        foreach (var entry in from.Entries)
        {
            if (entry.Value is GoMap table)
            {
                var copy = new GoMap(new Dictionary<string, GoValue?>(table.Entries, StringComparer.Ordinal)) { Trace = table.Trace };
                if (!into.Entries.TryGetValue(entry.Key, out var there))
                    into.Entries[entry.Key] = copy;
                else if (there is GoMap thereTable)
                    into.Entries[entry.Key] = CoalesceTables(copy, thereTable, true, warnings, Join(prefix, entry.Key));
                else
                    warnings.Add($"Conflict: cannot merge map onto non-map for {GoQuoting.Quote(entry.Key)}. Skipping.");
            }
            else if (into[entry.Key] is GoMap)
            {
                warnings.Add($"key {entry.Key} is table. Skipping");
            }
            else
            {
                into.Entries[entry.Key] = entry.Value;
            }
        }

        target.Entries[Global] = into;
    }

    private static void OwnValues(HelmChart chart, GoMap values, string prefix, bool merges, List<string> warnings)
    {
        var name = Join(prefix, chart.Name);
        values.Trace ??= chart.Values.Trace;
        foreach (var entry in ((GoMap)SprigDicts.Copy(chart.Values)!).Entries)
        {
            if (values.Entries.TryGetValue(entry.Key, out var given))
            {
                if (given is null && !merges)
                {
                    values.Entries.Remove(entry.Key);
                }
                else if (given is GoMap target)
                {
                    if (entry.Value is GoMap source)
                    {
                        var innerMerges = merges || chart.Charts.Any(inner => inner.Name == entry.Key);
                        if (!innerMerges)
                            RemoveNulls(source);
                        CoalesceTables(target, source, innerMerges, warnings, Join(name, entry.Key));
                    }
                    else if (entry.Value is not null)
                    {
                        warnings.Add($"warning: skipped value for {name}.{entry.Key}: Not a table.");
                    }
                }

                continue;
            }

            if (!merges)
            {
                if (entry.Value is null)
                    continue;
                if (entry.Value is GoMap table)
                    RemoveNulls(table);
            }

            values.Entries[entry.Key] = entry.Value;
        }
    }

    private static void RemoveNulls(GoMap map)
    {
        foreach (var entry in map.Entries.ToArray())
        {
            if (entry.Value is null)
                map.Entries.Remove(entry.Key);
            else if (entry.Value is GoMap inner)
                RemoveNulls(inner);
        }
    }

    private static string Join(string one, string other) => one.Length == 0 ? other : one + "." + other;
}
