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

        if (names["listKind"].Text is { } list && list == names["kind"].Text)
            check.Refuse(names["listKind"], $"'{names["listKind"].Path}' may not be the kind itself.");
        CheckVersions(check, spec["versions"]);
        var conversion = spec["conversion"];
        check.NotAllowed(conversion["strategy"], "None", "Webhook");
        if (conversion["strategy"].Text == "Webhook")
        {
            check.Require(conversion["webhook"], "with the strategy Webhook");
            check.Require(conversion["webhook"]["conversionReviewVersions"]);
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

    private static void CheckSchema(ServerCheck check, Field schema, bool isRoot, int depth)
    {
        if (schema.Mapping is null || depth > SyntaxLimits.Depth)
            return;
        CheckFieldNames(check, schema);
        var type = schema["type"];
        var isFree = schema["x-kubernetes-int-or-string"].IsTrue || schema["x-kubernetes-preserve-unknown-fields"].IsTrue;
        if (type.IsEmpty && (isRoot || !isFree))
            check.Require(type, "in a structural schema");
        else if (isRoot)
            check.NotAllowed(type, "object");
        else
            check.NotAllowed(type, Types);
        if (schema["properties"].Exists && schema["additionalProperties"].Exists)
            check.Forbid(schema["additionalProperties"], "beside properties");
        if (type.Text == "array" && !schema["items"].Exists)
            check.Require(schema["items"], "for the type array");
        if (schema["x-kubernetes-list-type"].Text == "map")
            check.Require(schema["x-kubernetes-list-map-keys"], "for a list of the type map");
        if (schema["uniqueItems"].IsTrue)
            check.Forbid(schema["uniqueItems"], "to true in a CustomResourceDefinition; use x-kubernetes-list-type: set");
        foreach (var rule in schema["x-kubernetes-validations"].Items)
        {
            if (rule.Mapping is not null)
                check.Require(rule["rule"]);
            check.Malformed(rule["rule"], text => KubernetesFormats.Check("cel-self", text));
        }

        foreach (var (_, property) in schema["properties"].Fields)
            CheckSchema(check, property, isRoot: false, depth + 1);
        CheckSchema(check, schema["items"], isRoot: false, depth + 1);
        CheckSchema(check, schema["additionalProperties"], isRoot: false, depth + 1);
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
