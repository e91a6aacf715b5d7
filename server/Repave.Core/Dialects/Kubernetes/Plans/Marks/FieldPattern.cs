using System.Globalization;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Plans.Marks;

/// <summary>Which fields a JSON pointer, a jq expression of plain steps or a list of names means, with what is below them.</summary>
internal sealed class FieldPattern
{
    private readonly List<Step> _steps;

    private FieldPattern(List<Step> steps) => _steps = steps;

    /// <summary>Reads a JSON pointer; <c>*</c> stands for any name or place.</summary>
    public static FieldPattern OfPointer(string pointer) =>
        new([.. pointer.TrimStart('/').Split('/').Where(p => p.Length > 0).Select(p => p == "*" ? Step.Any
            : new Step(JsonPointer.Decode(p), null, null))]);

    /// <summary>Reads a list of names and places, in which null stands for any place.</summary>
    public static FieldPattern OfNames(IEnumerable<string?> names) =>
        new([.. names.Select(n => n is null ? Step.Any : new Step(n, null, null))]);

    /// <summary>Reads a jq expression of names, places and <c>select</c> of one field's value; null where it says more.</summary>
    public static FieldPattern? OfJq(string expression)
    {
        var steps = new List<Step>();
        foreach (var part in Pipe(expression))
        {
            var at = 0;
            if (part.StartsWith("select(", StringComparison.Ordinal) && part.EndsWith(')'))
            {
                var condition = part.Substring(7, part.Length - 8).Split(["=="], StringSplitOptions.None);
                if (condition.Length != 2 || OfJq(condition[0].Trim()) is not { } where || where._steps.Exists(s => s.Name is null)
                    || Quoted(condition[1].Trim()) is not { } value || steps.Count == 0)
                    return null;
                steps[steps.Count - 1] = steps[steps.Count - 1] with { Where = [.. where._steps.Select(s => s.Name!)], Equal = value };
                continue;
            }

            while (at < part.Length)
            {
                if (part[at] == '.')
                {
                    at++;
                    if (at < part.Length && part[at] == '"')
                    {
                        var close = part.IndexOf('"', at + 1);
                        if (close < 0)
                            return null;
                        steps.Add(new Step(part.Substring(at + 1, close - at - 1), null, null));
                        at = close + 1;
                        continue;
                    }

                    var end = at;
                    while (end < part.Length && (char.IsLetterOrDigit(part[end]) || part[end] == '_'))
                        end++;
                    if (end > at)
                        steps.Add(new Step(part.Substring(at, end - at), null, null));
                    else if (at < part.Length && part[at] != '[')
                        return null;
                    at = end;
                }
                else if (part[at] == '[')
                {
                    var close = part.IndexOf(']', at);
                    if (close < 0)
                        return null;
                    var inside = part.Substring(at + 1, close - at - 1).Trim();
                    if (inside.Length == 0)
                        steps.Add(Step.Any);
                    else if (Quoted(inside) is { } name)
                        steps.Add(new Step(name, null, null));
                    else if (int.TryParse(inside, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                        steps.Add(new Step(inside, null, null));
                    else
                        return null;
                    at = close + 1;
                }
                else if (part[at] == '?')
                {
                    at++;
                }
                else
                {
                    return null;
                }
            }
        }

        return steps.Count == 0 ? null : new FieldPattern(steps);
    }

    /// <summary>Whether a field is meant, or lies below one that is.</summary>
    /// <param name="path">The field.</param>
    /// <param name="states">The states that it may be in, whose list items are looked at.</param>
    public bool Covers(FieldPath path, params MapNode[] states)
    {
        var fields = path.Steps();
        if (fields.Count < _steps.Count)
            return false;
        var at = states.Select(s => (Node?)s).ToArray();
        for (var i = 0; i < _steps.Count; i++)
        {
            var (step, field) = (_steps[i], fields[i]);
            for (var s = 0; s < at.Length; s++)
            {
                at[s] = field.Name is { } name ? at[s]?[name]
                    : at[s]?.Resolved is ListNode list && field.Index >= 0 && field.Index < list.Items.Count ? list.Items[field.Index]
                    : null;
            }

            if (step.Name is not null && step.Name != (field.Name ?? field.Index.ToString(CultureInfo.InvariantCulture)))
                return false;
            if (step.Where is { } where
                && !at.Any(n => where.Aggregate(n, (node, key) => node?[key])?.Resolved is ScalarNode value && value.Value == step.Equal))
                return false;
        }

        return true;
    }

    private static string? Quoted(string text) =>
        text.Length >= 2 && text[0] == '"' && text[text.Length - 1] == '"' ? text.Substring(1, text.Length - 2) : null;

    private static IEnumerable<string> Pipe(string expression)
    {
        var (start, inQuotes) = (0, false);
        for (var i = 0; i < expression.Length; i++)
        {
            if (expression[i] == '"')
                inQuotes = !inQuotes;
            if (expression[i] != '|' || inQuotes)
                continue;
            yield return expression.Substring(start, i - start).Trim();
            start = i + 1;
        }

        yield return expression.Substring(start).Trim();
    }

    private sealed record Step(string? Name, IReadOnlyList<string>? Where, string? Equal)
    {
        public static Step Any { get; } = new(null, null, null);
    }
}
