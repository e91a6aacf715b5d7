namespace Repave.Core.Dialects.Compose.Loading;

/// <summary>What Compose demands of a project as a whole: names that exist, fields that fit together.</summary>
internal sealed class Consistency
{
    private readonly ComposeValue _root;
    private readonly IReadOnlyDictionary<string, ComposeValue> _enabled;
    private readonly IReadOnlyDictionary<string, ComposeValue> _disabled;
    private readonly ComposeRules _rules;
    private readonly List<ComposeProblem> _problems;

    private Consistency(ComposeValue root, IReadOnlyDictionary<string, ComposeValue> enabled,
        IReadOnlyDictionary<string, ComposeValue> disabled, ComposeRules rules, List<ComposeProblem> problems) =>
        (_root, _enabled, _disabled, _rules, _problems) = (root, enabled, disabled, rules, problems);

    /// <summary>Checks a project.</summary>
    public static void Check(ComposeValue root, IReadOnlyDictionary<string, ComposeValue> enabled,
        IReadOnlyDictionary<string, ComposeValue> disabled, ComposeRules rules, List<ComposeProblem> problems)
    {
        var check = new Consistency(root, enabled, disabled, rules, problems);
        foreach (var (name, service) in enabled)
            check.CheckService(name, service);
        check.CheckNames();
        check.CheckCycles();
        foreach (var (name, secret) in root["secrets"]?.Fields ?? [])
        {
            if (secret.IsMap && secret["external"] is not { IsTrue: true } and not { IsUnknown: true } && IsEmpty(secret["file"])
                && IsEmpty(secret["environment"]))
                check.Say(ProblemKind.MissingField, $"The secret '{name}' must have 'file' or 'environment'.",
                    secret.Place, $"secrets.{name}");
        }
    }

    private void CheckService(string name, ComposeValue service)
    {
        var path = $"services.{name}";
        if (service["build"] is null or { IsNull: true } && IsEmpty(service["image"]) && service["provider"] is null)
            Say(ProblemKind.MissingField, $"The service '{name}' has neither an image nor a build.", KeyOf(name), path);
        CheckBuild(name, service, path);
        if (!IsEmpty(service["network_mode"]) && service["networks"] is { IsMap: true, Fields.Count: > 0 })
            Say(ProblemKind.Contradiction, $"'network_mode' and 'networks' exclude each other.", service.PlaceOf("network_mode"),
                path + ".network_mode");
        Refer(service["networks"]?.Fields.Keys, "networks", "network", key => service["networks"]!.PlaceOf(key), path);
        if (service["healthcheck"]?["test"] is { IsList: true, Items: [{ IsText: true } first, ..] }
            && first.Text is not ("CMD" or "CMD-SHELL" or "NONE"))
            Say(ProblemKind.NotAllowed, $"A healthcheck's test begins with CMD, CMD-SHELL or NONE, and this one with '{first.Text}'.",
                first.Place, path + ".healthcheck.test");
        foreach (var (dependency, how) in service["depends_on"]?.Fields ?? [])
        {
            if (_enabled.ContainsKey(dependency)
                || (_disabled.ContainsKey(dependency) && how["required"] is { Kind: ValueKind.Boolean, IsTrue: false }))
                continue;
            Say(ProblemKind.Dangling, _disabled.ContainsKey(dependency)
                ? $"The service '{dependency}', which '{name}' depends on, is not started by the active profiles."
                : $"There is no service '{dependency}', which '{name}' depends on.", service["depends_on"]!.PlaceOf(dependency),
                path + ".depends_on", ("service", dependency));
        }

        Refer((service["volumes"]?.Items ?? []).Where(v => v.TextAt("type") == "volume" && v.TextAt("source") is { Length: > 0 })
            .Select(v => v.TextAt("source")!), "volumes", "volume",
            key => service["volumes"]!.Items.First(v => v.TextAt("source") == key)["source"]!.Place, path);
        foreach (var (field, what) in ((string, string)[])[("configs", "config"), ("secrets", "secret")])
            Refer((service[field]?.Items ?? []).Select(v => v.TextAt("source")).OfType<string>(), field, what,
                key => service[field]!.Items.First(v => v.TextAt("source") == key)["source"]!.Place, path);
        Refer((service["build"]?["secrets"]?.Items ?? []).Select(v => v.TextAt("source")).OfType<string>(), "secrets", "secret",
            key => service["build"]!["secrets"]!.Items.First(v => v.TextAt("source") == key)["source"]!.Place, path);
        Refer(service["models"]?.Fields.Keys, "models", "model", key => service["models"]!.PlaceOf(key), path);
        CheckNumbers(name, service, path);
        foreach (var watch in service["develop"]?["watch"]?.Items ?? [])
        {
            var action = watch.TextAt("action");
            if (watch.IsMap && IsEmpty(watch["target"]) && action is not null and not "rebuild"
                && (action != "restart" || !_rules.WatchesRestarts))
                Say(ProblemKind.MissingField, $"The action '{action}' needs a 'target'.", watch.Place, path + ".develop.watch");
        }

        CheckMounts(service, path);
    }

