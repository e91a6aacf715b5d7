namespace Repave.Core.Dialects.Compose.Loading;

/// <summary>Puts what a later file says over what earlier ones say, as Compose does: mappings field by field, lists one behind the other,
/// some fields in ways of their own.</summary>
internal sealed class ProjectMerge(List<ComposeProblem> problems)
{
    private delegate ComposeValue Merger(ProjectMerge merge, ComposeValue under, ComposeValue over, ValuePath path);

    private static readonly PathTable<Merger> Special = SpecialTable();
    private static readonly PathTable<Func<ComposeValue, string?>> Unique = UniqueTable();

    /// <summary>The result; the arguments may be changed.</summary>
    public ComposeValue Merge(ComposeValue under, ComposeValue over, ValuePath path)
    {
        if (Special.Find(path) is { } merger)
            return under.IsUnknown || over.IsUnknown ? over : merger(this, under, over, path);
        if (over.IsNull)
            return under;
        switch (under.Kind)
        {
            case ValueKind.Map when over.IsMap:
                return MergeFields(under, over, path);
            case ValueKind.List when over.IsList:
                return ComposeValue.List(over.Place, under.Items.Concat(over.Items));
            case ValueKind.Map or ValueKind.List when !over.IsUnknown:
                problems.Add(new ComposeProblem(ProblemKind.WrongType,
                    $"'{path}' is {(under.IsMap ? "a mapping" : "a list")} in an earlier file, and cannot be overridden by something else.",
                    over.Place, path.ToString()));
                return under;
            default:
                return over;
        }
    }

    /// <summary>Leaves of items that mean the same the last one.</summary>
    public ComposeValue Unify(ComposeValue value, ValuePath path)
    {
        if (value.IsMap)
        {
            foreach (var name in value.Fields.Keys.ToList())
                value.Fields[name] = Unify(value.Fields[name], path.Next(name));
            return value;
        }

        if (!value.IsList || Unique.Find(path) is not { } key)
            return value;
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var items = ComposeValue.List(value.Place);
        foreach (var item in value.Items)
        {
            if (key(item) is { } name && places.TryGetValue(name, out var before))
            {
                items.Items[before] = item;
                continue;
            }
            else if (key(item) is { } fresh)
            {
                places[fresh] = items.Items.Count;
            }

            items.Items.Add(item);
        }

        return items;
    }

    private ComposeValue MergeFields(ComposeValue under, ComposeValue over, ValuePath path)
    {
        foreach (var name in over.Fields.Keys.ToList())
        {
            if (under[name] is { } before)
                under.Set(name, Merge(before, over.Fields[name], path.Next(name)), over.KeyPlaces.GetValueOrDefault(name));
            else
                under.Take(name, over);
        }

        return under;
    }

    private static PathTable<Merger> SpecialTable()
    {
        static ComposeValue Over(ProjectMerge merge, ComposeValue under, ComposeValue over, ValuePath path) => over;
        static ComposeValue Sequence(ProjectMerge merge, ComposeValue under, ComposeValue over, ValuePath path) =>
            ComposeValue.List(over.Place, AsSequence(under).Concat(AsSequence(over)));
        static ComposeValue Hosts(ProjectMerge merge, ComposeValue under, ComposeValue over, ValuePath path)
        {
            var items = AsSequence(under).ToList();
            var known = new HashSet<string>(items.Select(i => i.Print()), StringComparer.Ordinal);
            return ComposeValue.List(over.Place, items.Concat(AsSequence(over).Where(i => !known.Contains(i.Print()))));
        }

        static ComposeValue Named(ProjectMerge merge, ComposeValue under, ComposeValue over, ValuePath path) =>
            merge.MergeFields(AsMapping(under, ComposeValue.Null), AsMapping(over, ComposeValue.Null), path);
        static ComposeValue Dependencies(ProjectMerge merge, ComposeValue under, ComposeValue over, ValuePath path) =>
            merge.MergeFields(AsMapping(under, Canonical.Dependency), AsMapping(over, Canonical.Dependency), path);
        static ComposeValue Build(ProjectMerge merge, ComposeValue under, ComposeValue over, ValuePath path) =>
            merge.MergeFields(Context(under), Context(over), path);
        static ComposeValue Context(ComposeValue build)
        {
            if (build.IsMap)
                return build;
            var map = ComposeValue.Map(build.Place);
            if (build.IsText)
                map.Set("context", build);
            return map;
        }

        static ComposeValue Logging(ProjectMerge merge, ComposeValue under, ComposeValue over, ValuePath path)
        {
            if (!under.IsMap || !over.IsMap)
                return over;
            return over["driver"] is null || under["driver"] is null || ComposeValue.AreEqual(over["driver"], under["driver"])
                ? merge.MergeFields(under, over, path)
                : over;
        }

        static ComposeValue Pools(ProjectMerge merge, ComposeValue under, ComposeValue over, ValuePath path)
        {
            if (!under.IsList || !over.IsList)
                return over;
            var pools = new List<ComposeValue>();
            foreach (var before in under.Items.Where(i => i.IsMap))
            {
                foreach (var after in over.Items.Where(i => i.IsMap))
                {
                    var isOther = !ComposeValue.AreEqual(before["subnet"], after["subnet"]);
                    if (isOther && !pools.Exists(p => ComposeValue.AreEqual(p["subnet"], after["subnet"])))
                    {
                        pools.Add(after);
                        continue;
                    }

                    var merged = merge.MergeFields(before, after.Copy(), path);
                    var place = pools.FindIndex(p => ComposeValue.AreEqual(p["subnet"], merged["subnet"]));
                    if (place >= 0)
                        pools[place] = merged;
                    else
                        pools.Add(merged);
                }
            }

            return ComposeValue.List(over.Place, pools);
        }

        var table = new PathTable<Merger>
        {
            ["networks.*.ipam.config"] = Pools,
            ["networks.*.labels"] = Sequence,
            ["volumes.*.labels"] = Sequence,
            ["services.*.build"] = Build,
            ["services.*.build.extra_hosts"] = Hosts,
            ["services.*.extra_hosts"] = Hosts,
            ["services.*.depends_on"] = Dependencies,
            ["services.*.logging"] = Logging,
            ["services.*.networks"] = Named,
            ["services.*.models"] = Named,
        };
        foreach (var path in (string[])["command", "entrypoint", "healthcheck.test", "ulimits.*"])
            table["services.*." + path] = Over;
        foreach (var path in (string[])["annotations", "build.args", "build.additional_contexts", "build.labels", "deploy.labels", "dns",
            "dns_opt", "dns_search", "env_file", "label_file", "environment", "labels", "volumes.*.volume.labels", "sysctls", "tmpfs"])
            table["services.*." + path] = Sequence;
        return table;
    }

