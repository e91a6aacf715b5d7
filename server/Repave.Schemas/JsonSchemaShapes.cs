using NJsonSchema;
using Repave.Core.Shapes;
using Repave.Core.Text;

namespace Repave.Schemas;

/// <summary>Turns JSON Schemas into shapes. References inside a schema and to files beside it are followed; addresses of the network are
/// not, and stand for anything.</summary>
public sealed class JsonSchemaShapes
{
    private readonly Dictionary<JsonSchema, Shape> _shapes = new(ReferenceEqualityComparer.Instance);
    private readonly Queue<ShapeField> _unread = new();

    private JsonSchemaShapes()
    {
    }

    /// <summary>Reads a schema's text.</summary>
    /// <param name="json">The schema, as JSON.</param>
    /// <param name="path">Where it lies, for references to files beside it; null if nowhere.</param>
    /// <param name="read">Reads the files beside it; null if none may be read.</param>
    /// <exception cref="InvalidDataException">The text is no JSON Schema.</exception>
    public static Shape Read(string json, string? path, Func<string, string>? read = null)
    {
        try
        {
            // The library reads files and parses asynchronously only; nothing here waits for a network.
            var schema = JsonSchema.FromJsonAsync(SchemaText.Of(json), path, LocalReferences.Factory(read)).GetAwaiter().GetResult();
            return new JsonSchemaShapes().Whole(schema);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new InvalidDataException(FirstLine(exception.Message), exception);
        }
    }

    private static string FirstLine(string text) => text.Split('\n')[0].Trim();

    // All of it now and not when a check first asks: what cannot be resolved is the schema's mistake, and checks run beside each other.
    private Shape Whole(JsonSchema schema)
    {
        var root = ShapeOf(schema);
        while (_unread.TryDequeue(out var field))
            _ = field.Shape;
        var judged = new HashSet<Shape>(ReferenceEqualityComparer.Instance);
        foreach (var shape in _shapes.Values)
            RefuseCircles(shape, judged, []);
        return root;
    }

    // A schema that is a part of itself, in the same place, would never have been judged.
    private static void RefuseCircles(Shape shape, HashSet<Shape> judged, HashSet<Shape> above)
    {
        if (judged.Contains(shape))
            return;
        if (!above.Add(shape))
            throw new InvalidDataException("it refers to itself in a circle");
        foreach (var part in shape.AllOf.Concat(shape.AnyOf).Concat(shape.OneOf).Append(shape.Not).OfType<Shape>())
            RefuseCircles(part, judged, above);
        above.Remove(shape);
        judged.Add(shape);
    }

    private Shape ShapeOf(JsonSchema source)
    {
        var schema = source.ActualSchema;
        if (_shapes.TryGetValue(schema, out var known))
            return known;
        var shape = new Shape { Name = schema.Title ?? "" };
        _shapes[schema] = shape;
        shape.Types = TypesOf(schema);
        shape.Format = schema.Format;
        ReadFields(schema, shape);
        ReadItems(schema, shape);
        ReadBounds(schema, shape);
        shape.AllOf = [.. schema.AllOf.Select(ShapeOf)];
        shape.AnyOf = [.. schema.AnyOf.Select(ShapeOf)];
        shape.OneOf = [.. schema.OneOf.Select(ShapeOf)];
        shape.Not = schema.Not is null ? null : ShapeOf(schema.Not);
        if (schema.Enumeration.Count > 0)
            shape.Enum = [.. schema.Enumeration.Select(JsonOf)];
        else if (schema.ExtensionData?.TryGetValue("const", out var constant) == true)
            shape.Enum = [JsonOf(constant)];
        shape.Default = schema.Default is null ? null : JsonOf(schema.Default);
        return shape;
    }

