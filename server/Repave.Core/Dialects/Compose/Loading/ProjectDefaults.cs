namespace Repave.Core.Dialects.Compose.Loading;

/// <summary>What Compose adds to a project by itself: defaults, the default network, names, and dependencies that follow from links and
/// shared namespaces.</summary>
internal static class ProjectDefaults
{
    private const string ServicePrefix = "service:";
    private static readonly string[] Namespaces = ["network_mode", "ipc", "pid", "uts", "cgroup"];

    /// <summary>Puts defaults into a project of which every file was read.</summary>
    public static void Set(ComposeValue project)
    {
        foreach (var service in Held(project["services"]))
        {
            if (service["build"] is { IsMap: true } build && build["context"] is null)
                build.Set("context", ComposeValue.Of("."));
            foreach (var secret in service["secrets"]?.Items ?? [])
            {
                if (secret.IsMap && secret["target"] is null && secret["source"] is { } source)
                    secret.Set("target", source.IsUnknown ? source : ComposeValue.Of($"/run/secrets/{source.Print()}"));
            }

            foreach (var port in service["ports"]?.Items ?? [])
            {
                if (!port.IsMap)
                    continue;
                if (port["protocol"] is null)
                    port.Set("protocol", ComposeValue.Of("tcp"));
                if (port["mode"] is null)
                    port.Set("mode", ComposeValue.Of("ingress"));
            }

            var devices = service["deploy"]?["resources"]?["reservations"]?["devices"]?.Items ?? [];
            foreach (var device in devices.Concat(service["gpus"]?.Items ?? []).Where(d => d.IsMap))
            {
                if (device["count"] is null && device["device_ids"] is null)
                    device.Set("count", ComposeValue.Of("all"));
            }
        }
    }

    /// <summary>Makes what is implied explicit.</summary>
    /// <param name="project">The project.</param>
    /// <param name="name">Its name.</param>
    /// <param name="environment">The value of a variable; null if it has none.</param>
    /// <param name="rules">The version of Compose.</param>
    public static void Normalize(ComposeValue project, string name, Func<string, string?> environment, ComposeRules rules)
    {
        NormalizeNetworks(project, rules);
        foreach (var service in Held(project["services"]))
            NormalizeService(service, environment, rules);
        foreach (var section in (string[])["networks", "volumes", "configs", "secrets"])
        {
            if (project[section] is not { IsMap: true } resources)
                continue;
            foreach (var key in resources.Fields.Keys.ToList())
            {
                var resource = resources.Fields[key];
                if (resource.IsNull)
                    resources.Fields[key] = resource = ComposeValue.Map(resource.Place);
                if (resource.IsMap && resource["name"] is null or { IsNull: true })
                    resource.Set("name", ComposeValue.Of(resource["external"] is { IsTrue: true } ? key : $"{name}_{key}"));
            }
        }
    }

    private static void NormalizeNetworks(ComposeValue project, ComposeRules rules)
    {
        if (project["networks"] is { IsMap: false, IsNull: false })
            return;
        var networks = project["networks"] is { IsMap: true } declared ? declared : ComposeValue.Map();
        var usesDefault = !rules.AddsDefaultNetworkWhereUsed;
        foreach (var service in Held(project["services"]))
        {
            if (service["provider"] is not null || service["network_mode"] is not null)
                continue;
            var own = service["networks"];
            if (own is { IsUnknown: true })
                continue;
            if (own is null || (own.IsMap && own.Fields.Count == 0 && rules.AddsDefaultNetworkWhereUsed))
            {
                var only = ComposeValue.Map();
                only.Set("default", ComposeValue.Null());
                service.Set("networks", only);
                usesDefault = true;
            }
            else if (own["default"] is not null)
            {
                usesDefault = true;
            }
        }

        if (usesDefault && networks["default"] is null)
            networks.Set("default", ComposeValue.Null());
        if (networks.Fields.Count > 0)
            project.Set("networks", networks);
    }

    private static void NormalizeService(ComposeValue service, Func<string, string?> environment, ComposeRules rules)
    {
        if (service.TextAt("pull_policy") == "if_not_present")
            service.Set("pull_policy", ComposeValue.Of("missing", service["pull_policy"]!.Place));
        if (service["build"] is { IsMap: true } build)
        {
            if (build["context"] is null or { IsNull: true })
                build.Set("context", ComposeValue.Of("."));
            if (build["dockerfile"] is null && build["dockerfile_inline"] is null)
                build.Set("dockerfile", ComposeValue.Of("Dockerfile"));
            if (build["args"] is { } args)
                build.Set("args", Resolve(args, environment, false));
        }

        if (service["environment"] is { } own)
            service.Set("environment", Resolve(own, environment, rules.KeepsVariablesWithoutValue));
        var dependencies = service["depends_on"] is { IsMap: true } written ? written : ComposeValue.Map();
        foreach (var link in (service["links"]?.Items ?? []).Where(l => l.IsText))
            Depend(link.Text.Split(':') is [var linked, _] ? linked : link.Text, true, link.Place);
        foreach (var field in Namespaces)
        {
            if (service.TextAt(field) is { } mode && mode.StartsWith(ServicePrefix, StringComparison.Ordinal))
                Depend(mode.Substring(ServicePrefix.Length), true, service[field]!.Place);
        }

        if (rules.CleansTargets)
        {
            foreach (var volume in (service["volumes"]?.Items ?? []).Where(v => v.IsMap))
            {
                if (volume.TextAt("target") is { } target)
                    volume.Set("target", ComposeValue.Of(ComposePaths.Clean(target), volume["target"]!.Place));
            }
        }

        foreach (var from in (service["volumes_from"]?.Items ?? []).Where(v => v.IsText))
        {
            if (!from.Text.StartsWith("container:", StringComparison.Ordinal))
                Depend(from.Text.Split(':')[0], false, from.Place);
        }

        if (dependencies.Fields.Count > 0)
            service.Set("depends_on", dependencies);

        void Depend(string name, bool restarts, ValuePlace? place)
        {
            if (dependencies[name] is not null)
                return;
            var dependency = Canonical.Dependency(place);
            dependency.Set("restart", ComposeValue.Of(restarts));
            dependencies.Set(name, dependency, place);
        }
    }

    private static ComposeValue Resolve(ComposeValue value, Func<string, string?> environment, bool keepsEmpty)
    {
        if (value.IsMap)
        {
            var resolved = ComposeValue.Map(value.Place);
            foreach (var (name, one) in value.Fields)
            {
                if (!one.IsNull)
                    resolved.Take(name, value);
                else if (environment(name) is { } known)
                    resolved.Set(name, ComposeValue.Of(known, one.Place), value.PlaceOf(name));
                else if (keepsEmpty)
                    resolved.Take(name, value);
            }

            return resolved;
        }

        if (!value.IsList)
            return value;
        return ComposeValue.List(value.Place, value.Items.Select(item => !item.IsText || item.Text.IndexOf('=') >= 0 ? item
            : environment(item.Text) is { } known ? ComposeValue.Of($"{item.Text}={known}", item.Place)
            : keepsEmpty ? item : null).OfType<ComposeValue>());
    }

    /// <summary>The values of a section.</summary>
    public static IEnumerable<ComposeValue> Held(ComposeValue? section) => (section?.Fields.Values ?? Enumerable.Empty<ComposeValue>())
        .Where(value => value.IsMap);
}
