using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Compose.Loading;

/// <summary>A schema of the Compose specification: what of JSON Schema it uses.</summary>
internal sealed class SpecSchema
{
    private readonly SpecSchema? _root;
    private readonly Dictionary<string, SpecSchema> _definitions;
    private readonly string? _reference;

    public SpecSchema(SpecSchema? root, Dictionary<string, SpecSchema> definitions, string? reference = null) =>
        (_root, _definitions, _reference) = (root, definitions, reference);

    /// <summary>The allowed types, as the schema names them; empty for any.</summary>
    public IReadOnlyList<string> Types { get; private set; } = [];

    /// <summary>The fields by name.</summary>
    public Dictionary<string, SpecSchema> Properties { get; } = new(StringComparer.Ordinal);

    /// <summary>Fields by patterns of their names.</summary>
    public List<(BoundedRegex Name, SpecSchema Schema)> Patterns { get; } = [];

    /// <summary>The schema of other fields; null if any.</summary>
    public SpecSchema? Additional { get; private set; }

    /// <summary>Whether other fields are refused.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The fields that must be there.</summary>
    public IReadOnlyList<string> Required { get; private set; } = [];

    /// <summary>The schema of a list's items; null if any.</summary>
    public SpecSchema? Items { get; private set; }

    /// <summary>Whether no item may stand twice.</summary>
    public bool UniqueItems { get; private set; }

    /// <summary>The allowed texts; null if any.</summary>
    public IReadOnlyList<string>? Enum { get; private set; }

    /// <summary>What a text must match; null if nothing.</summary>
    public BoundedRegex? Pattern { get; private set; }

    /// <summary>A grammar of texts; null if there is none.</summary>
    public string? Format { get; private set; }

    /// <summary>Smallest number.</summary>
    public double? Minimum { get; private set; }

    /// <summary>Largest number.</summary>
    public double? Maximum { get; private set; }

    /// <summary>Of these exactly one must hold, or none is demanded.</summary>
    public List<SpecSchema> OneOf { get; } = [];

    /// <summary>Of these at least one must hold, or none is demanded.</summary>
    public List<SpecSchema> AnyOf { get; } = [];

    /// <summary>The schema itself, or the one that it names.</summary>
    public SpecSchema Resolved => _reference is null ? this : _root!._definitions.TryGetValue(_reference, out var named) ? named.Resolved
        : this;

    /// <summary>Whether it is of a type, which may be one of several.</summary>
    public bool Takes(string type) => Types.Count == 0 ? OneOf.Concat(AnyOf).Any(s => s.Resolved.Takes(type)) : Types.Contains(type);

    /// <summary>Reads a schema.</summary>
    public static SpecSchema Of(Node? json)
    {
        var definitions = new Dictionary<string, SpecSchema>(StringComparer.Ordinal);
        var root = new SpecSchema(null, definitions);
        foreach (var section in (string[])["definitions", "$defs"])
        {
            foreach (var entry in (json?[section] as MapNode)?.AllEntries ?? [])
                definitions[$"#/{section}/{entry.Name}"] = Read(entry.Value, root);
        }

        root.Fill(json, root);
        return root;
    }

    private static SpecSchema Read(Node node, SpecSchema root)
    {
        var schema = new SpecSchema(root, [], node.TextAt("$ref"));
        schema.Fill(node, root);
        return schema;
    }

    private void Fill(Node? json, SpecSchema root)
    {
        if (json is not MapNode)
            return;
        Types = json["type"] switch
        {
            ScalarNode one => [one.Value],
            ListNode several => [.. several.ResolvedItems.OfType<ScalarNode>().Select(s => s.Value)],
            _ => [],
        };
        foreach (var entry in (json["properties"] as MapNode)?.AllEntries ?? [])
            Properties[entry.Name!] = Read(entry.Value, root);
        foreach (var entry in (json["patternProperties"] as MapNode)?.AllEntries ?? [])
        {
            if (BoundedRegex.TryCreate(entry.Name!) is { } name)
                Patterns.Add((name, Read(entry.Value, root)));
        }

        if (json["additionalProperties"] is MapNode additional)
            Additional = Read(additional, root);
        IsClosed = json["additionalProperties"] is ScalarNode { Value: "false" };
        Required = [.. json.ItemsAt("required").OfType<ScalarNode>().Select(s => s.Value)];
        if (json["items"] is MapNode items)
            Items = Read(items, root);
        UniqueItems = json["uniqueItems"] is ScalarNode { Value: "true" };
        if (json["enum"] is ListNode values)
            Enum = [.. values.ResolvedItems.OfType<ScalarNode>().Select(s => s.Value)];
        Pattern = json.TextAt("pattern") is { } pattern ? BoundedRegex.TryCreate(pattern) : null;
        Format = json.TextAt("format");
        Minimum = json.ScalarAt("minimum")?.Number;
        Maximum = json.ScalarAt("maximum")?.Number;
        OneOf.AddRange(json.ItemsAt("oneOf").Select(s => Read(s, root)));
        AnyOf.AddRange(json.ItemsAt("anyOf").Select(s => Read(s, root)));
    }

    /// <summary>The shape of what it describes, for completion and hover.</summary>
    public Shape ToShape() => ToShape(new Dictionary<SpecSchema, Shape>());

    private Shape ToShape(Dictionary<SpecSchema, Shape> known)
    {
        var schema = Resolved;
        if (known.TryGetValue(schema, out var shape))
            return shape;
        known[schema] = shape = new Shape { Fields = null };
        // Of several forms the one with fields tells what can be written within.
        var forms = (IReadOnlyList<SpecSchema>)[schema, .. schema.OneOf.Concat(schema.AnyOf).Select(s => s.Resolved)];
        shape.Types = forms.SelectMany(f => f.Types).Aggregate(ShapeTypes.None, (all, type) => all | TypeOf(type));
        if (shape.Types == ShapeTypes.None)
            shape.Types = ShapeTypes.Any;
        shape.Enum = forms.Select(f => f.Enum).FirstOrDefault(e => e is not null)?.Select(CanonicalJson.Quote).ToList();
        foreach (var form in forms)
        {
            foreach (var (name, property) in form.Properties)
            {
                shape.Fields ??= new ShapeFields();
                shape.Fields.Add(new ShapeField(name, () => property.ToShape(known),
                    form.Required.Contains(name) ? Presence.Required : Presence.Optional));
            }

            if (form.Items is { } items && shape.Items is null)
                shape.Items = items.ToShape(known);
            var other = form.Additional ?? form.Patterns.Where(p => !p.Name.Matches("x-") || p.Name.Matches("a")).Select(p => p.Schema).FirstOrDefault();
            if (other is not null && shape.Additional is null && form.Properties.Count == 0)
                shape.Additional = other.ToShape(known);
        }

        shape.AllowsUnknown = !schema.IsClosed;
        return shape;
    }

    private static ShapeTypes TypeOf(string type) => type switch
    {
        "null" => ShapeTypes.Null,
        "boolean" => ShapeTypes.Boolean,
        "integer" => ShapeTypes.Integer,
        "number" => ShapeTypes.Number,
        "string" => ShapeTypes.String,
        "array" => ShapeTypes.Array,
        _ => ShapeTypes.Object,
    };
}
