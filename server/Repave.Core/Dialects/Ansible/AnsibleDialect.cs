using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Yaml;

namespace Repave.Core.Dialects.Ansible;

/// <summary>Ansible's playbooks, and the tasks and handlers of roles: what changes hosts that are there already.</summary>
public sealed class AnsibleDialect : Dialect
{
    internal const string DialectName = "ansible";

    private const string Import = "import_playbook";

    private const string OldImport = "include";

    private static readonly string[] BlocksOfTasks = ["tasks", "pre_tasks", "post_tasks", "handlers", "roles"];

    /// <inheritdoc/>
    public override string Name => DialectName;

    /// <inheritdoc/>
    public override bool MayHold(string path, string text) => text.Contains("hosts:", StringComparison.Ordinal)
        || text.Contains(Import, StringComparison.Ordinal) || FolderOfTasks(path) is not null;

    /// <inheritdoc/>
    public override DocumentReading Read(Manifest manifest, DocumentSlot slot)
    {
        if (slot.Document is not YamlDocument { IsWhole: true, Root: ListNode { Items.Count: > 0 } root })
            return DocumentReading.Foreign;
        var items = root.ResolvedItems.ToList();
        if (!items.TrueForAll(static item => item is MapNode))
            return DocumentReading.Foreign;
        if (IsPlaybook(items))
            return new DocumentReading(Recognition.Mine, [.. Plays(manifest, slot, items)]);
        return FolderOfTasks(manifest.Path) is { } folder && items.Exists(item => AnsibleTasks.IsSurely((MapNode)item))
            ? new DocumentReading(Recognition.Mine,
                [new TaskFile(new ResourceId(DialectName, folder, null, manifest.Path), manifest, slot)])
            : DocumentReading.Foreign;
    }

    /// <inheritdoc/>
    public override void FindSecrets(Document document, SecretNodes found)
    {
        if (document.Root is not ListNode root)
            return;
        foreach (var play in root.ResolvedItems.OfType<MapNode>().Where(static item => item.Has("hosts")))
        {
            foreach (var entry in play.MappingAt("vars")?.AllEntries ?? [])
            {
                if (entry.Name is { } name && SecretNames.IsCertain(name))
                    found.Add(entry.Value);
            }
        }
    }

    /// <inheritdoc/>
    public override DialectSet Prepare(ResourceSet set, IReadOnlyList<Manifest> manifests, Settings settings) =>
        new AnsibleSet(set, manifests);

    /// <summary>Whether a play is one that brings in another playbook.</summary>
    internal static bool IsImport(MapNode play) => ImportOf(play) is not null;

    // Other files are lists with hosts too (targets of monitoring, say), and have nothing to do on them.
    private static bool IsPlaybook(List<Node> items) =>
        items.TrueForAll(static item => item is MapNode map && (map.Find("hosts") is not null || IsImport(map)))
        && items.Exists(static item => ImportOf((MapNode)item) is Import or "ansible.builtin.import_playbook"
            || Array.Exists(BlocksOfTasks, name => item[name] is ListNode));

    private static string? ImportOf(MapNode play) => play.AllEntries.Select(static entry => entry.Name)
        .FirstOrDefault(static name => name is Import or OldImport or "ansible.builtin.import_playbook"
            or "ansible.legacy.import_playbook");

    private static IEnumerable<Play> Plays(Manifest manifest, DocumentSlot slot, List<Node> items)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < items.Count; i++)
        {
            var name = items[i].TextAt("name") ?? items[i].TextAt("hosts") ?? $"{i + 1}";
            // What identifies a play is its place where it has its name from nobody.
            if (!seen.Add(name))
                seen.Add(name = $"{name} ({i + 1})");
            yield return new Play(new ResourceId(DialectName, "play", manifest.Path, name), manifest, slot, i);
        }
    }

    /// <summary><c>tasks</c> or <c>handlers</c> where a file is one of a role's; null where it is not.</summary>
    internal static string? FolderOfTasks(string path)
    {
        if (!IsYaml(path))
            return null;
        var parts = path.Split('/');
        var roles = Array.IndexOf(parts, "roles");
        // A role may lie in folders of its own.
        for (var i = roles + 2; roles >= 0 && i < parts.Length - 1; i++)
        {
            if (parts[i] is "tasks" or "handlers")
                return parts[i];
        }

        return null;
    }

    private static bool IsYaml(string path) =>
        path.EndsWith(".yml", StringComparison.Ordinal) || path.EndsWith(".yaml", StringComparison.Ordinal);
}
