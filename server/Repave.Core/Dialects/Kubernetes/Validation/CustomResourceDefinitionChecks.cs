using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Validation;

/// <summary>CustomResourceDefinitions and the structural schemas in them.</summary>
internal static class CustomResourceDefinitionChecks
{
    private static readonly string[] Types = ["array", "boolean", "integer", "number", "object", "string"];

    public static void Check(ServerCheck check, Field root)
    {
        var spec = root["spec"];
        var names = spec["names"];
        var name = root["metadata"]["name"];
        var expected = $"{names["plural"].Text}.{spec["group"].Text}";
        if (name.Text is { } actual && actual != expected)
            check.Refuse(name, $"'{name.Path}' must be the plural and the group, '{expected}', not '{actual}'.");
        if (spec["group"].Text is { Length: > 0 } group && !group.Contains('.'))
            check.Refuse(spec["group"], $"'{spec["group"].Path}' must be a domain with at least one dot.");
        if (!spec.Exists || !names.Exists)
        {
            check.Require(names["plural"]);
            check.Require(names["kind"]);
        }

        if (spec["preserveUnknownFields"].IsTrue)
            check.Refuse(spec["preserveUnknownFields"],
                "'spec.preserveUnknownFields' may not be true; set x-kubernetes-preserve-unknown-fields in the schema instead.");
        if (names["listKind"].Text is { } list && list == names["kind"].Text)
            check.Refuse(names["listKind"], $"'{names["listKind"].Path}' may not be the kind itself.");
        CheckVersions(check, spec["versions"]);
        var conversion = spec["conversion"];
        check.NotAllowed(conversion["strategy"], "None", "Webhook");
        if (conversion["strategy"].Text == "Webhook")
        {
            check.Require(conversion["webhook"], "with the strategy Webhook");
            check.Require(conversion["webhook"]["conversionReviewVersions"]);
            if (conversion["webhook"].Exists)
                check.Require(conversion["webhook"]["clientConfig"], "with the strategy Webhook");
            ExtensionChecks.CheckClient(check, conversion["webhook"]["clientConfig"]);
        }
    }

    private static void CheckVersions(ServerCheck check, Field versions)
    {
        var stored = 0;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var version in versions.Items)
        {
            if (version["storage"].IsTrue)
                stored++;
            if (version["name"].Text is { } name && !seen.Add(name))
                check.Refuse(version["name"], $"Another version is named \"{name}\" too.");
            if (!version["deprecationWarning"].IsEmpty && !version["deprecated"].IsTrue)
                check.Refuse(version["deprecationWarning"],
                    $"'{version["deprecationWarning"].Path}' may be set only where deprecated is true.");
            CheckScale(check, version["subresources"]["scale"]);
            foreach (var column in version["additionalPrinterColumns"].Items)
            {
                if (column["jsonPath"].Text is { Length: > 0 } path && !path.StartsWith('.'))
                    check.Refuse(column["jsonPath"], $"'{column["jsonPath"].Path}' must begin with '.'.");
            }

            var schema = version["schema"]["openAPIV3Schema"];
            if (!schema.Exists)
            {
                check.Require(schema);
                continue;
            }

            CheckSchema(check, schema, isRoot: true, 0);
        }

