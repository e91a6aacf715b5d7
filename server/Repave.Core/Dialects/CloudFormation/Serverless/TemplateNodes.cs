using System.Security.Cryptography;
using System.Text;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects.CloudFormation.Serverless;

/// <summary>Makes the nodes of what a transform adds to a template. They stand where what they are made from stands, so that whatever is
/// said of
/// them is said of that.</summary>
/// <param name="at">Where that is.</param>
internal sealed class TemplateNodes(TextSpan at)
{
    private const int MaxDepth = 80;

    /// <summary>A text.</summary>
    public ScalarNode Text(string text) => new(at, text, NodeStyle.DoubleQuoted, Syntax.Yaml.YamlScalarReading.Instance);

    /// <summary>A mapping; entries without a value are left out.</summary>
    public MapNode Map(params (string Key, Node? Value)[] entries)
    {
        var map = new MapNode(at, NodeStyle.Flow);
        foreach (var (key, value) in entries)
        {
            if (value is not null)
                map.Add(new MapEntry(Text(key), value));
        }

        return map;
    }

    /// <summary>A list.</summary>
    public ListNode List(params Node[] items)
    {
        var list = new ListNode(at, NodeStyle.Flow);
        foreach (var item in items)
            list.Add(item);
        return list;
    }

    public MapNode Ref(string name) => Map(("Ref", Text(name)));

    public MapNode GetAtt(string name, string attribute) => Map(("Fn::GetAtt", List(Text(name), Text(attribute))));

    public MapNode Sub(string text) => Map(("Fn::Sub", Text(text)));

    /// <summary>A copy of a node and all below it, in which names are replaced.</summary>
    public static Node Copy(Node node, IReadOnlyDictionary<string, string>? renamed = null, int depth = 0)
    {
        var value = node.Resolved ?? node;
        if (depth > MaxDepth)
            return new TemplateNodes(value.Span).Text("");
        Node copy;
        switch (value)
        {
            case MapNode map:
                var entries = new MapNode(map.Span, map.Style);
                foreach (var entry in map.AllEntries)
                {
                    var inner = renamed is not null && entry.Name is "Ref" or "DependsOn" or "Fn::GetAtt" or "Fn::Sub"
                        ? Renamed(entry.Value, entry.Name, renamed, depth + 1) : Copy(entry.Value, renamed, depth + 1);
                    entries.Add(new MapEntry(Copy(entry.Key, null, depth + 1), inner));
                }

                copy = entries;
                break;
            case ListNode list:
                var items = new ListNode(list.Span, list.Style);
                foreach (var item in list.ResolvedItems)
                    items.Add(Copy(item, renamed, depth + 1));
                copy = items;
                break;
            case ScalarNode scalar:
                copy = new ScalarNode(scalar.Span, scalar.Value, scalar.Style, scalar.Reading);
                break;
            default:
                return node;
        }

        copy.Tag = value.Tag;
        return renamed is not null && value.Tag is "!Ref" or "!GetAtt" or "!Sub"
            ? Renamed(value, value.Tag == "!Ref" ? "Ref" : "Fn::" + value.Tag.Substring(1), renamed, depth) : copy;
    }

    /// <summary>A node as the JSON that Python writes of it with sorted keys and no blanks, which names are hashes of.</summary>
    public static string Json(Node? node, Func<string, Node?> parameter, int depth = 0)
    {
        if (node?.Resolved is not { } value || depth > MaxDepth)
            return "null";
        if (Intrinsic.Of(value) is { } function)
        {
            if (function is { Name: "Ref", Text: { } name } && parameter(name) is { } known)
                return Json(known, parameter, depth + 1);
            if (function.IsShort)
            {
                var argument = function.Argument is ScalarNode { Value: var text } && function.Name == "Fn::GetAtt" && text.IndexOf('.')
                    is > 0 and var dot
                    ? $"[{Quote(text.Substring(0, dot))},{Quote(text.Substring(dot + 1))}]"
                    : Plain(function.Argument, parameter, depth);
                return $"{{{Quote(function.Name)}:{argument}}}";
            }
        }

        return Plain(value, parameter, depth);
    }

