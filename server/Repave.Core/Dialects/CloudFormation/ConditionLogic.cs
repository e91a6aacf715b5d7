using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation;

/// <summary>What a template's conditions allow together, by trying the values of what they compare: parameters, pseudo parameters, whatever
/// is
/// compared with literals. What cannot be tried (too much of it, or a function of rules) may be either.</summary>
internal sealed class ConditionLogic
{
    // So many combinations of compared values are tried at most.
    private const int MaxCombinations = 20_000;

    private const int MaxDepth = 40;

    // Conditions of conditions of conditions; when so much has been tried, nothing more is proved of this template.
    private const int MaxSteps = 3_000_000;

    // A value that no condition names.
    private const string Other = "\u0000";

    private readonly Template _template;
    private readonly List<string> _subjects = [];
    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);
    private readonly bool _isTooMuch;
    private readonly Dictionary<string, bool> _answers = new(StringComparer.Ordinal);
    private readonly object _lock = new();
    private int _steps;

    public ConditionLogic(Template template)
    {
        _template = template;
        foreach (var condition in template.Conditions.Values)
            Collect(condition.Value, 0);
        long combinations = 1;
        foreach (var subject in _subjects)
        {
            combinations *= _values[subject].Count;
            if (combinations > MaxCombinations)
                _isTooMuch = true;
            if (_isTooMuch)
                break;
        }
    }

    /// <summary>Whether some deployment gives all of these conditions these values; true where that is not known.</summary>
    public bool CanBe(IReadOnlyCollection<(string Condition, bool Value)> wanted)
    {
        if (wanted.Count == 0)
            return true;
        foreach (var (condition, value) in wanted)
        {
            if (wanted.Contains((condition, !value)))
                return false;
        }

        lock (_lock)
        {
            var key = string.Join("\u0001", wanted.Select(w => (w.Value ? "+" : "-") + w.Condition).Distinct().OrderBy(w =>
                w, StringComparer.Ordinal));
            if (!_answers.TryGetValue(key, out var answer))
                _answers[key] = answer = TryAll(wanted);
            return answer;
        }
    }

    private bool TryAll(IReadOnlyCollection<(string Condition, bool Value)> wanted)
    {
        if (_isTooMuch)
            return true;
        // Only what these conditions compare makes a difference.
        var subjects = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (condition, _) in wanted)
        {
            if (_template.Conditions.TryGetValue(condition, out var entry) && seen.Add(condition))
                SubjectsOf(entry.Value, subjects, seen, 0);
        }

        return Try(wanted, subjects, 0, new Dictionary<string, string>(StringComparer.Ordinal));
    }


    /// <summary>Whether a condition has one value in every deployment; null if it may have either.</summary>
    public bool? Always(string condition)
    {
        var (can, cannot) = (CanBe([(condition, true)]), CanBe([(condition, false)]));
        return can == cannot ? null : can;
    }

    private bool Try(IReadOnlyCollection<(string Condition, bool Value)> wanted, List<string> subjects, int at, Dictionary<string,
        string> chosen)
    {
        if (at == subjects.Count)
        {
            var known = new Dictionary<string, bool?>(StringComparer.Ordinal);
            foreach (var (condition, value) in wanted)
            {
                if (Of(condition, chosen, known, 0) == !value)
                    return false;
            }

            return true;
        }

        foreach (var value in _values[subjects[at]])
        {
            // What can no longer be tried may be.
            if (_steps > MaxSteps)
                return true;
            chosen[subjects[at]] = value;
            if (Try(wanted, subjects, at + 1, chosen))
                return true;
        }

        return false;
    }

    private bool? Of(string condition, Dictionary<string, string> chosen, Dictionary<string, bool?> known, int depth)
    {
        if (known.TryGetValue(condition, out var answer))
            return answer;
        // What names itself on the way is neither.
        known[condition] = null;
        return known[condition] = _template.Conditions.TryGetValue(condition, out var entry) ? Of(entry.Value, chosen, known, depth + 1)
            : null;
    }

    private bool? Of(Node? node, Dictionary<string, string> chosen, Dictionary<string, bool?> known, int depth)
    {
        if (node?.Resolved is not { } value || depth > MaxDepth || ++_steps > MaxSteps)
            return null;
        if (NamedBy(value) is { } name)
            return Of(name, chosen, known, depth + 1);
        switch (Intrinsic.Of(value))
        {
            case { Name: "Fn::Not", Items: [var one] }:
                return !Of(one, chosen, known, depth + 1);
            case { Name: "Fn::And" } all:
                var parts = all.Items.Select(i => Of(i, chosen, known, depth + 1)).ToList();
                return parts.Contains(false) ? false : parts.Contains(null) ? null : true;
            case { Name: "Fn::Or" } any:
                var choices = any.Items.Select(i => Of(i, chosen, known, depth + 1)).ToList();
                return choices.Contains(true) ? true : choices.Contains(null) ? null : false;
            case { Name: "Fn::Equals", Items: [var left, var right] }:
                var (a, b) = (ValueOf(left, chosen), ValueOf(right, chosen));
                return a is null || b is null || (a == Other || b == Other) && IsOpen(left) && IsOpen(right) ? null : a == b;
            case null when value is ScalarNode { Value: "true" or "false" } flag:
                return flag.Value == "true";
            default:
                return null;
        }
    }

    // Of two values that are both known only in the stack, one that no condition names may be any that the other has.
    private static bool IsOpen(Node node) => SubjectOf(node) is not null;

    private string? ValueOf(Node node, Dictionary<string, string> chosen)
    {
        if (node.Resolved is ScalarNode scalar && Intrinsic.Of(scalar) is null)
            return scalar.Value;
        return SubjectOf(node) is { } subject && chosen.TryGetValue(subject, out var value) ? value : null;
    }

    private void Collect(Node? node, int depth)
    {
        if (node?.Resolved is not { } value || depth > MaxDepth)
            return;
        if (Intrinsic.Of(value) is { Name: "Fn::Equals", Items: [var left, var right] })
        {
            Note(left, right);
            Note(right, left);
            return;
        }

        foreach (var held in Intrinsic.Below(value))
            Collect(held, depth + 1);
    }

    private void Note(Node subject, Node with)
    {
        if (SubjectOf(subject) is not { } name)
            return;
        if (!_values.TryGetValue(name, out var values))
        {
            _subjects.Add(name);
            _values[name] = values = AllowedOf(subject);
        }

        if (with.Resolved is ScalarNode literal && Intrinsic.Of(literal) is null && !values.Contains(literal.Value)
            && (values.Count == 0 || values.Contains(Other)))
            values.Add(literal.Value);
    }

    // What a parameter may be; without such a list anything.
    private List<string> AllowedOf(Node subject)
    {
        if (Intrinsic.Of(subject.Resolved!) is { Name: "Ref", Text: { } name } && _template.Parameters.TryGetValue(name, out var parameter)
            && parameter.Value.Resolved?.ItemsAt("AllowedValues").ToList() is { Count: > 0 } allowed
                && allowed.TrueForAll(a => a is ScalarNode)
            && parameter.Value.Resolved.TextAt("Type") is "String" or "Number")
            return [.. allowed.Cast<ScalarNode>().Select(a => a.Value).Distinct()];
        return [Other];
    }

    private void SubjectsOf(Node? node, List<string> found, HashSet<string> seen, int depth)
    {
        if (node?.Resolved is not { } value || depth > MaxDepth)
            return;
        if (NamedBy(value) is { } name)
        {
            if (_template.Conditions.TryGetValue(name, out var entry) && seen.Add(name))
                SubjectsOf(entry.Value, found, seen, depth + 1);
            return;
        }

        if (Intrinsic.Of(value) is { Name: "Fn::Equals", Items: [var left, var right] })
        {
            foreach (var side in (Node[])[left, right])
            {
                if (SubjectOf(side) is { } subject && _values.ContainsKey(subject) && !found.Contains(subject))
                    found.Add(subject);
            }

            return;
        }

        foreach (var held in Intrinsic.Below(value))
            SubjectsOf(held, found, seen, depth + 1);
    }

    // The same expression has the same value wherever it stands.
    private static string? SubjectOf(Node node)
    {
        if (node.Resolved is not { } value || Intrinsic.Of(value) is not { } function)
            return null;
        return function is { Name: "Ref", Text: { } name } ? "Ref " + name : $"{function.Name} {CanonicalJson.Of(function.Argument, true)}";
    }

    private static string? NamedBy(Node value) => Intrinsic.Of(value) is { Name: "Condition", Text: { } tagged } ? tagged
        : value is MapNode { Entries.Count: 1 } mapping && mapping.Entries[0] is { Name: "Condition", Value: ScalarNode name } ? name.Value
            : null;
}
