using System.Text;
using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Plans;

/// <summary>Evaluates a template's values as far as they are known before it is deployed: parameters by what was given or their defaults,
/// conditions, mappings and texts. What is not known stays a name, so that two unknowns of one name are equal.</summary>
/// <param name="template">The template.</param>
/// <param name="given">Parameter values that are known.</param>
/// <param name="key">The key of the hashes that stand for secret values in a snapshot; null where values stand there themselves.</param>
internal sealed class TemplateValues(Template template, IReadOnlyDictionary<string, string> given, byte[]? key = null)
{
    private const string NoValue = "AWS::NoValue";
    private const int MaxDepth = 60;

    // What a variable stands for may be long, and be used often.
    private const int MaxText = 1_000_000;
    private const int MaxCandidates = 2_000;

    private readonly Dictionary<string, bool?> _conditions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Map, string Top, string Key, string Otherwise), string> _candidates = [];
    private readonly TemplateSecrets _secrets = new(template.Document, key);

    /// <summary>The template.</summary>
    public Template Template => template;

    /// <summary>The key of the hashes that stand for secret values, or null.</summary>
    public byte[]? Key => key;

    /// <summary>The conditions that the template compared with defines otherwise, so that one truth of them is not the other's.</summary>
    public HashSet<string> Redefined { get; } = new(StringComparer.Ordinal);

    /// <summary>Finds the conditions that nobody knows the truth of, and that another state of the template defines otherwise.</summary>
    public void TellApart(TemplateValues other)
    {
        foreach (var name in template.Conditions.Keys)
        {
            if (Condition(name) is null && (!other.Template.Conditions.ContainsKey(name)
                || ConditionText(name) != other.ConditionText(name)))
                Redefined.Add(name);
        }

        // And those that are made of such.
        var uses = template.Conditions.Where(c => Condition(c.Key) is null).Select(c => (c.Key, Uses: template.ConditionsIn(c.Value.Value)))
            .ToList();
        for (var (round, found) = (0, Redefined.Count > 0); found && round < MaxDepth; round++)
        {
            found = false;
            foreach (var (name, used) in uses)
                found |= !Redefined.Contains(name) && used.Exists(Redefined.Contains) && Redefined.Add(name);
        }
    }

    /// <summary>The items of a list as texts; null where it is no list, or one that is not known.</summary>
    public IReadOnlyList<string>? Items(Node node) => ItemsOf(node, 0) is { } items && !items.Exists(i => i.Contains('<')) ? items : null;

    /// <summary>A condition as a text: equal texts have one truth.</summary>
    public string ConditionText(string name) =>
        template.Conditions.TryGetValue(name, out var condition) ? Text(condition.Value) : name;

    /// <summary>The value of a parameter, or null if it is not known.</summary>
    public string? Parameter(string name)
    {
        if (!template.Parameters.TryGetValue(name, out var parameter))
            return null;
        if (given.TryGetValue(name, out var value))
            return value;
        var text = parameter.Value.Resolved?["Default"] is ScalarNode { IsNull: false } scalar ? _secrets.TextOf(scalar) : null;
        // What a parameter of Systems Manager stands for is known when it is deployed.
        return parameter.Value.Resolved?.TextAt("Type")?.StartsWith("AWS::SSM::Parameter::Value<", StringComparison.Ordinal) != true ? text
            : text is null ? null : Unknowns.Parameter + text + ">";
    }

    /// <summary>Whether a condition holds; null if that is not known.</summary>
    public bool? Condition(string name)
    {
        if (_conditions.TryGetValue(name, out var known))
            return known;
        if (!template.Conditions.TryGetValue(name, out var condition) || _open.Count > MaxDepth || !_open.Add("?" + name))
            return null;
        var holds = Holds(condition.Value.Resolved, 0);
        _open.Remove("?" + name);
        return _conditions[name] = holds;
    }

    /// <summary>What a value is once conditions, parameters and mappings are looked up: a mapping or list of the template, or a text; null
    /// where it is left out.</summary>
    public (Node? Node, string? Text) Reduce(Node? node, int depth = 0)
    {
        if (node?.Resolved is not { } value || depth > MaxDepth)
            return (null, null);
        if (Intrinsic.Of(value) is not { } function)
            return value is ScalarNode scalar ? (scalar.IsNull ? (null, null) : (null, _secrets.TextOf(scalar))) : (value, null);
        switch (function.Name)
        {
            case "Ref" when function.Text == NoValue:
                return (null, null);
            case "Fn::If" when function.Items is [ScalarNode name, var then, var otherwise] && Condition(name.Value) is { } holds:
                return Reduce(holds ? then : otherwise, depth + 1);
            case "Fn::FindInMap" when Look(function, depth) is { } found:
                return Reduce(found, depth + 1);
            default:
                return (null, Text(value, depth));
        }
    }

    /// <summary>A value as one text: equal texts are equal values.</summary>
    public string Text(Node? node, int depth = 0)
    {
        if (node?.Resolved is not { } value || depth > MaxDepth)
            return "";
        if (Intrinsic.Of(value) is { } function)
            return TextOf(function, depth + 1);
        return PlainText(value, depth);
    }

    private string PlainText(Node value, int depth)
    {
        switch (value)
        {
            case ScalarNode { IsNull: true }:
                return "";
            case ScalarNode scalar:
                return _secrets.TextOf(scalar);
            case ListNode sequence:
                return "[" + string.Join(",", sequence.ResolvedItems.Select(i => Text(i, depth + 1))) + "]";
            case MapNode mapping:
                var text = new StringBuilder("{");
                foreach (var entry in mapping.AllEntries.Where(e => e.Name is { } name && mapping.Find(name) == e)
                    .OrderBy(e => e.Name, StringComparer.Ordinal))
                {
                    var (inner, plain) = Reduce(entry.Value, depth + 1);
                    if (inner is not null || plain is not null)
                        text.Append(entry.Name).Append(':').Append(plain ?? Text(inner, depth + 1)).Append(',');
                }

                return text.Append('}').ToString();
            default:
                return "";
        }
    }

    private string TextOf(Intrinsic function, int depth)
    {
        switch (function.Name)
        {
            case "Ref" when function.Text is { } name:
                return Parameter(name) ?? $"<{name}>";
            case "Fn::GetAtt":
                return $"<{string.Join(".", function.Items.Select(i => i is ScalarNode scalar ? scalar.Value : Text(i, depth)))}>";
            case "Fn::Sub":
                return Substitute(function, depth);
            case "Fn::If" when function.Items is [ScalarNode name, var then, var otherwise]:
                var (from, to) = (Text(then, depth), Text(otherwise, depth));
                return Condition(name.Value) is { } holds ? (holds ? from : to)
                    : from == to ? from
                    : $"{Unknowns.If}{name.Value}{(Redefined.Contains(name.Value) ? " as it was" : "")} {from} else {to}>";
            case "Condition" when function.Text is { } name:
                return Condition(name) is { } truth ? truth ? "true" : "false" : $"<condition {name}>";
            case "Fn::FindInMap":
                return Look(function, depth) is { } found ? Text(found, depth) : Candidates(function, depth);
            case "Fn::Join" when function.Items is [ScalarNode separator, var parts] && ItemsOf(parts, depth) is { } joined:
                return string.Join(separator.Value, joined);
            case "Fn::Select" when function.Items is [ScalarNode index, var list] && int.TryParse(index.Value, out var at)
                && ItemsOf(list, depth) is { } items && at >= 0 && at < items.Count:
                return items[at];
            case "Fn::Length" when ItemsOf(function.Argument, depth) is { } counted:
                return counted.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
            case "Fn::Base64":
                return TextOfArgument(function, depth);
            default:
                return $"<{function.Name} {TextOfArgument(function, depth)}>";
        }
    }

    // The items of a list as texts, without those that are left out; null where they are not known.
    private List<string>? ItemsOf(Node node, int depth)
    {
        if (depth > MaxDepth)
            return null;
        var value = node.Resolved ?? node;
        var function = node is ListNode { Tag: not null } ? null : Intrinsic.Of(value);
        switch (function)
        {
            case { Name: "Fn::Split", Items: [ScalarNode separator, var text] } when separator.Value.Length > 0:
                var split = Text(text, depth + 1);
                return split.Contains('<') ? null : [.. split.Split([separator.Value], StringSplitOptions.None)];
            case { Name: "Ref", Text: { } name } when template.Parameters.TryGetValue(name, out var parameter)
                && parameter.Value.Resolved?.TextAt("Type") is { } type
                && (type == "CommaDelimitedList" || type.StartsWith("List<", StringComparison.Ordinal)):
                return Parameter(name) is { } given ? [.. given.Split(',').Select(p => p.Trim())] : null;
            case null or { Name: "Fn::If" or "Fn::FindInMap" }:
                if ((function is null ? value : Reduce(value, depth + 1).Node) is not ListNode list)
                    return null;
                var items = new List<string>();
                foreach (var item in list.ResolvedItems)
                {
                    var (inner, text2) = Reduce(item, depth + 1);
                    if (inner is not null || text2 is not null)
                        items.Add(text2 ?? Text(inner, depth + 1));
                }

                return items;
            default:
                return null;
        }
    }

    private static string Fingerprint(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in text)
            hash = unchecked((hash ^ letter) * 1099511628211UL);
        return hash.ToString("x", System.Globalization.CultureInfo.InvariantCulture);
    }

    // What a mapping may give where its keys are not known: all of it, so that another value in it is a change that may be one.
    private string Candidates(Intrinsic function, int depth)
    {
        if (function.Items is not [var map, var first, var second, ..])
            return "";
        var (name, top, key) = (Text(map, depth), Text(first, depth), Text(second, depth));
        var otherwise = function.Items.Count > 3 && function.Items[3]["DefaultValue"] is { } given ? " or " + Text(given, depth) : "";
        if (_candidates.TryGetValue((name, top, key, otherwise), out var known))
            return known;
        var text = new StringBuilder($"{Unknowns.Map}{name} {top} {key}:");
        foreach (var entry in template.Mappings.TryGetValue(name, out var mapping) && mapping.Value.Resolved is MapNode tops
            ? tops.AllEntries : [])
        {
            if (entry.Value.Resolved is not MapNode keys || (!top.Contains('<') && entry.Name != top))
                continue;
            foreach (var inner in keys.AllEntries.Where(e => key.Contains('<') || e.Name == key))
            {
                if (text.Length < MaxText)
                    text.Append(' ').Append(Text(inner.Value, depth)).Append(" for ").Append(entry.Name)
                        .Append(key.Contains('<') ? "." + inner.Name : "").Append(',');
            }
        }

        // Of much the beginning is enough to be read, and a hash to be told apart.
        var whole = text.Append(otherwise).ToString().TrimEnd(',');
        return _candidates[(name, top, key, otherwise)] = whole.Length <= MaxCandidates ? whole + ">"
            : $"{whole.Substring(0, MaxCandidates)}… {Fingerprint(whole)}>";
    }

    // What a function is given, in its short form or its long one; behind a short form another may stand in its long one.
    private string TextOfArgument(Intrinsic function, int depth) =>
        !function.IsShort ? Text(function.Argument, depth)
        : depth <= MaxDepth && Intrinsic.Untagged(function.Argument) is { } inner ? TextOf(inner, depth + 1)
        : PlainText(function.Argument, depth);

    private string Substitute(Intrinsic function, int depth)
    {
        if (function.Inner is not null)
            return $"<Fn::Sub {Text(function.Argument, depth)}>";
        var items = function.Items;
        if (items.Count == 0 || items[0] is not ScalarNode scalar)
            return "";
        var own = items.Count > 1 ? items[1] as MapNode : null;
        var pattern = _secrets.PatternOf(scalar);
        var text = new StringBuilder();
        var last = 0;
        foreach (var (name, start) in TemplateReference.VariablesOf(pattern))
        {
            if (text.Length > MaxText || start < last)
                break;
            text.Append(pattern, last, start - last);
            last = pattern.IndexOf('}', start) + 1;
            text.Append(own?.Find(name) is { } variable ? Text(variable.Value, depth) : Parameter(name) ?? $"<{name}>");
        }

        return text.Append(pattern, last, pattern.Length - last).ToString();
    }

    private Node? Look(Intrinsic function, int depth)
    {
        if (function.Items is not [var map, var first, var second, ..])
            return null;
        var (name, top, key) = (Text(map, depth), Text(first, depth), Text(second, depth));
        var found = template.Mappings.TryGetValue(name, out var mapping) ? mapping.Value[top]?[key] : null;
        return found ?? (top.Contains('<') || key.Contains('<') || name.Contains('<') || function.Items.Count < 4 ? null
            : function.Items[3]["DefaultValue"]);
    }

    private bool? Holds(Node? node, int depth)
    {
        if (node is null || depth > MaxDepth)
            return null;
        if (node is MapNode { Entries.Count: 1 } single && single.Entries[0] is { Name: "Condition", Value: ScalarNode named })
            return Condition(named.Value);
        if (Intrinsic.Of(node) is not { } function)
            return null;
        switch (function.Name)
        {
            case "Condition" when function.Text is { } name:
                return Condition(name);
            case "Fn::Not" when function.Items is [var one]:
                return !Holds(one, depth + 1);
            case "Fn::And":
                var all = function.Items.Select(i => Holds(i, depth + 1)).ToList();
                return all.Contains(false) ? false : all.Contains(null) ? null : true;
            case "Fn::Or":
                var some = function.Items.Select(i => Holds(i, depth + 1)).ToList();
                return some.Contains(true) ? true : some.Contains(null) ? null : false;
            case "Fn::Equals" when function.Items is [var left, var right]:
                var (a, b) = (Text(left, depth + 1), Text(right, depth + 1));
                return a == b ? true : a.Contains("<") || b.Contains("<") ? null : SecretHash.AreEqual(a, b, key);
            default:
                return null;
        }
    }
}