    private void CheckBuild(string name, ComposeValue service, string path)
    {
        if (service["build"] is not { IsMap: true } build)
            return;
        if (!IsEmpty(build["dockerfile_inline"]) && !IsEmpty(build["dockerfile"]))
            Say(ProblemKind.Contradiction, "'dockerfile' and 'dockerfile_inline' exclude each other.", build.PlaceOf("dockerfile_inline"),
                path + ".build");
        foreach (var context in build["additional_contexts"]?.Fields.Values ?? Enumerable.Empty<ComposeValue>())
        {
            if (!_rules.ChecksContexts || !context.IsText || !context.Text.StartsWith("service:", StringComparison.Ordinal))
                continue;
            var target = context.Text.Substring("service:".Length);
            if (!_enabled.TryGetValue(target, out var other))
                Say(ProblemKind.Dangling, $"There is no service '{target}' to take a context from.", context.Place, path + ".build");
            else if (other["build"] is null)
                Say(ProblemKind.Dangling, $"The service '{target}' is not built, so there is no context to take from it.", context.Place,
                    path + ".build");
        }

        if (service.TextAt("platform") is { Length: > 0 } platform && build["platforms"] is { IsList: true, Items.Count: > 0 } platforms
            && !platforms.Items.Exists(p => p.IsUnknown || (p.IsText && p.Text == platform)))
            Say(ProblemKind.Contradiction, $"'build.platforms' must have the service's platform '{platform}' among them.",
                platforms.Place, path + ".build.platforms");
        _ = name;
    }

    private void CheckNumbers(string name, ComposeValue service, string path)
    {
        var (scale, replicas) = (service["scale"], service["deploy"]?["replicas"]);
        if (scale is { Kind: ValueKind.Integer } one && replicas is { Kind: ValueKind.Integer } other && one.Integer != other.Integer)
            Say(ProblemKind.Contradiction, "'scale' and 'deploy.replicas' say different numbers.", scale.Place, path + ".scale");
        foreach (var count in (ComposeValue?[])[scale, replicas])
        {
            if (count is { Kind: ValueKind.Integer, Integer: < 0 })
                Say(ProblemKind.OutOfRange, "There cannot be less than no container.", count.Place, path + ".scale");
        }

        if (ComposeProject.ScaleOf(service) > 1 && !IsEmpty(service["container_name"]) && service["container_name"] is { IsUnknown: false })
            Say(ProblemKind.Contradiction,
                $"'container_name' is one name, and {ComposeProject.ScaleOf(service)} containers of '{name}' cannot all have it.",
                service.PlaceOf("container_name"), path + ".container_name");
        var (limits, reservations) = (service["deploy"]?["resources"]?["limits"], service["deploy"]?["resources"]?["reservations"]);
        Same("cpus", limits, "cpus", "limits", v => v.Kind == ValueKind.Float ? (float)v.Number : v.Kind == ValueKind.Integer ? v.Integer
            : v.IsText && Syntax.GoTemplate.GoNumbers.ParseFloat(v.Text) is { } number ? (float)number : null);
        Same("mem_limit", limits, "memory", "limits", BytesOf);
        Same("mem_reservation", reservations, "memory", "reservations", BytesOf);
        Same("pids_limit", limits, "pids", "limits", v => v.Kind == ValueKind.Integer ? v.Integer : null);

        void Same(string field, ComposeValue? holder, string inner, string where, Func<ComposeValue, double?> number)
        {
            if (service[field] is not { } value || holder is not { IsMap: true } || number(value) is not { } outer || outer == 0)
                return;
            var deployed = holder[inner];
            if (deployed is { IsUnknown: true })
                return;
            if ((deployed is null ? 0 : number(deployed)) is { } within && within != outer)
                Say(ProblemKind.Contradiction, $"'{field}' and 'deploy.resources.{where}.{inner}' say different things.", value.Place,
                    $"{path}.{field}");
        }
    }

