using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Repave.Schemas.Generator;

/// <summary>Reads from a clone of Ansible which keywords plays, tasks, blocks and imports take, and which modules change the host that they
/// run on. That is known of a module by the folder that Ansible's last release with all modules kept it in, together with its source,
/// which says whether it ever reports a change.</summary>
internal static partial class AnsibleFacts
{
    private const string LastWithAllModules = "v2.9.27";

    private const string Modules = "lib/ansible/modules/";

    private const string Actions = "lib/ansible/plugins/action/";

    // A result that may be changed, in Python and in PowerShell.
    private const string ReportsChange = "[cC]hanged['\"]?\\]?[[:space:]]*[=:][[:space:]]*([^F=$[:space:]]|[$][^fF])";

    private const string TakesFileOptions = "^ *(- |extends_documentation_fragment:.*)files *[],]?";

    private static readonly (string Keyword, string Class)[] Holders =
    [
        ("play", "Play"), ("task", "Task"), ("handler", "Handler"), ("block", "Block"),
        ("import", "PlaybookInclude"), ("role", "RoleDefinition"),
    ];

    private static readonly Dictionary<string, string> Groups = new(StringComparer.Ordinal)
    {
        ["commands"] = "commands",
        ["files"] = "files",
        ["source_control"] = "files",
        ["packaging"] = "packages",
        ["system"] = "system",
        ["windows"] = "windows",
    };

    // Modules that came after the folders were given up.
    private static readonly Dictionary<string, string> Later = new(StringComparer.Ordinal)
    {
        ["deb822_repository"] = "packages",
        ["dnf5"] = "packages",
        ["systemd_service"] = "system",
    };

    // These report a change of the machine that Ansible runs on, or of another one that they ask.
    private static readonly string[] ChangeOthers = ["fetch", "uri"];

