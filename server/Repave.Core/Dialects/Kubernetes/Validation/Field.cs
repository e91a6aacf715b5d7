using Repave.Core.Shapes;
using Repave.Core.Text;
using Repave.Core.Yaml;

namespace Repave.Core.Dialects.Kubernetes.Validation;

/// <summary>A place in a resource whether something stands there or not: its path, its value, and what to underline if it is missing.</summary>
internal readonly struct Field
{
    private readonly YamlNode _holder;

    private Field(YamlNode holder, YamlNode? value, string path) => (_holder, Value, Path) = (holder, value, path);

    /// <summary>The field's path from the resource's root.</summary>
    public string Path { get; }

    /// <summary>The value; null if the field is absent or null.</summary>
    public YamlNode? Value { get; }

    public bool Exists => Value is not null;

    /// <summary>The text of a scalar, or null.</summary>
    public string? Text => (Value as YamlScalar)?.Value;

    /// <summary>The whole number, or null.</summary>
    public long? Number => Value is YamlScalar { Kind: ScalarKind.Integer or ScalarKind.Float } scalar ? YamlScalars.IntegerOf(scalar.Value) : null;

    public bool IsTrue => Value is YamlScalar { IsTrue: true } scalar;

    /// <summary>Whether there is nothing, an empty text, list or mapping.</summary>
    public bool IsEmpty => Value switch
    {
        YamlMapping mapping => mapping.AllEntries.Count == 0,
        YamlSequence sequence => sequence.Items.Count == 0,
        YamlScalar scalar => scalar.Value.Length == 0,
        _ => true,
    };

    public YamlMapping? Mapping => Value as YamlMapping;

    /// <summary>The items of a list; empty if there is none.</summary>
    public IEnumerable<Field> Items
    {
        get
        {
            if (Value is not YamlSequence sequence)
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
            if (Value is not YamlMapping mapping)
                yield break;
            foreach (var entry in mapping.AllEntries)
            {
                if (entry.Name is { } name)
                    yield return (name, new Field(entry.Key, NotNull(entry.Value.Resolved), YamlPath.Append(Path, name)));
            }
        }
    }

    /// <summary>What to underline.</summary>
    public TextSpan Span => Value is YamlScalar { Span.Length: > 0 } ? Value.Span : ShapeValidator.Anchor(Value ?? _holder);

    /// <summary>A field of this one, there or not.</summary>
    public Field this[string name] => new(Value is YamlMapping ? Value : _holder, Value is YamlMapping mapping ? NotNull(mapping.Find(name)?.Value.Resolved) : null, YamlPath.Append(Path, name));

    /// <summary>The root of a resource.</summary>
    public static Field Root(YamlMapping root) => new(root, root, "");

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
        }

        return map;
    }

    private static YamlNode? NotNull(YamlNode? node) => node is YamlScalar { IsNull: true } ? null : node;
}