        if (!versions.IsEmpty && stored != 1)
            check.Refuse(versions, $"'{versions.Path}' must have exactly one version with storage: true, not {stored}.");
    }

    private static void CheckScale(ServerCheck check, Field scale)
    {
        foreach (var (name, roots) in ((string, string[])[])[("specReplicasPath", [".spec."]), ("statusReplicasPath", [".status."]),
            ("labelSelectorPath", [".spec.", ".status."])])
        {
            if (scale[name].Text is { Length: > 0 } path && !roots.Any(root => path.StartsWith(root, StringComparison.Ordinal)))
                check.Refuse(scale[name], $"'{scale[name].Path}' must begin with {string.Join(" or ", roots)}.");
        }
    }

    private static void CheckSchema(ServerCheck check, Field schema, bool isRoot, int depth)
    {
        if (schema.Mapping is null || depth > SyntaxLimits.Depth)
            return;
        CheckFieldNames(check, schema);
        if (!isRoot)
            CheckFieldTypes(check, schema);
        var type = schema["type"];
        var isFree = schema["x-kubernetes-int-or-string"].IsTrue || schema["x-kubernetes-preserve-unknown-fields"].IsTrue;
        if (type.IsEmpty && !isFree)
            check.Require(type, "in a structural schema");
        else if (isRoot)
            check.NotAllowed(type, "object");
        else
            check.NotAllowed(type, Types);
        if (schema["properties"].Exists && schema["additionalProperties"].Exists)
            check.Forbid(schema["additionalProperties"], "beside properties");
        if (type.Text == "array" && schema["items"].Mapping is null)
            check.Require(schema["items"], "for the type array");
        CheckListType(check, schema);
        CheckDefault(check, schema);
        if (schema["x-kubernetes-preserve-unknown-fields"] is { Exists: true, IsTrue: false, Text: "false" } keeps)
            check.Refuse(keeps, $"'{keeps.Path}' must be true or absent.");
        if (schema["uniqueItems"].IsTrue)
            check.Forbid(schema["uniqueItems"], "to true in a CustomResourceDefinition; use x-kubernetes-list-type: set");
        foreach (var rule in schema["x-kubernetes-validations"].Items)
        {
            if (rule.Mapping is not null)
                check.Require(rule["rule"]);
            check.Malformed(rule["rule"], text => KubernetesFormats.Check("cel-self", text));
        }

        foreach (var (_, property) in schema["properties"].Fields)
        {
            // Null is an empty schema.
            if (!property.Exists)
                check.Require(property["type"], "in a structural schema");
            CheckSchema(check, property, isRoot: false, depth + 1);
        }

        CheckSchema(check, schema["items"], isRoot: false, depth + 1);
        CheckSchema(check, schema["additionalProperties"], isRoot: false, depth + 1);
    }

    private static void CheckListType(ServerCheck check, Field schema)
    {
        var kind = schema["x-kubernetes-list-type"];
        check.NotAllowed(kind, "atomic", "map", "set");
        var keys = schema["x-kubernetes-list-map-keys"];
        if (kind.Text != "map")
        {
            if (!keys.IsEmpty)
                check.Refuse(kind, $"'{kind.Path}' must be map where x-kubernetes-list-map-keys is set.");
            return;
        }

        check.Require(keys, "for a list of the type map");
        var items = schema["items"];
        var required = new HashSet<string>(items["required"].Texts, StringComparer.Ordinal);
        foreach (var key in keys.Items)
        {
            if (key.Text is not { Length: > 0 } name)
                check.Require(key);
            else if (items.Exists && !items["properties"][name].Exists)
                check.Refuse(key, $"'{key.Path}' is \"{name}\", which is not a property of the items.");
            else if (items.Exists && !required.Contains(name) && !items["properties"][name]["default"].Exists)
                check.Refuse(items["properties"][name]["default"],
                    $"'{items["properties"][name].Path}' is a key of the list: it must be required or have a default.");
        }
    }

    private static readonly ShapeReading AsServer =
        new() { AsPlatform = true, NullIsAbsent = true, DemandsDocumented = false, CheckFormat = KubernetesFormats.Check };

    private static void CheckDefault(ServerCheck check, Field schema)
    {
        if (schema["default"].Value is not { } value)
            return;
        var shape = CustomResourceDefinitions.ShapeOf(schema.Mapping!);
        foreach (var issue in ShapeValidator.Validate(value, shape, AsServer, schema["default"].Path))
            check.Break(issue);
    }

    private static void CheckFieldTypes(ServerCheck check, Field schema)
    {
        var shape = KubernetesSchemas.Nearest(check.Release).Pack.Type("V1JSONSchemaProps");
        foreach (var issue in ShapeValidator.Validate(schema.Value!, shape, AsServer, schema.Path))
        {
            if (issue.Kind == ShapeIssueKind.WrongType)
                check.Break(issue);
        }
    }

    // The packages type these parts of a schema as "anything", so that the shape does not look inside.
    private static void CheckFieldNames(ServerCheck check, Field schema)
    {
        var fields = KubernetesSchemas.Nearest(check.Release).Pack.Type("V1JSONSchemaProps").Fields!;
        foreach (var (name, field) in schema.Fields)
        {
            if (fields[name] is null)
                check.Unknown(field, name, fields.Nearest(name));
        }
    }
}
