using System.Globalization;
using System.Text.RegularExpressions;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Yaml;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>A kind that a CustomResourceDefinition among the checked files defines.</summary>
/// <param name="ApiVersion">Its apiVersion.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="IsNamespaced">Whether its resources live in namespaces.</param>
/// <param name="Shape">Its shape, metadata included.</param>
/// <param name="Deprecation">What its author says of a deprecated version, or null.</param>
internal sealed record CustomKind(string ApiVersion, string Kind, bool IsNamespaced, Shape Shape, string? Deprecation);

/// <summary>Reads CustomResourceDefinitions into shapes.</summary>
internal static class CustomResourceDefinitions
{
    private const int MaxDepth = 100;

    /// <summary>The kinds that a definition serves.</summary>
    /// <param name="definition">The definition's root.</param>
    /// <param name="metadata">The shape of metadata.</param>
    public static IEnumerable<CustomKind> Read(MapNode definition, Shape metadata)
    {
        if (definition["spec"] is not MapNode spec || spec.TextAt("group") is not { } group
            || spec["names"]?.TextAt("kind") is not { } kind)
            yield break;
        foreach (var version in spec.ItemsAt("versions"))
        {
            if (version.TextAt("name") is not { } name || version.TextAt("served") == "false")
                continue;
            var shape = version.At("schema", "openAPIV3Schema") is MapNode schema ? ShapeOf(schema, 0) : new Shape { AllowsUnknown = true };
            AddObjectFields(shape, metadata);
            shape.Name = kind;
            var deprecation = version.TextAt("deprecated") == "true"
                ? version.TextAt("deprecationWarning") ?? $"{group}/{name} {kind} is deprecated."
                : null;
            yield return new CustomKind($"{group}/{name}", kind, spec.TextAt("scope") == "Namespaced", shape, deprecation);
        }
    }

    /// <summary>Adds the kinds of several definitions.</summary>
    /// <param name="kinds">Where to add them, by apiVersion and kind.</param>
    /// <param name="definitions">The definitions.</param>
    /// <param name="schemas">The built-in kinds.</param>
    public static void AddTo(Dictionary<(string ApiVersion, string Kind), CustomKind> kinds, IEnumerable<KubernetesResource> definitions,
        KubernetesSchemas schemas)
    {
        foreach (var definition in definitions)
        {
            foreach (var kind in definition.Defines(schemas))
                kinds[(kind.ApiVersion, kind.Kind)] = kind;
        }
    }

    private static void AddObjectFields(Shape shape, Shape metadata)
    {
        shape.Types = ShapeTypes.Object;
        shape.Fields ??= new ShapeFields();
        shape.Fields.Add(new ShapeField("apiVersion", new Shape { Types = ShapeTypes.String }));
        shape.Fields.Add(new ShapeField("kind", new Shape { Types = ShapeTypes.String }));
        shape.Fields.Add(new ShapeField("metadata", metadata));
    }

    /// <summary>What a schema of a definition says of values.</summary>
    public static Shape ShapeOf(MapNode schema) => ShapeOf(schema, 0);

    private static Shape ShapeOf(MapNode schema, int depth)
    {
        if (depth > MaxDepth)
            return Shape.Anything;
        var shape = new Shape { Types = TypesOf(schema) };
        if (schema.TextAt("nullable") == "true")
            shape.Types |= ShapeTypes.Null;
        ReadFields(schema, shape, depth);
        ReadBounds(schema, shape);
        ReadCombinations(schema, shape, depth);
        shape.IsAtomic = schema.TextAt("x-kubernetes-map-type") == "atomic";
        shape.ListKind = schema.TextAt("x-kubernetes-list-type") switch
        {
            "map" => ListKind.Map,
            "set" => ListKind.Set,
            _ => ListKind.Atomic,
        };
        shape.RefusesDuplicates = shape.ListKind != ListKind.Atomic;
        shape.ListKeys = [.. schema.ItemsAt("x-kubernetes-list-map-keys").OfType<ScalarNode>().Select(k => k.Value)];
        shape.Rules = [.. schema.ItemsAt("x-kubernetes-validations")
            .Select(r => new ShapeRule(r.TextAt("rule") ?? "", r.TextAt("message"), r.TextAt("optionalOldSelf") == "true"))];
        if (schema["items"] is MapNode items)
            shape.Items = ShapeOf(items, depth + 1);
        if (schema["enum"] is ListNode values)
            shape.Enum = [.. values.ResolvedItems.Select(v => CanonicalJson.Of(v, asPlatform: true))];
        if (schema["default"] is { } value)
            shape.Default = CanonicalJson.Of(value, asPlatform: true);
        return shape;
    }

