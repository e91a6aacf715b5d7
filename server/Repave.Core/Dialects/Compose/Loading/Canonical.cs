namespace Repave.Core.Dialects.Compose.Loading;

/// <summary>Writes short forms out, as Compose does before it looks at a project: a port's text becomes its fields, a list of networks a
/// mapping.</summary>
internal sealed class Canonical
{
    private delegate ComposeValue Transformer(Canonical canonical, ComposeValue value, ValuePath path);

    private static readonly PathTable<Transformer> Transformers = TableOf();

    private readonly List<ComposeProblem> _problems;
    private readonly ComposeRules _rules;

    public Canonical(List<ComposeProblem> problems, ComposeRules rules) => (_problems, _rules) = (problems, rules);

    /// <summary>A dependency of which nothing more is said.</summary>
    public static ComposeValue Dependency(ValuePlace? place)
    {
        var dependency = ComposeValue.Map(place);
        dependency.Set("condition", ComposeValue.Of("service_started"));
        dependency.Set("required", ComposeValue.Of(true));
        return dependency;
    }

    /// <summary>The value with everything written out.</summary>
    public ComposeValue Write(ComposeValue value, ValuePath path)
    {
        if (value.IsUnknown)
            return value;
        return Transformers.Find(path) is { } transformer ? transformer(this, value, path) : WriteHeld(value, path);
    }

    private ComposeValue WriteHeld(ComposeValue value, ValuePath path)
    {
        if (value.IsMap)
        {
            foreach (var name in value.Fields.Keys.ToList())
                value.Fields[name] = Write(value.Fields[name], path.Next(name));
        }
        else if (value.IsList)
        {
            for (var i = 0; i < value.Items.Count; i++)
                value.Items[i] = Write(value.Items[i], path.Item(i));
        }

        return value;
    }

