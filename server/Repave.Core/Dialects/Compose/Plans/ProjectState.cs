using Repave.Core.Dialects.Compose.Loading;

namespace Repave.Core.Dialects.Compose.Plans;

/// <summary>What there is of a project before a change: as files of an earlier state would have made it, or as an engine says.</summary>
internal sealed class ProjectState
{
    private const string ServicePrefix = "service:";

    private readonly Dictionary<string, string> _networks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _volumes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ServiceState> _services = new(StringComparer.Ordinal);

    /// <summary>The project of the earlier state; null where only an engine was asked.</summary>
    public ComposeProject? Before { get; private init; }

    /// <summary>The services that have containers, by name.</summary>
    public IReadOnlyDictionary<string, ServiceState> Services => _services;

    /// <summary>The networks that there are, with the hash of their definition (empty where there is none), by their real names.</summary>
    public IReadOnlyDictionary<string, string> Networks => _networks;

    /// <summary>The volumes that there are, with the hash of their definition, by their real names.</summary>
    public IReadOnlyDictionary<string, string> Volumes => _volumes;

    /// <summary>What an earlier state of the files had made.</summary>
    public static ProjectState Of(ComposeProject before)
    {
        var state = new ProjectState { Before = before };
        foreach (var (name, service) in before.Services)
        {
            if (service["provider"] is not null)
                continue;
            state._services[name] = new ServiceState(before.HashOf(name), ComposeProject.ScaleOf(service), NetworksOf(before, service),
                VolumesOf(before, service))
            { Definition = service };
        }

        foreach (var name in before.UsedNetworks())
            state._networks[RealName(before, "networks", name)] = before.Section("networks")[name]["external"] is { IsTrue: true } ? ""
                : before.NetworkHash(name);
        foreach (var name in before.UsedVolumes())
            state._volumes[RealName(before, "volumes", name)] = before.Section("volumes")[name]["external"] is { IsTrue: true } ? ""
                : before.VolumeHash(name);
        return state;
    }

    /// <summary>What an engine says that there is.</summary>
    /// <param name="evidence">What it says.</param>
    /// <param name="project">The project's name.</param>
    public static ProjectState Of(ComposeEvidence evidence, string project)
    {
        var state = new ProjectState();
        var names = evidence.Networks.GroupBy(n => n.Id).ToDictionary(n => n.Key, n => n.First().Name, StringComparer.Ordinal);
        foreach (var group in evidence.Containers.Where(c => c.Project == project).GroupBy(c => c.Service))
        {
            var containers = group.OrderBy(c => c.Number).ToList();
            var first = containers[0];
            state._services[group.Key] = new ServiceState(
                containers.Select(c => c.Hash).Distinct().Count() == 1 ? first.Hash : "",
                containers.Count,
                [.. containers.Select(c => new HashSet<string>(c.Networks.Select(n => names.GetValueOrDefault(n) ?? n)))
                    .Aggregate((all, one) => { all.IntersectWith(one); return all; })],
                [.. first.Volumes.Select(v => v.Volume)])
            {
                Containers = containers,
            };
        }

        foreach (var network in evidence.Networks)
            state._networks[network.Name] = network.Hash ?? "";
        foreach (var volume in evidence.Volumes)
            state._volumes[volume.Name] = volume.Hash ?? "";
        return state;
    }

    /// <summary>The hash that containers of a service are labelled with, where it shares what belongs to those of others.</summary>
    public string HashOf(ComposeProject project, ComposeValue service)
    {
        var changed = service;
        foreach (var field in (string[])["network_mode", "ipc", "pid"])
        {
            if (service.TextAt(field) is { } mode && mode.StartsWith(ServicePrefix, StringComparison.Ordinal)
                && FirstContainer(mode.Substring(ServicePrefix.Length)) is { } id)
                (changed = changed.Copy()).Set(field, ComposeValue.Of($"container:{id}"));
        }

        if (service["volumes_from"] is { IsList: true } from)
        {
            changed = changed.Copy();
            changed.Set("volumes_from", ComposeValue.List(from.Place, from.Items.Select(item => !item.IsText ? item
                : item.Text.StartsWith("container:", StringComparison.Ordinal) ? ComposeValue.Of(item.Text.Split(':')[1])
                : FirstContainer(item.Text.Split(':')[0]) is { } id ? ComposeValue.Of(id) : item)));
        }

        return project.HashOf(changed);
    }

    private string? FirstContainer(string service) => _services.TryGetValue(service, out var state)
        ? state.Containers.OrderBy(c => c.Number).FirstOrDefault()?.Id : null;

    /// <summary>The real names of the networks that a service's containers are connected to.</summary>
    public static IReadOnlyList<string> NetworksOf(ComposeProject project, ComposeValue service) =>
        [.. (service["networks"]?.Fields.Keys ?? Enumerable.Empty<string>()).Where(project.Section("networks").ContainsKey)
            .Select(name => RealName(project, "networks", name))];

    /// <summary>The real names of the volumes that a service's containers mount.</summary>
    public static IReadOnlyList<string> VolumesOf(ComposeProject project, ComposeValue service) =>
        [.. project.VolumesIn(service).Where(project.Section("volumes").ContainsKey).Select(name => RealName(project, "volumes", name))];

    /// <summary>What the engine calls a network or volume.</summary>
    public static string RealName(ComposeProject project, string section, string name) =>
        project.Section(section).TryGetValue(name, out var value) && value.TextAt("name") is { Length: > 0 } own ? own : name;
}
