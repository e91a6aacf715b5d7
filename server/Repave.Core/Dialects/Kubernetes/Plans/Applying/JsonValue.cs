using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Yaml;

namespace Repave.Core.Dialects.Kubernetes.Plans.Applying;

/// <summary>Values as merging needs them: a map is a <see cref="Dictionary{TKey, TValue}"/>, a list a <see cref="List{T}"/>, null is null, and
/// anything else is the node that says it, so that what is merged still knows its secrets.</summary>
internal static class JsonValue
{
    /// <summary>The value of a node, in maps and lists of its own.</summary>
    public static object? Of(Node? node)
    {
        switch (node?.Resolved)
        {
            case MapNode map:
                return Of(map);
            case ListNode list:
                return list.ResolvedItems.Select(Of).ToList();
            case null or ScalarNode { IsNull: true }:
                return null;
            case var leaf:
                return leaf;
        }
    }

    /// <summary>The value of a map.</summary>
    public static Dictionary<string, object?> Of(MapNode map)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var entry in map.AllEntries)
        {
            // Of a key that stands twice readers keep the last.
            if (entry.Name is { } name)
                values[name] = Of(entry.Value);
        }

        return values;
    }

    /// <summary>The node of a value.</summary>
    public static Node NodeOf(object? value)
    {
        switch (value)
        {
            case Dictionary<string, object?> map:
                return NodeOf(map);
            case List<object?> items:
                var list = new ListNode(default, NodeStyle.Flow);
                foreach (var item in items)
                    list.Share(NodeOf(item));
                return list;
            case Node leaf:
                return leaf;
            default:
                return Plain("null");
        }
    }

    /// <summary>The node of a map.</summary>
    public static MapNode NodeOf(Dictionary<string, object?> map)
    {
        var node = new MapNode(default, NodeStyle.Flow);
        foreach (var entry in map)
            node.Share(new MapEntry(Text(entry.Key), NodeOf(entry.Value)));
        return node;
    }

    /// <summary>A text.</summary>
    public static ScalarNode Text(string text) => new(default, text, NodeStyle.DoubleQuoted, YamlScalarReading.Instance);

    /// <summary>A number, a truth value or null, as it is written.</summary>
    public static ScalarNode Plain(string text) => new(default, text, NodeStyle.Plain, YamlScalarReading.Instance);

    /// <summary>A copy in maps and lists of its own.</summary>
    public static object? Copy(object? value) => value switch
    {
        Dictionary<string, object?> map => Copy(map),
        List<object?> list => list.Select(Copy).ToList(),
        _ => value,
    };

    /// <summary>A copy in maps and lists of its own.</summary>
    public static Dictionary<string, object?> Copy(Dictionary<string, object?> map)
    {
        var copy = new Dictionary<string, object?>(map.Count, StringComparer.Ordinal);
        foreach (var entry in map)
            copy[entry.Key] = Copy(entry.Value);
        return copy;
    }

    /// <summary>Whether two values are the same.</summary>
    public static bool AreEqual(object? one, object? other)
    {
        switch (one, other)
        {
            case (null, null):
                return true;
            case (Dictionary<string, object?> a, Dictionary<string, object?> b):
                return a.Count == b.Count && a.All(e => b.TryGetValue(e.Key, out var value) && AreEqual(e.Value, value));
            case (List<object?> a, List<object?> b):
                return a.Count == b.Count && !a.Where((item, i) => !AreEqual(item, b[i])).Any();
            case (Node a, Node b):
                return ReferenceEquals(a, b) || JsonOf(a) == JsonOf(b);
            default:
                return false;
        }
    }

    /// <summary>Whether two values are of one kind: map, list, null, text, number, or truth value.</summary>
    public static bool AreAlike(object? one, object? other) => KindOf(one) == KindOf(other);

    /// <summary>A leaf's value as JSON.</summary>
    public static string JsonOf(Node leaf) => CanonicalJson.Of(leaf, asPlatform: true);

    /// <summary>A value as Go prints it, by which merging sorts.</summary>
    public static string Printed(object? value) => value switch
    {
        ScalarNode { Kind: ScalarKind.String } text => text.Value,
        Node leaf => JsonOf(leaf),
        null => "<nil>",
        _ => JsonOf(NodeOf(value)),
    };

    private static int KindOf(object? value) => value switch
    {
        null => 0,
        Dictionary<string, object?> => 1,
        List<object?> => 2,
        ScalarNode { Kind: ScalarKind.Boolean } => 3,
        ScalarNode { Kind: ScalarKind.Integer } => 4,
        ScalarNode { Kind: ScalarKind.Float } => 5,
        _ => 6,
    };
}
