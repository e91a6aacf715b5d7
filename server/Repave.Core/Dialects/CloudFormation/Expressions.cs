using System.Text;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation;

/// <summary>Values of templates as expressions: which are the same, and what they are under conditions.</summary>
internal static class Expressions
{
    private const int MaxDepth = 60;

    // Conditions that differ within a few values multiply.
    private const int MaxConditions = 5;

    /// <summary>A text that is the same for the same expression, whether it is written short or long.</summary>
    public static string KeyOf(Node node)
    {
        var key = new StringBuilder();
        Append(node, key, 0);
        return key.ToString();
    }

    /// <summary>The value that a node has where conditions have these values: branches are taken, and what is set to
    /// <c>AWS::NoValue</c> is null.</summary>
    public static Node? Under(Node? node, IReadOnlyCollection<(string Condition, bool Value)> conditions, int depth = 0)
    {
        if (node?.Resolved is not { } value || depth > MaxDepth)
            return null;
        if (Intrinsic.Of(value) is not { } function)
            return value;
        if (function is { Name: "Ref", Text: "AWS::NoValue" })
            return null;
        if (function is not { Name: "Fn::If", Items: [ScalarNode name, var then, var otherwise] })
            return value;
        foreach (var (condition, holds) in conditions)
        {
            if (condition == name.Value)
                return Under(holds ? then : otherwise, conditions, depth + 1);
        }

        return value;
    }

    /// <summary>The combinations of conditions that make a difference to some properties of a structure, and that can be.</summary>
    public static IEnumerable<IReadOnlyList<(string Condition, bool Value)>> Scenarios(
        Template template, Node properties, IEnumerable<string> names, IReadOnlyList<(string Condition, bool Value)> given)
    {
        var conditions = new List<string>();
        Collect(properties, conditions, 0);
        if (Intrinsic.Of(properties) is null)
        {
            foreach (var name in names)
                Collect(properties[name], conditions, 0);
        }

        conditions.RemoveAll(c => given.Any(g => g.Condition == c));
        if (conditions.Count > MaxConditions)
            return template.Logic.CanBe(given) ? [given] : [];
        IEnumerable<IReadOnlyList<(string, bool)>> scenarios = [given];
        foreach (var condition in conditions)
            scenarios = scenarios.SelectMany(s => (IReadOnlyList<(string, bool)>[])[[.. s, (condition, true)], [.. s, (condition, false)]]);
        return scenarios.Where(template.Logic.CanBe);
    }

    /// <summary>What must be for a resource to be there.</summary>
    public static IReadOnlyList<(string Condition, bool Value)> ConditionsOf(MapNode resource) =>
        resource["Condition"] is ScalarNode condition && Intrinsic.Of(condition) is null ? [(condition.Value, true)] : [];

    // Branches within branches too, and no deeper: what lists hold is another matter.
    private static void Collect(Node? node, List<string> conditions, int depth)
    {
        if (depth > MaxDepth || node?.Resolved is not { } value
            || Intrinsic.Of(value) is not { Name: "Fn::If", Items: [ScalarNode name, var then, var otherwise] })
            return;
        if (!conditions.Contains(name.Value))
            conditions.Add(name.Value);
        Collect(then, conditions, depth + 1);
        Collect(otherwise, conditions, depth + 1);
    }

    private static void Append(Node node, StringBuilder key, int depth)
    {
        if (node.Resolved is not { } value || depth > MaxDepth)
            return;
        if (Intrinsic.Of(value) is { } function)
        {
            key.Append(function.Name).Append('(');
            if (function.Name == "Fn::GetAtt" && function.Argument is ListNode parts && function.Inner is null)
                key.Append('\'').Append(string.Join(".", parts.ResolvedItems.Select(p => (p as ScalarNode)?.Value))).Append('\'');
            else if (function.IsShort && Intrinsic.Untagged(function.Argument) is not null)
                Append(Intrinsic.Below(function.Argument).First(), key, depth + 1);
            else if (function.IsShort)
                AppendPlain(function.Argument, key, depth);
            else
                Append(function.Argument, key, depth + 1);
            key.Append(')');
            return;
        }

        AppendPlain(value, key, depth);
    }

    private static void AppendPlain(Node value, StringBuilder key, int depth)
    {
        switch (value)
        {
            case ScalarNode scalar:
                key.Append('\'').Append(scalar.Value.Replace("'", "''")).Append('\'');
                break;
            case ListNode list:
                key.Append('[');
                foreach (var item in list.ResolvedItems)
                {
                    Append(item, key, depth + 1);
                    key.Append(',');
                }

                key.Append(']');
                break;
            case MapNode mapping:
                key.Append('{');
                foreach (var entry in mapping.AllEntries.OrderBy(e => e.Name, StringComparer.Ordinal))
                {
                    key.Append(entry.Name).Append(':');
                    Append(entry.Value, key, depth + 1);
                    key.Append(',');
                }

                key.Append('}');
                break;
        }
    }
}
