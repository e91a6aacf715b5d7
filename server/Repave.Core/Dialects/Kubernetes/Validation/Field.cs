using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Validation;

/// <summary>A place in a resource whether something stands there or not: its path, its value, and what to underline if it
/// is missing.</summary>
internal readonly struct Field
{
    private readonly Node _holder;

    private Field(Node holder, Node? value, string path) => (_holder, Value, Path) = (holder, value, path);

    /// <summary>The field's path from the resource's root.</summary>
    public string Path { get; }

    /// <summary>The value; null if the field is absent or null.</summary>
    public Node? Value { get; }

    /// <summary>The mapping or list that it stands in, or would.</summary>
    public Node Holder => _holder;

    public bool Exists => Value is not null;

    /// <summary>The text of a scalar, or null.</summary>
    public string? Text => (Value as ScalarNode)?.Value;

    /// <summary>The whole number, or null.</summary>
    public long? Number => Value is ScalarNode { Kind: ScalarKind.Integer or ScalarKind.Float } scalar ? scalar.Integer : null;

    public bool IsTrue => Value is ScalarNode { IsTrue: true } scalar;

    /// <summary>Whether there is nothing, an empty text, list or mapping.</summary>
    public bool IsEmpty => Value switch
    {
        MapNode mapping => mapping.AllEntries.Count == 0,
        ListNode sequence => sequence.Items.Count == 0,
        ScalarNode scalar => scalar.Value.Length == 0,
        _ => true,
    };

    public MapNode? Mapping => Value as MapNode;

    /// <summary>The items of a list; empty if there is none.</summary>
    public IEnumerable<Field> Items
    {
        get
        {
            if (Value is not ListNode sequence)
                yield break;
            for (var i = 0; i < sequence.Items.Count; i++)
                yield return new Field(sequence, NotNull(sequence.Items[i].Resolved), $"{Path}[{i}]");
        }
    }

    /// <summary>The fields of a mapping; empty if there is none.</summary>
    public IEnumerable<(string Name, Field Field)> Fields
    {
        get
        {
            if (Value is not MapNode mapping)
                yield break;
            foreach (var entry in mapping.AllEntries)
            {
                if (entry.Name is { } name)
                    yield return (name, new Field(entry.Key, NotNull(entry.Value.Resolved), FieldPath.Append(Path, name)));
            }
        }
    }

    /// <summary>What to underline.</summary>
    public TextSpan Span => Value is ScalarNode { Span.Length: > 0 } ? Value.Span : ShapeValidator.Anchor(Value ?? _holder);

    /// <summary>A field of this one, there or not.</summary>
    public Field this[string name] => new(Value is MapNode ? Value : _holder,
        Value is MapNode mapping ? NotNull(mapping.Find(name)?.Value.Resolved) : null, FieldPath.Append(Path, name));

    /// <summary>The root of a resource.</summary>
    public static Field Root(MapNode root) => new(root, root, "");

    /// <summary>The texts of a list of scalars.</summary>
    public IEnumerable<string> Texts => Items.Select(i => i.Text).OfType<string>();

    /// <summary>The labels or other texts of a map.</summary>
    public Dictionary<string, string> TextMap()
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, field) in Fields)
        {
            if (field.Text is { } text)
                map[name] = text;
            // Go's maps have an empty text where null is written.
            else if (!field.Exists)
                map[name] = "";
        }

        return map;
    }

    private static Node? NotNull(Node? node) => node is ScalarNode { IsNull: true } ? null : node;
}
