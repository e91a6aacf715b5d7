using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Ansible;

/// <summary>Finds the tasks in lists of tasks and blocks.</summary>
internal static class AnsibleTasks
{
    /// <summary>How deep blocks are followed: as in Ansible itself, deeper than anybody writes.</summary>
    public const int MaxDepth = 32;

    private static readonly string[] Lists = ["block", "rescue", "always"];

    /// <summary>The lists of tasks that a play has, in the order in which they run.</summary>
    public static readonly string[] PlayLists = ["pre_tasks", "tasks", "post_tasks", "handlers"];

    /// <summary>The tasks of a play itself, its handlers last; those of its roles stand elsewhere.</summary>
    public static IEnumerable<AnsibleTask> OfPlay(MapNode play) =>
        PlayLists.SelectMany(name => In(play[name], name == "handlers"));

    /// <summary>The tasks of a list, those of its blocks among them.</summary>
    public static IEnumerable<AnsibleTask> In(Node? list, bool areHandlers, int depth = 0)
    {
        if (depth > MaxDepth || list is not ListNode items)
            yield break;
        foreach (var item in items.ResolvedItems.OfType<MapNode>())
        {
            if (!IsBlock(item))
            {
                yield return Of(item, areHandlers);
                continue;
            }

            foreach (var task in Lists.SelectMany(name => In(item[name], areHandlers, depth + 1)))
                yield return task;
        }
    }

    /// <summary>Whether a task is a block of tasks.</summary>
    public static bool IsBlock(MapNode item) => Array.Exists(Lists, name => item.Find(name) is not null);

    /// <summary>The lists of a block.</summary>
    public static IEnumerable<Node> ListsOf(MapNode block) => Lists.Select(name => block[name]).OfType<Node>();

    /// <summary>Whether a map is a task or a block, and nothing else that a file may hold a list of.</summary>
    public static bool IsSurely(MapNode item) => IsBlock(item) ? ListsOf(item).Any(static list => list is ListNode)
        : item.AllEntries.Any(static entry => entry.Name is { } name && IsModule(name));

    /// <summary>Whether a name is a module's: one that is known, or one with the names of its collection before it.</summary>
    public static bool IsModule(string name) => PlaybookFacts.IsModule(name) || name.Split('.').Length == 3;

    /// <summary>What in a task may be the module that it runs: keys that are no keywords.</summary>
    public static List<MapEntry> Actions(MapNode task, bool isHandler)
    {
        var keywords = PlaybookFacts.Keywords(isHandler ? "handler" : "task").Fields!;
        return [.. task.AllEntries.Where(entry => entry.Name is { } name && name is not ("action" or "local_action")
            && keywords[name] is null && !name.StartsWith("with_", StringComparison.Ordinal))];
    }

    /// <summary>Reads a task.</summary>
    public static AnsibleTask Of(MapNode item, bool isHandler)
    {
        var action = item.Find("action") ?? item.Find("local_action");
        if (action?.Value.Resolved is ScalarNode { Value: var text })
        {
            var end = text.IndexOf(' ');
            return new AnsibleTask(item, isHandler, end < 0 ? text : text.Substring(0, end), action.Value.Resolved);
        }

        if (action?.Value.Resolved is MapNode map)
            return new AnsibleTask(item, isHandler, map.TextAt("module"), map);
        var found = Actions(item, isHandler);
        var one = found.Count == 1 ? found[0] : found.Find(entry => IsModule(entry.Name!));
        return new AnsibleTask(item, isHandler, one?.Name, one?.Value.Resolved);
    }
}
