namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Which of the charts in a chart are part of it, and what it takes over of their values.</summary>
internal static class HelmDependencies
{
    public static void Process(HelmChart chart, GoMap values, List<string> warnings)
    {
        Enable(chart, values, "", warnings);
        Import(chart, warnings);
    }

    private static void Enable(HelmChart chart, GoMap values, string path, List<string> warnings)
    {
        if (chart.Wanted.Count == 0)
            return;
        var charts = chart.Charts.Where(inner => !chart.Wanted.Any(wanted =>
            wanted.Name == inner.Name && HelmVersions.Fits(wanted.Version, inner.Version))).ToList();
        foreach (var wanted in chart.Wanted)
        {
            if (chart.Charts.Find(inner => inner.Name == wanted.Name && HelmVersions.Fits(wanted.Version, inner.Version)) is { } found)
            {
                var copy = found.Copy();
                if (wanted.Alias.Length > 0)
                    copy.Name = wanted.Alias;
                charts.Add(copy);
            }

            if (wanted.Alias.Length > 0)
                wanted.Name = wanted.Alias;
            wanted.IsEnabled = true;
        }

        chart.SetCharts(charts);
        var all = HelmValues.Coalesce(chart, values, warnings);
        Tags(chart, all);
        Conditions(chart, all, path);
        var off = new HashSet<string>(chart.Wanted.Where(wanted => !wanted.IsEnabled).Select(wanted => wanted.Name),
            StringComparer.Ordinal);
        chart.SetCharts(chart.Charts.Where(inner => !off.Contains(inner.Name)));
        foreach (var inner in chart.Charts)
            Enable(inner, all, path + inner.Name + ".", warnings);
        chart.Wanted.RemoveAll(wanted => off.Contains(wanted.Name));
    }

    private static void Tags(HelmChart chart, GoMap values)
    {
        if (values["tags"] is not GoMap tags)
            return;
        foreach (var wanted in chart.Wanted)
        {
            var said = wanted.Tags.Select(tag => tags[tag]).OfType<GoBool>().ToList();
            wanted.IsEnabled = said.Count == 0 || said.Any(tag => tag.Value);
        }
    }

    private static void Conditions(HelmChart chart, GoMap values, string path)
    {
        foreach (var wanted in chart.Wanted)
        {
            foreach (var condition in wanted.Condition.Trim().Split(','))
            {
                if (condition.Length == 0)
                    continue;
                var full = path + condition;
                var dot = full.LastIndexOf('.');
                var table = dot < 0 ? values : HelmValues.Table(values, full.Substring(0, dot));
                if (table?[full.Substring(dot + 1)] is GoBool value)
                {
                    wanted.IsEnabled = value.Value;
                    break;
                }
            }
        }
    }

    private static void Import(HelmChart chart, List<string> warnings)
    {
        foreach (var inner in chart.Charts)
            Import(inner, warnings);
        if (chart.Wanted.Count == 0)
            return;
        var all = HelmValues.Coalesce(chart, new GoMap(), [], true);
        var imported = new GoMap();
        foreach (var wanted in chart.Wanted)
        {
            foreach (var item in wanted.ImportValues)
            {
                var (child, parent) = item switch
                {
                    GoMap map => (GoFormat.Value(map["child"]), GoFormat.Value(map["parent"])),
                    GoText text => ("exports." + text.Text, "."),
                    _ => ("", ""),
                };
                if (child.Length == 0)
                    continue;
                if (HelmValues.Table(all, wanted.Name + "." + child) is not { } table)
                {
                    warnings.Add($"ImportValues missing table {child} from chart {wanted.Name}");
                    continue;
                }

                foreach (var name in parent == "." ? [] : parent.Split('.').Reverse())
                    table = new GoMap { { name, table } };
                imported = HelmValues.CoalesceTables(imported, (GoMap)SprigDicts.Copy(table)!, true, []);
            }
        }

        var trace = chart.Values.Trace;
        chart.Values = HelmValues.CoalesceTables((GoMap)SprigDicts.Copy(all)!, imported, true, []);
        chart.Values.Trace ??= trace;
    }
}