    private static PathTable<Transformer> TableOf()
    {
        static ComposeValue Held(Canonical canonical, ComposeValue value, ValuePath path) => canonical.WriteHeld(value, path);
        static ComposeValue Listed(Canonical canonical, ComposeValue value, ValuePath path) =>
            value.IsText ? ComposeValue.List(value.Place, [value]) : value;
        static ComposeValue Printed(Canonical canonical, ComposeValue value, ValuePath path) =>
            value.IsText ? value : ComposeValue.Of(value.Print(), value.Place);
        static Transformer Under(string name) => (canonical, value, path) => value.IsText ? Single(name, value)
            : canonical.WriteHeld(value, path);
        static ComposeValue Single(string name, ComposeValue value)
        {
            var map = ComposeValue.Map(value.Place);
            map.Set(name, value, value.Place);
            return map;
        }

        static ComposeValue Named(Canonical canonical, ComposeValue value, ValuePath path)
        {
            if (!value.IsList)
                return value;
            var map = ComposeValue.Map(value.Place);
            foreach (var item in value.Items.Where(i => i.IsText))
                map.Set(item.Text, ComposeValue.Null(item.Place), item.Place);
            return map;
        }

        static ComposeValue Pairs(Canonical canonical, ComposeValue value, ValuePath path)
        {
            if (!value.IsList)
                return value;
            var map = ComposeValue.Map(value.Place);
            foreach (var item in value.Items.Where(i => i.IsText))
            {
                if (item.Text.IndexOf('=') is var sign && sign < 0)
                    canonical.Refuse(item, path, "write it as name=value");
                else
                    map.Set(item.Text.Substring(0, sign), ComposeValue.Of(item.Text.Substring(sign + 1), item.Place), item.Place);
            }

            return map;
        }

        static ComposeValue Dependencies(Canonical canonical, ComposeValue value, ValuePath path)
        {
            var map = ComposeValue.Map(value.Place);
            foreach (var item in value.Items.Where(i => i.IsText))
                map.Set(item.Text, Dependency(item.Place), item.Place);
            if (!value.IsMap)
                return value.IsList ? map : value;
            foreach (var dependency in value.Fields.Values.Where(d => d.IsMap))
            {
                if (dependency["condition"] is null)
                    dependency.Set("condition", ComposeValue.Of("service_started"));
                if (dependency["required"] is null)
                    dependency.Set("required", ComposeValue.Of(true));
            }

            return value;
        }

        static ComposeValue EnvFiles(Canonical canonical, ComposeValue value, ValuePath path)
        {
            if (!value.IsText && !value.IsList)
                return value;
            var items = (value.IsText ? [value] : value.Items).Select(item =>
            {
                if (item.IsMap && item["required"] is null)
                    item.Set("required", ComposeValue.Of(true));
                if (!item.IsText)
                    return item;
                var file = Single("path", item);
                file.Set("required", ComposeValue.Of(true));
                return file;
            });
            return ComposeValue.List(value.Place, items);
        }

        static ComposeValue Devices(Canonical canonical, ComposeValue value, ValuePath path)
        {
            if (!value.IsText || !canonical._rules.WritesDevicesOut)
                return value;
            var parts = value.Text.Split(':');
            if (parts.Length > 3)
            {
                canonical.Refuse(value, path, "it has too many colons");
                return value;
            }

            var map = Single("source", ComposeValue.Of(parts[0], value.Place));
            map.Set("target", ComposeValue.Of(parts.Length > 1 && parts[1].Length > 0 ? parts[1] : parts[0], value.Place));
            map.Set("permissions", ComposeValue.Of(parts.Length > 2 ? parts[2] : "rwm"));
            return map;
        }

        static ComposeValue Gpus(Canonical canonical, ComposeValue value, ValuePath path) => value.IsText
            ? ComposeValue.List(value.Place, [Single("count", ComposeValue.Of("all", value.Place))]) : canonical.WriteHeld(value, path);
        static ComposeValue Ports(Canonical canonical, ComposeValue value, ValuePath path)
        {
            if (!value.IsList)
                return value;
            var ports = ComposeValue.List(value.Place);
            for (var i = 0; i < value.Items.Count; i++)
            {
                var item = value.Items[i];
                if (item.Kind is not (ValueKind.Text or ValueKind.Integer))
                    ports.Items.Add(item);
                else if (PortText.TryParse(item.Print(), item.Place, out var problem) is { } parsed)
                    ports.Items.AddRange(parsed);
                else
                    canonical.Refuse(item, path.Item(i), problem);
            }

            return ports;
        }

        static ComposeValue Volumes(Canonical canonical, ComposeValue value, ValuePath path)
        {
            if (!value.IsText)
                return value;
            if (MountText.TryParse(value.Text, out var problem, value.Place) is not { } mount)
            {
                canonical.Refuse(value, path, problem!);
                return ComposeValue.Unknown(value.Place);
            }

            if (mount.TextAt("target") is { Length: > 0 } target)
                mount.Set("target", ComposeValue.Of(ComposePaths.Clean(target), value.Place));
            return mount;
        }

        static ComposeValue Ssh(Canonical canonical, ComposeValue value, ValuePath path)
        {
            if (!value.IsList)
                return value;
            var map = ComposeValue.Map(value.Place);
            foreach (var item in value.Items.Where(i => i.IsText))
            {
                var sign = item.Text.IndexOf('=');
                if (sign < 0 && item.Text != "default")
                    canonical.Refuse(item, path, "write it as id=path");
                else
                    map.Set(sign < 0 ? item.Text : item.Text.Substring(0, sign),
                        sign < 0 ? ComposeValue.Null(item.Place) : ComposeValue.Of(item.Text.Substring(sign + 1), item.Place), item.Place);
            }

            return map;
        }

        static ComposeValue External(Canonical canonical, ComposeValue value, ValuePath path)
        {
            if (!value.IsMap)
                return value;
            canonical.WriteHeld(value, path);
            if (value["external"] is not { IsMap: true } external)
                return value;
            value.Set("external", ComposeValue.Of(true, external.Place));
            if (external["name"] is not { } name)
                return value;
            if (value["name"] is null)
                value.Set("name", name);
            else if (!ComposeValue.AreEqual(value["name"], name))
                canonical._problems.Add(new ComposeProblem(ProblemKind.Contradiction,
                    $"'{path}' has two names, one under 'external'; keep 'name' alone.", name.Place, path.ToString()));
            return value;
        }

        var table = new PathTable<Transformer>
        {
            ["services.*"] = Held,
            ["services.*.build.secrets.*"] = Under("source"),
            ["services.*.build.provenance"] = Printed,
            ["services.*.build.sbom"] = Printed,
            ["services.*.build.additional_contexts"] = Pairs,
            ["services.*.depends_on"] = Dependencies,
            ["services.*.env_file"] = EnvFiles,
            ["services.*.label_file"] = Listed,
            ["services.*.extends"] = Under("service"),
            ["services.*.gpus"] = Gpus,
            ["services.*.networks"] = Named,
            ["services.*.models"] = Named,
            ["services.*.volumes.*"] = Volumes,
            ["services.*.dns"] = Listed,
            ["services.*.devices.*"] = Devices,
            ["services.*.secrets.*"] = Under("source"),
            ["services.*.configs.*"] = Under("source"),
            ["services.*.ports"] = Ports,
            ["services.*.build"] = Under("context"),
            ["services.*.build.ssh"] = Ssh,
            ["services.*.develop.watch.*.ignore"] = Listed,
            ["services.*.develop.watch.*.include"] = Listed,
            ["include.*"] = Under("path"),
        };
        foreach (var section in (string[])["volumes", "networks", "secrets", "configs"])
            table[section + ".*"] = External;
        return table;
    }

    private void Refuse(ComposeValue value, ValuePath path, string why) =>
        _problems.Add(new ComposeProblem(ProblemKind.Malformed, $"'{value.Text}' cannot be read: {why}.", value.Place, path.ToString()));
}