    /// <summary>The end of a name that follows a text: the first ten digits of its hash, as SAM takes them.</summary>
    public static string Hash(string text)
    {
        if (text.Length == 0)
            return "";
#pragma warning disable CA5350 // The names are SAM's, which takes SHA-1; nothing is secured by it.
        using var sha = SHA1.Create();
#pragma warning restore CA5350
        var hash = new StringBuilder();
        foreach (var octet in sha.ComputeHash(Encoding.UTF8.GetBytes(text)).Take(5))
            hash.Append(octet.ToString("x2", System.Globalization.CultureInfo.InvariantCulture));
        return hash.ToString();
    }

    private static string Plain(Node value, Func<string, Node?> parameter, int depth)
    {
        switch (value)
        {
            case MapNode map:
                return "{" + string.Join(",", map.AllEntries.Where(e => e.Name is { } name && map.Find(name) == e)
                    .OrderBy(e => e.Name, StringComparer.Ordinal).Select(e => Quote(e.Name!) + ":" + Json(e.Value, parameter, depth + 1)))
                        + "}";
            case ListNode list:
                return "[" + string.Join(",", list.ResolvedItems.Select(i => Json(i, parameter, depth + 1))) + "]";
            case ScalarNode { IsNull: true, Tag: null }:
                return "null";
            case ScalarNode { Kind: ScalarKind.Boolean, Tag: null } scalar:
                return scalar.IsTrue ? "true" : "false";
            case ScalarNode { Kind: ScalarKind.Integer, Tag: null, Integer: { } number }:
                return number.ToString(System.Globalization.CultureInfo.InvariantCulture);
            case ScalarNode scalar:
                return Quote(scalar.Value);
            default:
                return "null";
        }
    }

    // Python escapes everything beyond ASCII.
    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var letter in text)
        {
            if (letter is '"' or '\\')
                quoted.Append('\\').Append(letter);
            else if (letter is >= ' ' and <= '~')
                quoted.Append(letter);
            else
                quoted.Append(letter switch
                {
                    '\n' => "\\n",
                    '\r' => "\\r",
                    '\t' => "\\t",
                    _ => "\\u" + ((int)letter).ToString("x4", System.Globalization.CultureInfo.InvariantCulture),
                });
        }

        return quoted.Append('"').ToString();
    }

    private static Node Renamed(Node node, string function, IReadOnlyDictionary<string, string> renamed, int depth)
    {
        var value = node.Resolved ?? node;
        if (value is ScalarNode scalar)
            return new ScalarNode(scalar.Span, NameIn(scalar.Value, function, renamed), scalar.Style, scalar.Reading) { Tag = scalar.Tag };
        if (value is not ListNode list || (function == "Fn::GetAtt" && list.Items.Count == 0))
            return Copy(value, renamed, depth + 1);
        var items = new ListNode(list.Span, list.Style) { Tag = list.Tag };
        var isFirst = true;
        foreach (var item in list.ResolvedItems)
        {
            items.Add((isFirst || function == "DependsOn") && item is ScalarNode first
                ? Renamed(first, function == "Fn::GetAtt" ? "Ref" : function, renamed, depth + 1)
                : Copy(item, renamed, depth + 1));
            isFirst = false;
        }

        return items;
    }

    private static string NameIn(string text, string function, IReadOnlyDictionary<string, string> renamed)
    {
        switch (function)
        {
            case "Fn::Sub":
                foreach (var (name, _) in TemplateReference.VariablesOf(text).ToList())
                {
                    var variable = New(name);
                    if (variable != name)
                        text = text.Replace("${" + name + "}", "${" + variable + "}");
                }

                return text;
            case "DependsOn":
                return renamed.TryGetValue(text, out var other) ? other : text;
            default:
                return New(text);
        }

        // Api.Stage is a name; of Layer.Arn the first word is.
        string New(string name)
        {
            if (renamed.TryGetValue(name, out var whole))
                return whole;
            var dot = name.IndexOf('.');
            return dot > 0 && renamed.TryGetValue(name.Substring(0, dot), out var first) ? first + name.Substring(dot) : name;
        }
    }
}
