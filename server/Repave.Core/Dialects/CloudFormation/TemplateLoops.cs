using System.Text;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation;

/// <summary>Writes out what <c>Fn::ForEach</c> makes, as the transform AWS::LanguageExtensions does: of resources, conditions, outputs and
/// properties, loops in loops too. What it makes stands where the loop's body stands.</summary>
/// <param name="itemsOf">The items of a collection; null where they are not known.</param>
internal sealed class TemplateLoops(Func<Node, IReadOnlyList<string>?> itemsOf)
{
    private const string Prefix = "Fn::ForEach::";
    private const int MaxDepth = 60;

    // Loops in loops make a lot out of little.
    private const int MaxNodes = 200_000;

    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private int _nodes;

    /// <summary>Whether there are loops that could not be written out, because nobody knows over what they go.</summary>
    public bool AnyOpen { get; private set; }

    /// <summary>Whether a key begins a loop.</summary>
    public static bool IsLoop(string? key) => key?.StartsWith(Prefix, StringComparison.Ordinal) == true;

    /// <summary>Whether a text has loops at all.</summary>
    public static bool MayBeIn(string text) => text.IndexOf(Prefix, StringComparison.Ordinal) >= 0;

    /// <summary>The collections that loops below a node go over, and the names of their variables.</summary>
    public static void Find(Node? node, List<Node> collections, HashSet<string> variables, int depth = 0)
    {
        if (depth > MaxDepth || node?.Resolved is not { } value)
            return;
        switch (value)
        {
            case MapNode map:
                foreach (var entry in map.AllEntries)
                {
                    if (IsLoop(entry.Name) && entry.Value.Resolved is ListNode list && list.ResolvedItems.ToList()
                        is [var variable, var over, var body])
                    {
                        foreach (var name in VariablesOf(variable))
                            variables.Add(name);
                        collections.Add(over);
                        Find(body, collections, variables, depth + 1);
                    }
                    else
                    {
                        Find(entry.Value, collections, variables, depth + 1);
                    }
                }

                break;
            case ListNode list:
                foreach (var item in list.ResolvedItems)
                    Find(item, collections, variables, depth + 1);
                break;
        }
    }

    /// <summary>The entries of a mapping with its loops written out.</summary>
    public IEnumerable<MapEntry> EntriesOf(MapNode map, int depth = 0)
    {
        foreach (var entry in map.AllEntries)
        {
            if (_nodes > MaxNodes || depth > MaxDepth)
            {
                AnyOpen = true;
                yield break;
            }

            if (IsLoop(entry.Name) && entry.Value.Resolved is ListNode list && list.ResolvedItems.ToList()
                is [ScalarNode variable, var over, MapNode body])
            {
                foreach (var made in Iterate(variable.Value, over, body, depth))
                    yield return made;
            }
            else
            {
                yield return new MapEntry(Copy(entry.Key, depth), Copy(entry.Value, depth));
            }
        }
    }

    private IEnumerable<MapEntry> Iterate(string variable, Node over, MapNode body, int depth)
    {
        var hidden = _variables.TryGetValue(variable, out var outer);
        if (itemsOf(Copy(over, depth)) is not { } items)
        {
            AnyOpen = true;
            _variables.Remove(variable);
            foreach (var made in EntriesOf(body, depth + 1))
                yield return made;
        }
        else
        {
            foreach (var item in items)
            {
                _variables[variable] = item;
                foreach (var made in EntriesOf(body, depth + 1))
                    yield return made;
            }
        }

        if (hidden)
            _variables[variable] = outer!;
        else
            _variables.Remove(variable);
    }

    private Node Copy(Node node, int depth)
    {
        _nodes++;
        var value = node.Resolved ?? node;
        if (depth > MaxDepth)
            return new ScalarNode(value.Span, "", NodeStyle.DoubleQuoted, Syntax.Yaml.YamlScalarReading.Instance);
        if (_variables.Count > 0 && Intrinsic.Of(value) is { Name: "Ref", Text: { } name } && _variables.TryGetValue(name, out var item)
            && FirstScalar(value) is { } written)
            return new ScalarNode(value.Span, item, NodeStyle.DoubleQuoted, written.Reading);
        Node copy;
        switch (value)
        {
            case MapNode map:
                var made = new MapNode(map.Span, map.Style);
                foreach (var entry in EntriesOf(map, depth + 1))
                    made.Add(entry.Name is "Ref" or "Fn::GetAtt" ? new MapEntry(entry.Key, Named(entry.Value)) : entry);
                copy = made;
                break;
            case ListNode list:
                var items = new ListNode(list.Span, list.Style);
                foreach (var one in list.ResolvedItems)
                    items.Add(Copy(one, depth + 1));
                copy = items;
                break;
            case ScalarNode scalar:
                var text = Fill(scalar.Value);
                copy = new ScalarNode(scalar.Span, text, ReferenceEquals(text, scalar.Value) ? scalar.Style : NodeStyle.DoubleQuoted,
                    scalar.Reading);
                break;
            default:
                return node;
        }

        if (value.Tag is "!Ref" or "!GetAtt")
            copy = Named(copy);
        copy.Tag = value.Tag;
        return copy;
    }

    // In loops a name may be put together (Ref: {Fn::Sub: "Topic${Id}"}); once nothing is open in it, it is a name.
    private static Node Named(Node value)
    {
        if (value is ScalarNode { Tag: "!Sub" } text && text.Value.IndexOf("${", StringComparison.Ordinal) < 0)
            return new ScalarNode(text.Span, text.Value, text.Style, text.Reading);
        if (value is MapNode { Entries: [{ Name: "Fn::Sub", Value: ScalarNode { Tag: null } name }] }
            && name.Value.IndexOf("${", StringComparison.Ordinal) < 0)
            return new ScalarNode(name.Span, name.Value, name.Style, name.Reading);
        if (value is not ListNode { Tag: null, Items: [(MapNode or ScalarNode { Tag: "!Sub" }) and var first, ..] } list
            || Named(first) is not ScalarNode { Tag: null })
            return value;
        var items = new ListNode(list.Span, list.Style);
        for (var i = 0; i < list.Items.Count; i++)
            items.Add(i == 0 ? Named(first) : list.Items[i]);
        return items;
    }

    private string Fill(string text)
    {
        if (_variables.Count == 0 || text.IndexOf('{') < 0)
            return text;
        foreach (var variable in _variables)
        {
            if (text.IndexOf("${" + variable.Key + "}", StringComparison.Ordinal) >= 0)
                text = text.Replace("${" + variable.Key + "}", variable.Value);
            if (text.IndexOf("&{" + variable.Key + "}", StringComparison.Ordinal) >= 0)
                text = text.Replace("&{" + variable.Key + "}", Plain(variable.Value));
        }

        return text;
    }

    // Logical ids take letters and digits only.
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (char.IsLetterOrDigit(letter))
                plain.Append(letter);
        }

        return plain.ToString();
    }

    private static IEnumerable<string> VariablesOf(Node node) => node switch
    {
        ScalarNode scalar => [scalar.Value],
        ListNode list => list.ResolvedItems.OfType<ScalarNode>().Select(s => s.Value),
        _ => [],
    };

    private static ScalarNode? FirstScalar(Node node) =>
        node as ScalarNode ?? (node as MapNode)?.Entries.Select(e => e.Value.Resolved).OfType<ScalarNode>().FirstOrDefault();
}