    private static PathTable<Func<ComposeValue, string?>> UniqueTable()
    {
        static string? Key(ComposeValue item) => !item.IsText ? null : item.Text.IndexOf('=') is var sign and >= 0
            ? item.Text.Substring(0, sign) : item.Text;
        static string? Target(ComposeValue item) => item.IsMap ? item.TextAt("target")
            : item.IsText && MountText.TryParse(item.Text, out _) is { } mount ? mount.TextAt("target") : null;
        static string? Device(ComposeValue item) => item.IsMap ? item.TextAt("target")
            : item.IsText ? item.Text.Split(':') is [_, var target, ..] ? target : item.Text : null;
        static string? Plain(ComposeValue item) => item.Kind is ValueKind.Text or ValueKind.Integer ? item.Print() : null;
        static string? EnvFile(ComposeValue item) => item.IsMap ? item.TextAt("path") : item.IsText ? item.Text : null;
        static string? Port(ComposeValue item) => item.IsMap
            ? item["target"] is { IsUnknown: false } target
                ? $"{item["host_ip"]?.Print() ?? "0.0.0.0"}:{item["published"]?.Print()}:{target.Print()}/"
                    + $"{item["protocol"]?.Print() ?? "tcp"}"
                : null
            : Plain(item);
        static Func<ComposeValue, string?> Mount(string folder) => item => item.IsText ? $"{folder}/{item.Text}"
            : item.IsMap ? item.TextAt("target") ?? $"{folder}/{item.TextAt("source")}" : null;

        var table = new PathTable<Func<ComposeValue, string?>>
        {
            ["networks.*.labels"] = Key,
            ["networks.*.ipam.options"] = Key,
            ["services.*.configs"] = Mount(""),
            ["services.*.secrets"] = Mount("/run/secrets"),
            ["services.*.devices"] = Device,
            ["services.*.env_file"] = EnvFile,
            ["services.*.expose"] = Plain,
            ["services.*.ports"] = Port,
            ["services.*.volumes"] = Target,
        };
        foreach (var path in (string[])["annotations", "build.args", "build.additional_contexts", "build.platform", "build.tags",
            "build.labels", "cap_add", "cap_drop", "deploy.labels", "dns", "dns_opt", "dns_search", "environment", "labels", "links",
            "networks.*.aliases", "networks.*.link_local_ips", "profiles", "sysctls", "tmpfs"])
            table["services.*." + path] = Key;
        return table;
    }

    private static IEnumerable<ComposeValue> AsSequence(ComposeValue value)
    {
        switch (value.Kind)
        {
            case ValueKind.Map:
                return value.Fields.SelectMany(field => field.Value.IsNull ? [ComposeValue.Of(field.Key, value.PlaceOf(field.Key))]
                    : field.Value.IsUnknown ? [field.Value]
                    : field.Value.IsList
                        ? field.Value.Items.Select(i => ComposeValue.Of($"{field.Key}={i.Print()}", i.Place))
                        : (IEnumerable<ComposeValue>)[ComposeValue.Of($"{field.Key}={field.Value.Print()}", value.PlaceOf(field.Key))])
                    .OrderBy(item => item.Text, StringComparer.Ordinal);
            case ValueKind.List:
                return value.Items;
            case ValueKind.Text or ValueKind.Unknown:
                return [value];
            default:
                return [];
        }
    }

    private static ComposeValue AsMapping(ComposeValue value, Func<ValuePlace?, ComposeValue> standard)
    {
        if (value.IsMap)
            return value;
        var map = ComposeValue.Map(value.Place);
        foreach (var item in value.Items.Where(i => i.IsText))
            map.Set(item.Text, standard(item.Place), item.Place);
        return map;
    }
}
