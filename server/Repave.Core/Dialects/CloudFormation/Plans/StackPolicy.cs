using Repave.Core.Plans;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Json;
using Repave.Core.Text;

namespace Repave.Core.Dialects.CloudFormation.Plans;

/// <summary>A stack's policy: which updates it forbids.
/// See https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html.</summary>
internal sealed class StackPolicy
{
    private const string Prefix = "LogicalResourceId/";

    private readonly IReadOnlyList<Node> _statements;

    private StackPolicy(IReadOnlyList<Node> statements) => _statements = statements;

    /// <summary>Reads a policy's JSON; null if it holds no statement.</summary>
    public static StackPolicy? Read(string? json)
    {
        if (json is null || JsonLanguage.Instance.Parse(json).Documents is not [{ Document.Root: { } root }, ..])
            return null;
        var statements = root["Statement"] is ListNode list ? list.ResolvedItems.ToList() : root["Statement"] is { } one ? [one] : [];
        return statements.Count == 0 ? null : new StackPolicy(statements);
    }

    /// <summary>Whether it forbids what a plan does to a resource. What it does not allow it forbids, and a denial outweighs.</summary>
    public bool Forbids(ResourceChange change)
    {
        var action = change.Action switch
        {
            PlanAction.Replace => "Update:Replace",
            PlanAction.InPlace or PlanAction.Roll => "Update:Modify",
            PlanAction.Delete => "Update:Delete",
            _ => null,
        };
        if (action is null)
            return false;
        var matching = _statements.Where(s => IsAbout(s, action, change)).Select(s => s.TextAt("Effect")).ToList();
        return matching.Contains("Deny") || !matching.Contains("Allow");
    }

    private static bool IsAbout(Node statement, string action, ResourceChange change)
    {
        var actions = TextsOf(statement["Action"]);
        var isAction = actions.Count > 0 ? actions.Exists(a => Fits(a, action))
            : !TextsOf(statement["NotAction"]).Exists(a => Fits(a, action));
        var resources = TextsOf(statement["Resource"]);
        var id = Prefix + change.Id.Name;
        var isResource = resources.Count > 0 ? resources.Exists(r => r == "*" || Fits(r, id))
            : !TextsOf(statement["NotResource"]).Exists(r => r == "*" || Fits(r, id));
        var condition = statement["Condition"] as MapNode;
        var types = condition?.AllEntries.SelectMany(e => TextsOf(e.Value.Resolved?["ResourceType"])).ToList() ?? [];
        return isAction && isResource && (types.Count == 0 || types.Exists(t => Fits(t, change.Id.Type)));
    }

    private static List<string> TextsOf(Node? node) => node switch
    {
        ListNode list => [.. list.ResolvedItems.OfType<ScalarNode>().Select(s => s.Value)],
        ScalarNode scalar => [scalar.Value],
        _ => [],
    };

    private static bool Fits(string pattern, string text) => Wildcards.Fits(pattern, text);
}
