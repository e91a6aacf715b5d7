using System.Text.Json;
using Repave.Core.Shapes;

namespace Repave.LanguageServer.Features;

/// <summary>The schema of settings files that editors are given (<c>schemas/repave.schema.json</c>), as far as that uses JSON
/// Schema.</summary>
internal static class SettingsSchema
{
    private static readonly Lazy<JsonElement> Schema = new(() =>
    {
        using var stream = typeof(SettingsSchema).Assembly.GetManifestResourceStream("repave.schema.json")!;
        return JsonDocument.Parse(stream).RootElement;
    });

    /// <summary>What may stand at a path of fields and items.</summary>
    public static Shape ShapeAt(IEnumerable<string> path)
    {
        var holder = new Shape { Types = ShapeTypes.Object };
        foreach (var node in NodesAt(path))
            Describe(node, holder);
        return holder;
    }

    /// <summary>What the field at a path means; null where the schema does not say.</summary>
    public static string? DescriptionAt(IEnumerable<string> path) =>
        NodesAt(path).Select(n => TextOf(n, "description")).FirstOrDefault(d => d is not null);

    // What a structure, or an item of a list, may hold.
    private static void Describe(JsonElement node, Shape holder)
    {
        var required = node.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(n => n.GetString()).ToHashSet() : [];
        if (node.TryGetProperty("properties", out var properties))
        {
            foreach (var property in properties.EnumerateObject())
            {
                holder.Fields ??= new ShapeFields();
                holder.Fields.Add(new ShapeField(property.Name, () => ShapeOf(property.Value),
                    required.Contains(property.Name) ? Presence.Required : Presence.Optional)
                {
                    Description = FormsOf(property.Value).Select(n => TextOf(n, "description")).FirstOrDefault(d => d is not null),
                });
            }
        }

        if (node.TryGetProperty("enum", out var values))
        {
            // A version may be written as a number as well as a text, where that is the same.
            var all = values.EnumerateArray().ToList();
            var others = all.Where(v => v.ValueKind != JsonValueKind.String).Select(v => v.GetRawText()).ToList();
            holder.Enum = [.. all.Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString()!)
                .Select(v => others.Contains(v) ? v : CanonicalJson.Quote(v))];
        }
    }

    private static Shape ShapeOf(JsonElement node)
    {
        var shape = new Shape { Types = ShapeTypes.None };
        foreach (var form in FormsOf(node))
        {
            shape.Types |= TypesOf(form);
            Describe(form, shape);
            if (form.TryGetProperty("items", out var items))
                shape.Items ??= ShapeOf(items);
        }

        if (shape.Types == ShapeTypes.None)
            shape.Types = ShapeTypes.Any;
        return shape;
    }

    private static ShapeTypes TypesOf(JsonElement node)
    {
        if (!node.TryGetProperty("type", out var type))
            return node.TryGetProperty("enum", out _) ? ShapeTypes.String | ShapeTypes.Number : ShapeTypes.None;
        var names = type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()) : [type.GetString()];
        return names.Aggregate(ShapeTypes.None, (all, name) => all | name switch
        {
            "object" => ShapeTypes.Object,
            "array" => ShapeTypes.Array,
            "boolean" => ShapeTypes.Boolean,
            "string" => ShapeTypes.String,
            _ => ShapeTypes.Number,
        });
    }

    private static List<JsonElement> NodesAt(IEnumerable<string> path)
    {
        var nodes = FormsOf(Schema.Value).ToList();
        foreach (var step in path)
            nodes = [.. nodes.SelectMany(n => Below(n, step)).SelectMany(n => FormsOf(n))];
        return nodes;
    }

    private static IEnumerable<JsonElement> Below(JsonElement node, string step)
    {
        if (step == "[]")
            return node.TryGetProperty("items", out var items) ? [items] : [];
        if (node.TryGetProperty("properties", out var properties) && properties.TryGetProperty(step, out var property))
            return [property];
        return node.TryGetProperty("additionalProperties", out var other) && other.ValueKind == JsonValueKind.Object ? [other] : [];
    }

    private static IEnumerable<JsonElement> FormsOf(JsonElement node)
    {
        if (TextOf(node, "$ref") is { } reference)
        {
            var target = Schema.Value;
            foreach (var step in reference.TrimStart('#', '/').Split('/'))
                target = target.GetProperty(step);
            foreach (var form in FormsOf(target))
                yield return form;
        }

        yield return node;
        foreach (var several in (string[])["anyOf", "oneOf"])
        {
            if (!node.TryGetProperty(several, out var forms))
                continue;
            foreach (var form in forms.EnumerateArray().SelectMany(FormsOf))
                yield return form;
        }
    }

    private static string? TextOf(JsonElement node, string name) =>
        node.ValueKind == JsonValueKind.Object && node.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString() : null;
}