    /// <summary>Writes the facts.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="ansible">The clone.</param>
    /// <exception cref="IOException">git is missing, or the clone lacks a file.</exception>
    /// <exception cref="InvalidDataException">A class is not found where it was.</exception>
    public static void Write(string folder, string ansible)
    {
        var clone = new SchemaClone(ansible);
        var version = Quoted().Match(clone.Git("show", "HEAD:lib/ansible/release.py")).Groups[1].Value;
        var commit = clone.Git("rev-parse", "--short=12", "HEAD").Trim();
        var text = new StringBuilder("# What Ansible's playbooks consist of, and which modules change the host that they run on. Made by "
            + $"schemas/Generator from github.com/ansible/ansible {version} ({commit}) and {LastWithAllModules}; do not edit.\n"
            + "# keyword <what takes it> <name>[!] <type>\n"
            + "# module <name> <what it changes; a line for nothing> <full name where it is not ansible.builtin's>\n");
        AppendKeywords(text, clone);
        AppendModules(text, clone);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "playbook.facts"), text.ToString());
    }

    private static void AppendKeywords(StringBuilder text, SchemaClone clone)
    {
        var source = string.Join('\n', clone.Git("ls-tree", "-r", "--name-only", "HEAD", "lib/ansible/playbook/").Split('\n')
            .Where(file => file.EndsWith(".py", StringComparison.Ordinal)).Select(file => clone.Git("show", "HEAD:" + file)));
        var classes = new Dictionary<string, (string[] Parents, List<(string Name, string Type)> Fields)>(StringComparer.Ordinal);
        List<(string, string)>? open = null;
        foreach (var line in source.Split('\n'))
        {
            if (Class().Match(line) is { Success: true } begin)
                classes[begin.Groups[1].Value] = (begin.Groups[2].Value.Split(',', StringSplitOptions.TrimEntries), open = []);
            else if (open is not null && Field().Match(line) is { Success: true } field
                && !line.Contains("private=True", StringComparison.Ordinal))
                open.Add(FieldOf(field, line));
        }

        foreach (var (keyword, name) in Holders)
        {
            if (!classes.ContainsKey(name))
                throw new InvalidDataException($"Ansible's source has no class '{name}'.");
            foreach (var (field, type) in FieldsOf(name, classes).DistinctBy(found => found.Name)
                .OrderBy(found => found.Name, StringComparer.Ordinal))
                text.Append(CultureInfo.InvariantCulture, $"keyword {keyword} {field} {type}\n");
        }
    }

    private static (string Name, string Type) FieldOf(Match field, string line)
    {
        var name = Alias().Match(line) is { Success: true } alias ? alias.Groups[1].Value : field.Groups[1].Value;
        var demand = line.Contains("required=True", StringComparison.Ordinal) ? "!" : "";
        return (name + demand, Kind().Match(line).Groups[1].Value);
    }

    private static IEnumerable<(string Name, string Type)> FieldsOf(string name,
        Dictionary<string, (string[] Parents, List<(string Name, string Type)> Fields)> classes) =>
        !classes.TryGetValue(name, out var found) ? []
            : found.Fields.Concat(found.Parents.SelectMany(parent => FieldsOf(parent, classes)));

    private static void AppendModules(StringBuilder text, SchemaClone clone)
    {
        var builtin = NamesIn(clone, "HEAD", Modules).Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
        var folders = NamesIn(clone, LastWithAllModules, Modules).GroupBy(file => file.Name)
            .ToDictionary(group => group.Key, group => group.First().Folder, StringComparer.Ordinal);
        var runtime = clone.Git("show", "HEAD:lib/ansible/config/ansible_builtin_runtime.yml");
        // What has only an action of another module left stands further on.
        var moved = Redirect().Matches(Between(runtime, "\n  modules:\n", "\n  module_utils:\n"))
            .Concat(Redirect().Matches(Between(runtime, "\n  action:\n", "\n  become:\n")))
            .DistinctBy(match => match.Groups[1].Value)
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value, StringComparer.Ordinal);
        HashSet<string> changing =
        [
            .. Found(clone, "HEAD", ReportsChange, Modules), .. Found(clone, "HEAD", ReportsChange, Actions),
            .. Found(clone, LastWithAllModules, ReportsChange, Modules),
        ];
        HashSet<string> writing =
        [
            .. Found(clone, "HEAD", TakesFileOptions, Modules), .. Found(clone, LastWithAllModules, TakesFileOptions, Modules),
        ];
        foreach (var name in folders.Keys.Union(builtin).Order(StringComparer.Ordinal))
        {
            var full = builtin.Contains(name) ? null : moved.GetValueOrDefault(name);
            if (full is null && !builtin.Contains(name))
                continue;
            var group = GroupOf(name, folders.GetValueOrDefault(name), changing.Contains(name), writing.Contains(name));
            if (group is not null || full is null)
                text.Append(CultureInfo.InvariantCulture, $"module {name} {group ?? "-"}{(full is null ? "" : " " + full)}\n");
        }
    }

    private static string? GroupOf(string name, string? folder, bool changes, bool writes)
    {
        if (ChangeOthers.Contains(name) || name.EndsWith("_facts", StringComparison.Ordinal)
            || name.EndsWith("_info", StringComparison.Ordinal))
            return null;
        if (Later.TryGetValue(name, out var later))
            return later;
        // What network devices and clouds keep is not a host's.
        if (folder is null or "network" or "cloud" || (!Groups.ContainsKey(folder) && !writes))
            return null;
        var group = Groups.GetValueOrDefault(folder) ?? "files";
        // What runs a command or another module reports what that reports.
        return changes || writes || group is "commands" or "packages" ? group : null;
    }

    private static IEnumerable<(string Name, string Folder)> NamesIn(SchemaClone clone, string revision, string folder) =>
        clone.Git("ls-tree", "-r", "--name-only", revision, folder).Split('\n')
            .Where(file => !file.EndsWith("__init__.py", StringComparison.Ordinal)
                && (file.EndsWith(".py", StringComparison.Ordinal) || file.EndsWith(".ps1", StringComparison.Ordinal)))
            .Select(file => (Path.GetFileNameWithoutExtension(file).TrimStart('_'), file[folder.Length..].Split('/')[0]));

    private static IEnumerable<string> Found(SchemaClone clone, string revision, string pattern, string folder) =>
        clone.Git("grep", "-lE", pattern, revision, "--", folder).Split('\n').Select(Path.GetFileNameWithoutExtension)
            .OfType<string>().Select(name => name.TrimStart('_'));

    private static string Between(string source, string start, string end)
    {
        var at = source.IndexOf(start, StringComparison.Ordinal);
        var to = at < 0 ? -1 : source.IndexOf(end, at, StringComparison.Ordinal);
        return to < 0 ? throw new InvalidDataException($"Ansible's list of moved modules has no '{start.Trim()}'.") : source[at..to];
    }

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^class (\w+)(?:\(([^)]*)\))?:")]
    private static partial Regex Class();

    [GeneratedRegex(@"^    (\w+) = \w*FieldAttribute\(")]
    private static partial Regex Field();

    [GeneratedRegex("alias='(\\w+)'")]
    private static partial Regex Alias();

    [GeneratedRegex("isa='(\\w+)'")]
    private static partial Regex Kind();

    [GeneratedRegex(@"\n    (\w+):\n      redirect: ([\w.]+)")]
    private static partial Regex Redirect();
}