    private static ShapeTypes TypesOf(JsonSchema schema)
    {
        if (schema.Type == JsonObjectType.None)
            return ShapeTypes.Any;
        var types = ShapeTypes.None;
        foreach (var (from, to) in ((JsonObjectType, ShapeTypes)[])[
            (JsonObjectType.Null, ShapeTypes.Null), (JsonObjectType.Boolean, ShapeTypes.Boolean),
            (JsonObjectType.Integer, ShapeTypes.Integer),
            (JsonObjectType.Number, ShapeTypes.Number), (JsonObjectType.String, ShapeTypes.String),
            (JsonObjectType.Array, ShapeTypes.Array),
            (JsonObjectType.Object, ShapeTypes.Object), (JsonObjectType.File, ShapeTypes.Any)])
        {
            if (schema.Type.HasFlag(from))
                types |= to;
        }

        return schema.IsNullable(SchemaType.OpenApi3) ? types | ShapeTypes.Null : types;
    }

    private void ReadFields(JsonSchema schema, Shape shape)
    {
        shape.AllowsUnknown = schema.AllowAdditionalProperties;
        if (schema.AdditionalPropertiesSchema is { } additional)
            shape.Additional = ShapeOf(additional);
        if (schema.Properties.Count > 0 || schema.RequiredProperties.Count > 0 || !schema.AllowAdditionalProperties)
            shape.Fields = new ShapeFields();
        foreach (var (name, property) in schema.Properties)
        {
            var field = new ShapeField(name, () => ShapeOf(property), Presence.Optional);
            shape.Fields!.Add(field);
            _unread.Enqueue(field);
        }

        foreach (var name in schema.RequiredProperties)
        {
            if (shape.Fields![name] is { } field)
                field.Presence = Presence.Required;
            else
                shape.Fields.Add(new ShapeField(name, shape.Additional ?? Shape.Anything, Presence.Required));
        }

        shape.PatternFields = [.. schema.PatternProperties
            .Select(p => (Pattern: BoundedRegex.TryCreate(p.Key), Shape: ShapeOf(p.Value)))
            .Where(p => p.Pattern is not null)
            .Select(p => (p.Pattern!, p.Shape))];
    }

    private void ReadItems(JsonSchema schema, Shape shape)
    {
        if (schema.Item is not null)
            shape.Items = ShapeOf(schema.Item);
        if (schema.Items.Count == 0)
            return;
        shape.Tuple = [.. schema.Items.Select(ShapeOf)];
        shape.Items = schema.AdditionalItemsSchema is { } rest ? ShapeOf(rest) : schema.AllowAdditionalItems ? null : Shape.Nothing;
    }

    private static void ReadBounds(JsonSchema schema, Shape shape)
    {
        shape.Minimum = (double?)(schema.ExclusiveMinimum ?? schema.Minimum);
        shape.ExclusiveMinimum = schema.IsExclusiveMinimum || schema.ExclusiveMinimum is not null;
        shape.Maximum = (double?)(schema.ExclusiveMaximum ?? schema.Maximum);
        shape.ExclusiveMaximum = schema.IsExclusiveMaximum || schema.ExclusiveMaximum is not null;
        shape.MultipleOf = (double?)schema.MultipleOf;
        shape.MinLength = schema.MinLength;
        shape.MaxLength = schema.MaxLength;
        shape.Pattern = schema.Pattern is null ? null : BoundedRegex.TryCreate(schema.Pattern);
        shape.MinItems = schema.MinItems > 0 ? schema.MinItems : null;
        shape.MaxItems = schema.MaxItems > 0 ? schema.MaxItems : null;
        shape.UniqueItems = schema.UniqueItems;
        shape.MinFields = schema.MinProperties > 0 ? schema.MinProperties : null;
        shape.MaxFields = schema.MaxProperties > 0 ? schema.MaxProperties : null;
    }

    private static string JsonOf(object? value)
    {
        var json = value is Newtonsoft.Json.Linq.JToken token ? token.ToString(Newtonsoft.Json.Formatting.None)
            : Newtonsoft.Json.JsonConvert.SerializeObject(value);
        var document = Core.Syntax.Json.JsonLanguage.Instance.ParseDocument(json);
        return document.Root is { } root ? CanonicalJson.Of(root, asPlatform: false) : json;
    }
}
