using Repave.Core.Shapes;

namespace Repave.Core.Dialects.Ansible;

/// <summary>What playbooks consist of, and what modules change (<c>schemas/ansible/playbook.facts</c>).</summary>
internal static class PlaybookFacts
{
    private const string Builtin = "ansible.builtin.";

    private const string Legacy = "ansible.legacy.";

    // In the order in which people are told of them.
    private static readonly string[] GroupOrder = ["packages", "files", "system", "commands", "windows"];

    private static readonly Lazy<IReadOnlyList<string[]>> Lines = new(static () => [.. EmbeddedPacks
        .Text(AnsibleDialect.DialectName, "playbook.facts").Split('\n').Where(static line => line.Length > 0 && line[0] != '#')
        .Select(static line => line.Split(' '))]);

    private static readonly Lazy<Dictionary<string, string>> Modules = new(ReadModules);

    private static readonly Lazy<Dictionary<string, Shape>> Shapes = new(static () => Lines.Value
        .Where(static words => words[0] == "keyword").GroupBy(static words => words[1])
        .ToDictionary(static group => group.Key, ShapeOf, StringComparer.Ordinal));

    /// <summary>The groups of what modules change, in the order in which people are told of them.</summary>
    public static IReadOnlyList<string> Groups => GroupOrder;

    /// <summary>A shape that has the keywords of a play, a task, a handler, a block or an import.</summary>
    public static Shape Keywords(string holder) => Shapes.Value[holder];

    /// <summary>Whether Ansible itself, or what used to be part of it, has the module.</summary>
    public static bool IsModule(string name) => Modules.Value.ContainsKey(name);

    /// <summary>What a module changes on the host that it runs on; null if nothing, or that is not known.</summary>
    public static string? ChangedBy(string module) => Modules.Value.GetValueOrDefault(module) is { Length: > 1 } group ? group : null;

    private static Dictionary<string, string> ReadModules()
    {
        var modules = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var words in Lines.Value)
        {
            if (words[0] != "module")
                continue;
            modules[words[1]] = words[2];
            // What only runs another module keeps its name.
            var isOwn = words.Length == 3 || words[3].StartsWith(Builtin, StringComparison.Ordinal);
            foreach (var full in isOwn ? (string[])[Builtin + words[1], Legacy + words[1]] : [words[3]])
                modules[full] = words[2];
        }

        return modules;
    }

    private static Shape ShapeOf(IEnumerable<string[]> lines)
    {
        var shape = new Shape { Types = ShapeTypes.Object, Fields = new ShapeFields() };
        foreach (var words in lines)
        {
            var name = words[2].TrimEnd('!');
            shape.Fields.Add(new ShapeField(name, TypeOf(name, words[3]),
                words[2].EndsWith('!') ? Presence.Required : Presence.Optional));
        }

        return shape;
    }

    // Ansible makes lists of what is none, and texts, numbers and words of each other, unless what is written holds fields.
    private static Shape TypeOf(string name, string type) => name is "tasks" or "pre_tasks" or "post_tasks" or "handlers" or "roles"
            or "block" or "rescue" or "always"
        ? new Shape { Types = ShapeTypes.Array | ShapeTypes.Null, Items = Shape.Anything }
        : type is "bool" or "int" or "float" or "percent" or "string"
            ? new Shape { Types = ShapeTypes.Boolean | ShapeTypes.Number | ShapeTypes.String | ShapeTypes.Null }
            : Shape.Anything;
}
