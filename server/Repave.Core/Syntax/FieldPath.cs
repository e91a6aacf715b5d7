using System.Globalization;
using System.Text;

namespace Repave.Core.Syntax;

/// <summary>Where a field stands in a resource: names, and places in lists. People and API servers write it <c>spec.ports[0].port</c>; a
/// key that is not a plain name stands in brackets (<c>metadata.annotations[example.com/owner]</c>).</summary>
public sealed class FieldPath
{
    private FieldPath(FieldPath? parent, string? name, int index, string? key) => (Parent, Name, Index, Key) = (parent, name, index, key);

    /// <summary>The resource itself.</summary>
    public static FieldPath Root { get; } = new(null, null, -1, null);

    /// <summary>The path of what holds the field; null for the root.</summary>
    public FieldPath? Parent { get; }

    /// <summary>The field's name; null for a list item and the root.</summary>
    public string? Name { get; }

    /// <summary>The place in a list, counted from 0; -1 for a field.</summary>
    public int Index { get; }

    /// <summary>What identifies the item in a list whose items have identities; null where only the place counts.</summary>
    public string? Key { get; }

    /// <summary>Whether this is the resource itself.</summary>
    public bool IsRoot => Parent is null;

    /// <summary>A field below this one.</summary>
    public FieldPath Field(string name) => new(this, name, -1, null);

    /// <summary>An item of this list.</summary>
    public FieldPath Item(int index, string? key = null) => new(this, null, index, key);

    /// <summary>Whether a path, as it is written, is another one or leads below it.</summary>
    public static bool IsWithin(string path, string outer) => path.StartsWith(outer, StringComparison.Ordinal)
        && (path.Length == outer.Length || path[outer.Length] is '.' or '[');

    /// <summary>The steps from the root to the field.</summary>
    public IReadOnlyList<FieldPath> Steps()
    {
        var steps = new List<FieldPath>();
        for (var at = this; !at.IsRoot; at = at.Parent!)
            steps.Add(at);
        steps.Reverse();
        return steps;
    }

    /// <summary>Reads a path as <see cref="ToString"/> writes it. The steps from the root to the field.</summary>
    public static IReadOnlyList<FieldPath> Parse(string path)
    {
        var at = Root;
        for (var i = 0; i < path.Length;)
        {
            var isBracketed = path[i] == '[';
            var start = isBracketed ? i + 1 : i;
            var end = isBracketed ? path.IndexOf(']', start) : path.IndexOfAny(['.', '['], start);
            if (end < 0)
                end = path.Length;
            var text = path.Substring(start, end - start);
            at = isBracketed && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? at.Item(index)
                : at.Field(text);
            i = isBracketed ? end + 1 : end;
            if (i < path.Length && path[i] == '.')
                i++;
        }

        return at.Steps();
    }

    /// <summary>The path of a node from <paramref name="root"/> (exclusive; by default the document's root). The root's own path
    /// is empty.</summary>
    public static string Of(Node node, Node? root = null)
    {
        var parts = new List<string>();
        for (var at = node; at.Parent is { } parent && at != root; at = parent)
        {
            switch (parent)
            {
                case ListNode sequence:
                    parts.Add($"[{IndexOf(sequence, at)}]");
                    break;
                case MapNode mapping:
                    parts.Add(Step(NameOf(mapping, at)));
                    break;
            }
        }

        var path = new StringBuilder();
        for (var i = parts.Count - 1; i >= 0; i--)
        {
            if (path.Length > 0 && parts[i][0] != '[')
                path.Append('.');
            path.Append(parts[i]);
        }

        return path.ToString();
    }

    /// <summary>The path of a key below a path.</summary>
    public static string Append(string path, string key)
    {
        var part = Step(key);
        return path.Length == 0 || part[0] == '[' ? path + part : path + "." + part;
    }

    /// <summary>Whether the path begins with these names (list places not counted).</summary>
    public bool StartsWith(params string[] names)
    {
        var at = 0;
        foreach (var step in Steps())
        {
            if (at == names.Length)
                break;
            if (step.Name is null)
                continue;
            if (step.Name != names[at])
                return false;
            at++;
        }

        return at == names.Length;
    }

    /// <summary>The field as plans write it: <c>spec.ports[0].port</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var step in Steps())
        {
            if (step.Name is null)
            {
                text.Append('[').Append(step.Index.ToString(CultureInfo.InvariantCulture)).Append(']');
                continue;
            }

            var whole = Append(text.ToString(), step.Name);
            text.Clear().Append(whole);
        }

        return text.ToString();
    }

    private static string Step(string name)
    {
        if (name.Length == 0)
            return "[]";
        foreach (var c in name)
        {
            if (c is '.' or '/' or '[' or ']' or ' ' or '"')
                return $"[{name}]";
        }

        return name;
    }

    private static int IndexOf(ListNode sequence, Node item)
    {
        if (item.Place < sequence.Items.Count && sequence.Items[item.Place] == item)
            return item.Place;
        for (var i = 0; i < sequence.Items.Count; i++)
        {
            if (sequence.Items[i] == item)
                return i;
        }

        return -1;
    }

    private static string NameOf(MapNode mapping, Node node) => mapping.EntryOf(node)?.Name ?? "?";
}
