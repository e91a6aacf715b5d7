using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Rules.Schema;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects.CloudInit;

/// <summary>A cloud-config, wherever it stands.</summary>
/// <param name="root">What it says.</param>
/// <param name="text">Its text.</param>
/// <param name="report">Takes what is found: the rule, where in the text, the message, the path and, where it is not the rule's own, the
/// severity.</param>
public sealed class CloudConfig(MapNode root, string text, Action<Rule, TextSpan, string, string, Severity?> report)
{
    // YAML as PyYAML takes it; grammars of texts (addresses, hosts) cloud-init asks only where further libraries are installed.
    private static readonly ShapeReading Reading = new()
    {
        AsPlatform = true,
        CheckFormat = static (_, _) => null,
        IsFilledIn = static scalar => FilledIn.Is(scalar.Value)
            // PyYAML takes this for a text, and other readers of YAML for a number.
            || (scalar.Style == NodeStyle.Plain && scalar.Value.StartsWith("0o", StringComparison.Ordinal)),
        Hides = static node => FieldPath.Parse(FieldPath.Of(node)).Any(static step => step.Name is { } name && SecretNames.Is(name)),
    };

    private static readonly Lazy<IReadOnlyList<CloudInitRule>> Rules = new(static () => [.. RuleCatalogue.All.OfType<CloudInitRule>()]);

    /// <summary>What it says.</summary>
    public MapNode Root { get; } = root;

    /// <summary>Holds it against a release's schema and the rules.</summary>
    internal void Check(Shape shape)
    {
        foreach (var issue in ShapeValidator.Validate(Root, shape, Reading))
        {
            // A key that something else writes is none of the schema's.
            if (issue.Kind == ShapeIssueKind.UnknownField && FilledIn.Is(text.Substring(issue.Span.Start, issue.Span.Length)))
                continue;
            // A module of its own that an image brings has a key that no schema knows.
            var isOwn = issue.Kind == ShapeIssueKind.UnknownField && issue.Path.IndexOf('.') < 0;
            report(SchemaRules.For(issue.Kind), issue.Span, issue.Message, issue.Path, isOwn ? Severity.Warning : null);
        }

        foreach (var rule in Rules.Value)
            rule.Check(this);
    }

    /// <summary>Reports a node.</summary>
    public void Report(Rule rule, Node node, string message, Severity? severity = null) =>
        report(rule, ShapeValidator.Underline(node), message, FieldPath.Of(node, Root), severity);
}
