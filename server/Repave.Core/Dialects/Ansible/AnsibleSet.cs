using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Rules.Schema;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Ansible;

/// <summary>Holds plays and tasks against the keywords that Ansible takes, and the plays against the rules.</summary>
internal sealed class AnsibleSet(ResourceSet set, IReadOnlyList<Manifest> manifests) : DialectSet
{
    private static readonly ShapeReading Reading = new()
    {
        AsPlatform = true,
        CheckFormat = static (_, _) => null,
        IsFilledIn = static scalar => IsFilledIn(scalar.Value),
    };

    private readonly AnsibleRule[] _rules = RuleCatalogue.Of<AnsibleRule>();

    private readonly Lazy<PlaybookWorkspace> _workspace = new(() => new PlaybookWorkspace(set, manifests));

    /// <summary>Whether Ansible fills a text in when it runs.</summary>
    internal static bool IsFilledIn(string text) => text.Contains("{{", StringComparison.Ordinal)
        || text.Contains("{%", StringComparison.Ordinal);

    /// <inheritdoc/>
    public override object? Check(Resource resource, FindingSink sink)
    {
        if (resource is TaskFile { Tasks: { } tasks } file)
            CheckTasks(tasks, file.AreHandlers, resource, sink, 0);
        if (resource is not Play play)
            return null;
        CheckPlay(play, sink);
        object? looked = null;
        foreach (var rule in _rules)
        {
            if (!sink.Settings.IsOn(rule, play.Manifest.Path))
                continue;
            sink.Run(rule, play, (rule, play, _workspace), static (on, to) => on.rule.Check(on.play, on._workspace.Value, to));
            looked = _workspace;
        }

        return looked;
    }

    /// <inheritdoc/>
    public override bool SeesTheSame(Resource resource, object? looked, DialectSet before) => before is AnsibleSet other
        && (looked is null || other._workspace.Value.IsSame(_workspace.Value));

    private static void CheckPlay(Play play, FindingSink sink)
    {
        var root = play.Root;
        if (play.IsImport)
        {
            CheckKeywords(root, PlaybookFacts.Keywords("import"), play, sink,
                static name => name.EndsWith(".import_playbook", StringComparison.Ordinal) || name == "include");
            return;
        }

        // 'user' is an older name of 'remote_user'.
        CheckKeywords(root, PlaybookFacts.Keywords("play"), play, sink, static name => name == "user");
        foreach (var name in AnsibleTasks.PlayLists)
            CheckTasks(root[name], name == "handlers", play, sink, 0);
    }

    private static void CheckTasks(Node? list, bool areHandlers, Resource resource, FindingSink sink, int depth)
    {
        if (depth > AnsibleTasks.MaxDepth || list is not ListNode items)
            return;
        foreach (var item in items.ResolvedItems)
        {
            if (item is ScalarNode { IsNull: true } or ExpressionNode)
                continue;
            if (item is not MapNode task)
                sink.Add(WrongType.Instance, item.Span, "A task must be a map of a module and its keywords.", resource,
                    PathOf(item, resource));
            else if (AnsibleTasks.IsBlock(task))
                CheckBlock(task, areHandlers, resource, sink, depth);
            else
                CheckTask(task, areHandlers, resource, sink);
        }
    }

    private static void CheckBlock(MapNode block, bool areHandlers, Resource resource, FindingSink sink, int depth)
    {
        CheckKeywords(block, PlaybookFacts.Keywords("block"), resource, sink, static _ => false);
        foreach (var list in AnsibleTasks.ListsOf(block))
            CheckTasks(list, areHandlers, resource, sink, depth + 1);
    }

    private static void CheckTask(MapNode task, bool isHandler, Resource resource, FindingSink sink)
    {
        var actions = AnsibleTasks.Actions(task, isHandler);
        if (task.AllEntries.Count == 0 || task.Find("action") is not null || task.Find("local_action") is not null)
            return;
        if (actions.Count == 0)
        {
            sink.Add(MissingField.Instance, ShapeValidator.Underline(task.AllEntries[0].Key), "This task names no module to run.", resource,
                PathOf(task, resource));
            return;
        }

        var modules = actions.Where(static entry => AnsibleTasks.IsModule(entry.Name!)).ToList();
        var module = modules.Count > 0 ? modules[0] : actions[0];
        foreach (var other in actions.Where(entry => entry != module))
        {
            if (AnsibleTasks.IsModule(other.Name!))
            {
                sink.Add(RefusedCombination.Instance, ShapeValidator.Underline(other.Key),
                    $"A task runs one module; this one names '{module.Name}' and '{other.Name}'.", resource, PathOf(other.Value, resource));
                continue;
            }

            var nearest = PlaybookFacts.Keywords(isHandler ? "handler" : "task").Fields!.Nearest(other.Name!);
            sink.Add(UnknownField.Instance, ShapeValidator.Underline(other.Key),
                $"'{other.Name}' is not a keyword of a task{(nearest is null ? "." : $"; did you mean '{nearest}'?")}", resource,
                PathOf(other.Value, resource));
        }
    }

    private static void CheckKeywords(MapNode map, Shape shape, Resource resource, FindingSink sink, Func<string, bool> isOther)
    {
        foreach (var issue in ShapeValidator.Validate(map, shape, Reading, PathOf(map, resource)))
        {
            if (issue.Kind == ShapeIssueKind.UnknownField && isOther(FieldPath.Parse(issue.Path).LastOrDefault()?.Name ?? ""))
                continue;
            sink.Add(SchemaRules.For(issue.Kind), issue.Span, issue.Message, resource, issue.Path);
        }
    }

    private static string PathOf(Node node, Resource resource) => FieldPath.Of(node, resource is Play play ? play.Root : null);
}
