using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Json;
using Repave.Core.Text;

namespace Repave.Core.Dialects.CloudInit;

/// <summary>Reads cloud-init's schema of cloud-configs: what of JSON Schema it uses.</summary>
internal sealed class CloudConfigSchema
{
    private static readonly Dictionary<string, Shape> Known = new(StringComparer.Ordinal);

    private readonly Dictionary<string, Shape> _named = new(StringComparer.Ordinal);
    private readonly Node? _root;

    private CloudConfigSchema(Node? root) => _root = root;

    /// <summary>The releases of cloud-init that there are schemas of, in order.</summary>
    public static IReadOnlyList<string> Versions { get; } = EmbeddedPacks.Versions(CloudInitDialect.DialectName);

    /// <summary>The shape of a whole cloud-config, as a release takes it.</summary>
    public static Shape Of(string version)
    {
        lock (Known)
        {
            if (!Known.TryGetValue(version, out var shape))
            {
                var pack = EmbeddedPacks.Text(CloudInitDialect.DialectName, version + ".pack");
                var root = JsonLanguage.Instance.ParseDocument(pack.Substring(pack.IndexOf('\n') + 1)).Root;
                Known[version] = shape = new CloudConfigSchema(root).Whole();
            }

            return shape;
        }
    }

    // Each module has a part of its own. Their fields are put together, so that each can be found by its name.
    private Shape Whole()
    {
        var whole = new Shape { Types = ShapeTypes.Object, Fields = new ShapeFields() };
        foreach (var part in _root!.ItemsAt("allOf").Select(Read))
        {
            foreach (var field in part.Fields?.All ?? [])
            {
                var (own, before) = (field.Shape, whole.Fields[field.Name]?.Shape);
                whole.Fields.Add(before is null ? field : new ShapeField(field.Name,
                    new Shape { AllowsUnknown = true, Fields = own.Fields ?? before.Fields, AllOf = [before, own] }));
            }

            if (part.AllOf.Count + part.AnyOf.Count + part.OneOf.Count > 0
                || part.Fields?.All.Any(f => f.Presence != Presence.Optional) == true)
                whole.AllOf = [.. whole.AllOf, part];
        }

        foreach (var entry in (_root["properties"] as MapNode)?.AllEntries ?? [])
        {
            if (entry.Name is { } name && whole.Fields[name] is null)
                whole.Fields.Add(new ShapeField(name, Read(entry.Value)));
        }

        whole.AllowsUnknown = _root["additionalProperties"] is not ScalarNode { Value: "false" };
        return whole;
    }

    private Shape Read(Node json)
    {
        if (json.TextAt("$ref") is not { } reference)
            return Fill(new Shape { AllowsUnknown = true }, json);
        if (_named.TryGetValue(reference, out var known))
            return known;
        // Before it is filled, for it may name itself.
        _named[reference] = known = new Shape { AllowsUnknown = true };
        Node? at = _root;
        foreach (var step in reference.TrimStart('#', '/').Split('/'))
            at = at?[step];
        return at is null ? known : Fill(known, at);
    }

    private Shape Fill(Shape shape, Node json)
    {
        var types = json["type"] is ListNode several ? several.ResolvedItems.OfType<ScalarNode>().Select(s => s.Value)
            : json.TextAt("type") is { } one ? [one] : [];
        shape.Types = types.Aggregate(ShapeTypes.None, static (all, type) => all | TypeOf(type));
        if (shape.Types == ShapeTypes.None)
            shape.Types = ShapeTypes.Any;
        FillFields(shape, json);
        if (json["items"] is MapNode items)
            shape.Items = Read(items);
        else if (json["items"] is ListNode tuple)
            (shape.Tuple, shape.Items) = ([.. tuple.ResolvedItems.Select(Read)],
                json["additionalItems"] is MapNode rest ? Read(rest)
                : json["additionalItems"] is ScalarNode { Value: "false" } ? Shape.Nothing : null);
        if (json["enum"] is ListNode values)
            shape.Enum = [.. values.ResolvedItems.Select(v => CanonicalJson.Of(v, asPlatform: false))];
        shape.Pattern = json.TextAt("pattern") is { } pattern ? BoundedRegex.TryCreate(pattern) : null;
        shape.Minimum = json.ScalarAt("minimum")?.Number;
        shape.Maximum = json.ScalarAt("maximum")?.Number;
        shape.MinItems = (int?)json.ScalarAt("minItems")?.Number;
        shape.MaxItems = (int?)json.ScalarAt("maxItems")?.Number;
        shape.MinFields = (int?)json.ScalarAt("minProperties")?.Number;
        shape.UniqueItems = json["uniqueItems"] is ScalarNode { Value: "true" };
        shape.AllOf = [.. json.ItemsAt("allOf").Select(Read)];
        shape.AnyOf = [.. json.ItemsAt("anyOf").Select(Read)];
        shape.OneOf = [.. json.ItemsAt("oneOf").Select(Read)];
        shape.Not = json["not"] is MapNode not ? Read(not) : null;
        return shape;
    }

    private void FillFields(Shape shape, Node json)
    {
        var others = json["additionalProperties"];
        shape.AllowsUnknown = others is not ScalarNode { Value: "false" };
        shape.Additional = others is MapNode ? Read(others) : null;
        var required = json.ItemsAt("required").OfType<ScalarNode>().Select(s => s.Value).ToList();
        var properties = (json["properties"] as MapNode)?.AllEntries ?? [];
        if (!shape.AllowsUnknown || required.Count > 0 || properties.Any())
            shape.Fields = new ShapeFields();
        foreach (var entry in properties)
        {
            if (entry.Name is { } name)
                shape.Fields!.Add(new ShapeField(name, Read(entry.Value)));
        }

        foreach (var name in required)
        {
            if (shape.Fields![name] is { } field)
                field.Presence = Presence.Required;
            else
                shape.Fields.Add(new ShapeField(name, shape.Additional ?? Shape.Anything, Presence.Required));
        }

        shape.PatternFields = [.. ((json["patternProperties"] as MapNode)?.AllEntries ?? [])
            .Where(e => e.Name is not null).Select(e => (Name: BoundedRegex.TryCreate(e.Name!), Shape: Read(e.Value)))
            .Where(p => p.Name is not null).Select(p => (p.Name!, p.Shape))];
    }

    private static ShapeTypes TypeOf(string type) => type switch
    {
        "null" => ShapeTypes.Null,
        "boolean" => ShapeTypes.Boolean,
        "integer" => ShapeTypes.Integer,
        "number" => ShapeTypes.Number,
        "string" => ShapeTypes.String,
        "array" => ShapeTypes.Array,
        "object" => ShapeTypes.Object,
        _ => ShapeTypes.Any,
    };
}