    private static double? BytesOf(ComposeValue value) => value.Kind == ValueKind.Integer ? value.Integer
        : value.IsText ? ByteSizes.Parse(value.Text) : null;

    private void CheckMounts(ComposeValue service, string path)
    {
        if (!_rules.ChecksMounts)
            return;
        var targets = new HashSet<string>(StringComparer.Ordinal);
        var temporary = service["tmpfs"] is { IsText: true } single ? [single] : service["tmpfs"]?.Items ?? [];
        foreach (var one in temporary.Where(t => t.IsText))
        {
            if (!targets.Add(one.Text.Split(':')[0]))
                Say(ProblemKind.Duplicate, $"Something is already mounted on '{one.Text.Split(':')[0]}'.", one.Place, path + ".tmpfs");
        }

        foreach (var volume in service["volumes"]?.Items ?? [])
        {
            if (volume.TextAt("target") is { } target && !targets.Add(target))
                Say(ProblemKind.Duplicate, $"Something is already mounted on '{target}'.", volume["target"]!.Place ?? volume.Place,
                    path + ".volumes");
        }
    }

    private void CheckNames()
    {
        if (!_rules.RefusesSharedNames)
            return;
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, service) in _enabled)
        {
            if (service.TextAt("container_name") is not { Length: > 0 } own)
                continue;
            if (names.TryGetValue(own, out var other))
                Say(ProblemKind.Duplicate, $"The containers of '{other}' and '{name}' would both be called '{own}'.",
                    service["container_name"]!.Place, $"services.{name}.container_name");
            else
                names[own] = name;
        }
    }

    // Once for each ring: where a walk meets a service that it is still inside of.
    private void CheckCycles()
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in _enabled.Keys)
        {
            var open = new List<string>();
            var walk = new Stack<(string Name, bool IsLeaving)>();
            walk.Push((start, false));
            while (walk.Count > 0)
            {
                var (name, isLeaving) = walk.Pop();
                if (isLeaving)
                {
                    open.RemoveAt(open.Count - 1);
                    done.Add(name);
                    continue;
                }

                if (open.IndexOf(name) is var at and >= 0)
                {
                    Say(ProblemKind.Contradiction,
                        $"The services wait for each other: {string.Join(" → ", open.Skip(at).Concat([name]))}.",
                        _enabled[name]["depends_on"]?.Place ?? KeyOf(name), $"services.{name}.depends_on");
                    return;
                }

                if (done.Contains(name))
                    continue;
                open.Add(name);
                walk.Push((name, true));
                foreach (var dependency in _enabled[name]["depends_on"]?.Fields.Keys ?? Enumerable.Empty<string>())
                {
                    if (_enabled.ContainsKey(dependency))
                        walk.Push((dependency, false));
                }
            }
        }
    }

    private void Refer(IEnumerable<string>? names, string section, string what, Func<string, ValuePlace?> placeOf, string path)
    {
        foreach (var name in names ?? [])
        {
            if (_root[section] is { IsUnknown: true } || _root[section]?[name] is not null)
                continue;
            var nearest = Shapes.NearestName.Of(name, _root[section]?.Fields.Keys ?? Enumerable.Empty<string>());
            Say(ProblemKind.Dangling,
                $"There is no {what} '{name}' in this project{(nearest is null ? "." : $"; did you mean '{nearest}'?")}",
                placeOf(name), $"{path}.{section}", (what, name));
        }
    }

    private ValuePlace? KeyOf(string service) => _root["services"]?.PlaceOf(service);

    private static bool IsEmpty(ComposeValue? value) => value is null or { IsNull: true } or { IsText: true, Text.Length: 0 };

    private void Say(ProblemKind kind, string message, ValuePlace? place, string path, (string Type, string Name)? missing = null) =>
        _problems.Add(new ComposeProblem(kind, message, place, path) { IsOfWhole = true, Missing = missing });
}
