using Repave.Core.Dialects.Compose.Loading;
using Repave.Core.Model;
using Repave.Core.Plans.Replacement;

namespace Repave.Core.Dialects.Compose.Plans.Drift;

/// <summary>What was changed in one container since Compose made it.</summary>
internal sealed class ContainerDrift
{
    // A container that had its packages upgraded has thousands.
    private const int MostFiles = 20;

    // What programs write while they run. Elsewhere an image's files are its version.
    private static readonly string[] WrittenByPrograms = ["/tmp", "/var/tmp", "/run", "/var/run", "/var/log", "/var/cache", "/var/lib",
        "/var/spool", "/proc", "/sys", "/dev"];

    private readonly ComposeProject _project;
    private readonly ComposeValue _service;
    private readonly Resource _resource;
    private readonly LiveContainer _container;
    private readonly ComposeEvidence _evidence;
    private readonly List<DriftItem> _found = [];

    public ContainerDrift(ComposeProject project, ComposeValue service, Resource resource, LiveContainer container,
        ComposeEvidence evidence) =>
        (_project, _service, _resource, _container, _evidence) = (project, service, resource, container, evidence);

    /// <summary>What was found.</summary>
    public IReadOnlyList<DriftItem> Found => _found;

    /// <summary>Compares its name, state, networks and limits with those that its service says.</summary>
    public void CompareSettings()
    {
        var name = _service.TextAt("container_name") ?? $"{_project.Name}-{_resource.Id.Name}-{_container.Number}";
        if (_container.Name != name)
            Say("container_name", $"'{name}' was renamed to '{_container.Name}'", "docker rename", "container_name");
        if (_container.State == "paused")
            Say("", $"'{_container.Name}' is paused", "docker pause", "");
        CompareNetworks();
        foreach (var limit in ContainerLimits.Of(_service))
        {
            if (_container.Limits.TryGetValue(limit.Key, out var there) && there != limit.Wanted)
                Say(limit.Path, $"'{_container.Name}' has {Show(there)}, and {Show(limit.Wanted)} was meant", "docker update", limit.Path);
        }
    }

    /// <summary>Compares its files with those of its image.</summary>
    public void CompareFiles(List<string> notes)
    {
        if (_evidence.Files is null)
            return;
        if (_evidence.Files.ChangedIn(_container.Id, out var problem) is not { } all)
        {
            notes.Add($"What was written in '{_container.Name}' the engine does not say: {problem}.");
            return;
        }

        // Folders in which something changed say nothing that it does not.
        var holders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var change in all)
        {
            for (var at = change.Path.LastIndexOf('/'); at > 0; at = change.Path.LastIndexOf('/', at - 1))
            {
                // The folders above one that is known are known.
                if (!holders.Add(change.Path.Substring(0, at)))
                    break;
            }
        }

        var mounts = Mounts();
        var left = 0;
        var said = 0;
        foreach (var change in all.Where(c => !holders.Contains(c.Path) && !IsBelow(mounts, c.Path) && !HoldsMount(mounts, c)))
        {
            var isAllowed = IsBelow(WrittenByPrograms, change.Path);
            if (!isAllowed && ++said > MostFiles)
            {
                left++;
                continue;
            }

            var verb = change.Kind switch { 'A' => "added", 'D' => "deleted", _ => "changed" };
            Say(change.Path, $"was {verb} in '{_container.Name}'", null, "", isAllowed);
        }

        if (left > 0)
            notes.Add($"{left} more file{(left == 1 ? " was" : "s were")} changed in '{_container.Name}' (docker diff names them).");
    }

    private void CompareNetworks()
    {
        if (_container.State != "running")
            return;
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var network in _evidence.Networks)
            names[network.Id] = network.Name;
        var there = _container.Networks.Select(n => names.TryGetValue(n, out var known) ? known : n).ToList();
        var wanted = ProjectState.NetworksOf(_project, _service);
        var mode = _service.TextAt("network_mode");
        foreach (var more in there.Where(n => !wanted.Contains(n) && n != mode && mode != "default"))
            Say("networks", $"'{_container.Name}' was connected to the network '{more}'", "docker network connect", "networks");
        foreach (var less in wanted.Where(n => !there.Contains(n)))
            Say("networks", $"'{_container.Name}' was disconnected from the network '{less}'", "docker network disconnect", "networks");
    }

    // Compose copies secrets and configs into containers where no file of the host can be mounted.
    private List<string> Mounts()
    {
        var mounts = new List<string>(_container.Mounts);
        foreach (var (field, folder) in ((string, string)[])[("secrets", "/run/secrets/"), ("configs", "/")])
        {
            foreach (var item in _service[field]?.Items ?? [])
            {
                var target = item.TextAt("target") ?? item.TextAt("source") ?? (item.IsText ? item.Text : null);
                if (target is { Length: > 0 })
                    mounts.Add(target[0] == '/' ? target : folder + target);
            }
        }

        return mounts;
    }

    private static bool IsBelow(IEnumerable<string> folders, string path) => folders.Any(f => path == f.TrimEnd('/')
        || path.StartsWith(f.TrimEnd('/') + "/", StringComparison.Ordinal));

    // The engine makes the folders that something is mounted in.
    private static bool HoldsMount(IEnumerable<string> mounts, FileChange change) => change.Kind != 'D'
        && mounts.Any(m => m.StartsWith(change.Path + "/", StringComparison.Ordinal));

    private static string Show(string value) => value.Length == 0 ? "none" : $"'{value}'";

    private void Say(string path, string what, string? operation, string field, bool isAllowed = false)
    {
        var place = field.Length == 0 ? null : PlaceOf(field);
        var (manifest, slot, span) = place is { } at ? (at.File.Manifest, at.File.Slot, at.Node.Span)
            : (_resource.Manifest, _resource.Slot, _resource.NameSpan);
        _found.Add(new DriftItem(_resource, path, null, operation, null, isAllowed, new Place(manifest, slot, span)) { What = what });
    }

    private ValuePlace? PlaceOf(string field)
    {
        ComposeValue? at = _service;
        ValuePlace? place = null;
        foreach (var step in field.Split('.'))
        {
            if (at?[step] is null)
                return place;
            (place, at) = (at.PlaceOf(step), at[step]);
        }

        return place;
    }
}
