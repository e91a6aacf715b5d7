using System.Text.Json.Nodes;
using Repave.Core.Shapes;

namespace Repave.Schemas.Tests;

/// <summary>Writes a shape of a schema pack as a JSON Schema, so that other validators can judge by it.</summary>
internal static class PackJsonSchema
{
    public static string Of(Shape shape)
    {
        var definitions = new JsonObject();
        var root = Schema(shape, definitions);
        root["definitions"] = definitions;
        return root.ToJsonString();
    }

    private static JsonObject Reference(Shape shape, JsonObject definitions)
    {
        if (shape.Name.Length == 0)
            return Schema(shape, definitions);
        if (!definitions.ContainsKey(shape.Name))
        {
            definitions[shape.Name] = new JsonObject();
            definitions[shape.Name] = Schema(shape, definitions);
        }

        return new JsonObject { ["$ref"] = "#/definitions/" + shape.Name };
    }

    private static JsonObject Schema(Shape shape, JsonObject definitions)
    {
        var schema = new JsonObject();
        if (shape.Types != ShapeTypes.Any)
            schema["type"] = new JsonArray([.. Names(shape.Types).Select(name => JsonValue.Create(name))]);
        if (shape.Format is "date-time" or "byte")
            schema["format"] = shape.Format;
        if (shape.Enum is { } values)
            schema["enum"] = new JsonArray([.. values.Select(v => JsonNode.Parse(v))]);
        if (shape.Minimum is { } minimum)
            schema["minimum"] = minimum;
        if (shape.Maximum is { } maximum)
            schema["maximum"] = maximum;
        if (shape.Items is { } items)
            schema["items"] = Reference(items, definitions);
        if (shape.Additional is { } additional)
            schema["additionalProperties"] = Reference(additional, definitions);
        if (shape.Fields is { } fields)
            AddFields(schema, fields, definitions);
        return schema;
    }

    private static void AddFields(JsonObject schema, ShapeFields fields, JsonObject definitions)
    {
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (var field in fields.All)
        {
            properties[field.Name] = Reference(field.Shape, definitions);
            if (field.Presence != Presence.Optional)
                required.Add(field.Name);
        }

        schema["properties"] = properties;
        schema["additionalProperties"] = false;
        if (required.Count > 0)
            schema["required"] = required;
    }

    private static IEnumerable<string> Names(ShapeTypes types)
    {
        if (types.HasFlag(ShapeTypes.Number))
            yield return "number";
        else if (types.HasFlag(ShapeTypes.Integer))
            yield return "integer";
        foreach (var (type, name) in ((ShapeTypes, string)[])[(ShapeTypes.Null, "null"), (ShapeTypes.Boolean, "boolean"),
            (ShapeTypes.String, "string"), (ShapeTypes.Array, "array"), (ShapeTypes.Object, "object")])
        {
            if (types.HasFlag(type))
                yield return name;
        }
    }
}
