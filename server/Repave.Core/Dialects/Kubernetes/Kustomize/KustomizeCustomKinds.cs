using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>Fields of custom kinds that refer to others, as the OpenAPI files that <c>crds</c> names say them.</summary>
internal static class KustomizeCustomKinds
{
    private const int MaxDepth = 30;
    private const int MaxFields = 20_000;

    /// <summary>Reads one.</summary>
    /// <exception cref="KustomizeException">It cannot be read.</exception>
    public static KustomizeSpecs Read(KustomizeFile file)
    {
        var lists = new Dictionary<string, List<KustomizeSpec>>(StringComparer.Ordinal)
        {
            ["commonAnnotations"] = [],
            ["commonLabels"] = [],
            ["namePrefix"] = [],
        };
        var references = new List<(KustomizeKindName Type, List<KustomizeSpec> Fields)>();
        if (file.Root is not MapNode types)
            throw file.Wrong("unable to parse open API definition", file.Root);
        var count = 0;
        foreach (var type in types.AllEntries)
        {
            if (type.Name is not { } name || PropertiesOf(types, name) is not { } properties || !properties.Has("kind")
                || !properties.Has("apiVersion") || !properties.Has("metadata"))
                continue;
            Add(name, new("", "", name.Substring(name.LastIndexOf('.') + 1)), "", 0);
        }

        return KustomizeSpecs.Of(lists, references);

        void Add(string name, KustomizeKindName kind, string path, int depth)
        {
            if (depth > MaxDepth || PropertiesOf(types, name) is not { } properties)
                return;
            foreach (var property in properties.AllEntries)
            {
                if (property.Name is not { } field || property.Value.Resolved is not MapNode says || ++count > MaxFields)
                    continue;
                var at = path.Length == 0 ? field : path + "/" + field;
                var spec = new KustomizeSpec(kind, at, false);
                if (says.Find("x-kubernetes-annotation") is not null)
                    lists["commonAnnotations"].Add(spec);
                if (says.Find("x-kubernetes-label-selector") is not null)
                    lists["commonLabels"].Add(spec);
                if (says.Find("x-kubernetes-identity") is not null)
                    lists["namePrefix"].Add(spec);
                if (says.TextAt("x-kubernetes-object-ref-api-version") is { } version
                    && says.TextAt("x-kubernetes-object-ref-kind") is { } to)
                {
                    references.Add((new("", version, to), [spec with
                    {
                        Path = at + "/" + (says.TextAt("x-kubernetes-object-ref-name-key") ?? "name"),
                    }]));
                }

                if (says.TextAt("$ref") is { } reference)
                    Add(reference, kind, at, depth + 1);
            }
        }
    }

    private static MapNode? PropertiesOf(MapNode types, string name) => types[name]?["Schema"]?["properties"] as MapNode
        ?? types[name]?["schema"]?["properties"] as MapNode;
}