    private static ShapeTypes TypesOf(MapNode schema)
    {
        if (schema.TextAt("x-kubernetes-int-or-string") == "true")
            return ShapeTypes.Integer | ShapeTypes.String;
        return schema.TextAt("type") switch
        {
            "object" => ShapeTypes.Object,
            "array" => ShapeTypes.Array,
            "string" => ShapeTypes.String,
            "integer" => ShapeTypes.Integer,
            "number" => ShapeTypes.Number,
            "boolean" => ShapeTypes.Boolean,
            _ => ShapeTypes.Any,
        };
    }

    private static void ReadFields(MapNode schema, Shape shape, int depth)
    {
        var keepsUnknown = schema.TextAt("x-kubernetes-preserve-unknown-fields") == "true";
        shape.IsEmbeddedResource = schema.TextAt("x-kubernetes-embedded-resource") == "true";
        shape.AllowsUnknown = keepsUnknown || shape.IsEmbeddedResource;
        if (schema["properties"] is MapNode properties)
        {
            shape.Fields = new ShapeFields();
            foreach (var entry in properties.AllEntries)
            {
                if (entry.Name is { } name)
                    shape.Fields.Add(entry.Value.Resolved is MapNode field
                        ? new ShapeField(name, ShapeOf(field, depth + 1)) { Description = field.TextAt("description") }
                        : new ShapeField(name, Shape.Anything));
            }
        }

        switch (schema["additionalProperties"])
        {
            case MapNode additional:
                shape.Additional = ShapeOf(additional, depth + 1);
                break;
            case ScalarNode { IsTrue: true }:
                shape.AllowsUnknown = true;
                break;
        }

        foreach (var required in schema.ItemsAt("required").OfType<ScalarNode>())
        {
            shape.Fields ??= new ShapeFields();
            if (shape.Fields[required.Value] is { } field)
                field.Presence = field.Shape.Default is null ? Presence.Required : Presence.Optional;
            else
                shape.Fields.Add(new ShapeField(required.Value, Shape.Anything, Presence.Required));
        }

        // An object without a word about its fields is pruned to nothing, which is no error at apply time either.
        if (shape.Fields is null && shape.Additional is null)
            shape.AllowsUnknown = true;
    }

    private static void ReadBounds(MapNode schema, Shape shape)
    {
        shape.Format = schema.TextAt("format") is "date-time" or "int32" or "int64" or "byte" or "date" or "ipv4" or "ipv6" or "uuid"
            or "cidr" ? schema.TextAt("format") : null;
        shape.Minimum = NumberAt(schema, "minimum");
        shape.Maximum = NumberAt(schema, "maximum");
        shape.ExclusiveMinimum = schema.TextAt("exclusiveMinimum") == "true";
        shape.ExclusiveMaximum = schema.TextAt("exclusiveMaximum") == "true";
        shape.MultipleOf = NumberAt(schema, "multipleOf");
        shape.MinLength = CountAt(schema, "minLength");
        shape.MaxLength = CountAt(schema, "maxLength");
        shape.MinItems = CountAt(schema, "minItems");
        shape.MaxItems = CountAt(schema, "maxItems");
        shape.MinFields = CountAt(schema, "minProperties");
        shape.MaxFields = CountAt(schema, "maxProperties");
        shape.UniqueItems = schema.TextAt("uniqueItems") == "true";
        if (schema.TextAt("pattern") is { } pattern)
            shape.Pattern = BoundedRegex.TryCreate(pattern);
    }

    private static void ReadCombinations(MapNode schema, Shape shape, int depth)
    {
        shape.AllOf = Parts(schema, "allOf", depth);
        shape.AnyOf = Parts(schema, "anyOf", depth);
        shape.OneOf = Parts(schema, "oneOf", depth);
        if (schema["not"] is MapNode not)
            shape.Not = PartOf(not, depth);
    }

    private static IReadOnlyList<Shape> Parts(MapNode schema, string key, int depth) =>
        [.. schema.ItemsAt(key).OfType<MapNode>().Select(part => PartOf(part, depth))];

    // Inside combinations only values are checked: fields that the outer schema names are none of theirs.
    private static Shape PartOf(MapNode schema, int depth)
    {
        var shape = ShapeOf(schema, depth + 1);
        shape.AllowsUnknown = true;
        return shape;
    }

    private static double? NumberAt(MapNode schema, string key) => schema.TextAt(key) is { } text ? YamlScalars.NumberOf(text) : null;

    private static int? CountAt(MapNode schema, string key) =>
        schema.TextAt(key) is { } text && YamlScalars.IntegerOf(text) is { } number && number is >= 0 and <= int.MaxValue ? (int)number
            : null;
}
