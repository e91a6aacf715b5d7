using Repave.Core.Builds;
using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Ansible;

/// <summary>What the files of a repository say of plays: the tasks of their roles, and which playbooks run where an image is
/// built.</summary>
internal sealed class PlaybookWorkspace
{
    // A role may include another one that includes it.
    private const int MaxFiles = 200;

    private readonly Dictionary<string, TaskFile> _files = new(StringComparer.Ordinal);
    private readonly HashSet<string> _inBuilds = new(StringComparer.Ordinal);

    /// <param name="set">Plays and the tasks of roles.</param>
    /// <param name="manifests">All files.</param>
    public PlaybookWorkspace(ResourceSet set, IReadOnlyList<Manifest> manifests)
    {
        foreach (var file in set.All.OfType<TaskFile>())
            _files[file.Manifest.Path] = file;
        foreach (var dialect in DialectCatalogue.All.OfType<IRunsInBuilds>())
            _inBuilds.UnionWith(manifests.SelectMany(dialect.FilesRunBy).Select(Bare).Where(static file => file.Length > 0));
        var imports = set.All.OfType<Play>().Where(static play => play.IsImport).ToList();
        // What such a playbook brings in runs there too.
        for (var before = -1; before < _inBuilds.Count;)
        {
            before = _inBuilds.Count;
            foreach (var import in imports.Where(import => IsRunInBuild(import.Manifest.Path)))
            {
                if (ImportedBy(import) is { } file)
                    _inBuilds.Add(file);
            }
        }
    }

    /// <summary>Whether a build runs a playbook, as far as files say so.</summary>
    public bool IsRunInBuild(string path) => _inBuilds.Any(file =>
        path == file || path.EndsWith("/" + file, StringComparison.Ordinal) || file.EndsWith("/" + path, StringComparison.Ordinal));

    /// <summary>Whether the same is known.</summary>
    public bool IsSame(PlaybookWorkspace other) => _inBuilds.SetEquals(other._inBuilds) && _files.Count == other._files.Count
        && _files.All(file => other._files.TryGetValue(file.Key, out var same)
            && ReferenceEquals(same.Slot.Document, file.Value.Slot.Document));

    /// <summary>The tasks of a play, those of its roles and of what they include among them, as far as their files are here.</summary>
    public IEnumerable<AnsibleTask> TasksOf(Play play)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var own = AnsibleTasks.OfPlay(play.Root).ToList();
        return own.Concat(Included(own, play.Manifest, seen))
            .Concat(play.Root.ItemsAt("roles").SelectMany(role => OfRole(NameOf(role), null, play.Manifest, seen)));
    }

    private IEnumerable<AnsibleTask> Included(IReadOnlyList<AnsibleTask> tasks, Manifest from, HashSet<string> seen)
    {
        foreach (var task in tasks)
        {
            var found = LastPart(task.Module) switch
            {
                "include_role" or "import_role" => OfRole(task.Argument("name"), task.Argument("tasks_from"), from, seen),
                "include_tasks" or "import_tasks" => OfFile(BuildPaths.Join(from.Folder ?? "", task.Argument("file") ?? ""), seen),
                _ => [],
            };
            foreach (var inner in found)
                yield return inner;
        }
    }

    private IEnumerable<AnsibleTask> OfRole(string? name, string? tasks, Manifest from, HashSet<string> seen)
    {
        if (name is null || FolderOf(name, from.Folder ?? "") is not { } folder)
            return [];
        var main = tasks is null ? "main" : Bare(tasks);
        return OfFile($"{folder}/tasks/{main}", seen).Concat(OfFile($"{folder}/handlers/main", seen));
    }

    private IEnumerable<AnsibleTask> OfFile(string path, HashSet<string> seen)
    {
        var file = _files.GetValueOrDefault(path) ?? _files.GetValueOrDefault(path + ".yml") ?? _files.GetValueOrDefault(path + ".yaml");
        if (file is null || seen.Count > MaxFiles || !seen.Add(file.Manifest.Path))
            return [];
        var own = AnsibleTasks.In(file.Tasks, file.AreHandlers).ToList();
        return own.Concat(Included(own, file.Manifest, seen));
    }

    // Roles lie beside the playbook or above it; where neither is so, the only role of that name is meant.
    private string? FolderOf(string role, string folder)
    {
        var name = BuildPaths.Clean(role);
        for (var above = folder; ; above = above.LastIndexOf('/') is > 0 and var slash ? above.Substring(0, slash) : "")
        {
            var own = BuildPaths.Join(above, "roles/" + name);
            if (_files.Keys.Any(file => file.StartsWith(own + "/", StringComparison.Ordinal)))
                return own;
            if (above.Length == 0)
                break;
        }

        var part = $"/roles/{name}/tasks/";
        var folders = _files.Keys.Where(file => file.Contains(part, StringComparison.Ordinal))
            .Select(file => file.Substring(0, file.IndexOf(part, StringComparison.Ordinal))).Distinct().ToList();
        return folders.Count == 1 ? $"{folders[0]}/roles/{name}" : null;
    }

    private static string? ImportedBy(Play import)
    {
        var named = import.Root.AllEntries.FirstOrDefault(static entry => LastPart(entry.Name) is "import_playbook" or "include");
        return named?.Value.Resolved is ScalarNode { Value: var file } ? BuildPaths.Join(import.Manifest.Folder ?? "", file) : null;
    }

    private static string? NameOf(Node role) => role is ScalarNode { IsNull: false } text ? text.Value
        : role.TextAt("role") ?? role.TextAt("name");

    private static string LastPart(string? name) => name?.Substring(name.LastIndexOf('.') + 1) ?? "";

    // A path as a build names it, from wherever it is started.
    private static string Bare(string file)
    {
        var path = file.LastIndexOf('}') is >= 0 and var brace ? file.Substring(brace + 1) : file;
        path = BuildPaths.Clean(path.TrimStart('/'));
        while (path.StartsWith("../", StringComparison.Ordinal))
            path = path.Substring("../".Length);
        return path;
    }
}
