using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>How patches merge kinds in one build: what kustomize knows, or what a kustomization's <c>openapi</c> says.</summary>
internal sealed class KustomizeSchemas
{
    private const int MaxReferences = 50;

    private readonly Dictionary<(string ApiVersion, string Kind), KustomizeShape?> _own = [];
    private readonly Dictionary<string, KustomizeShape> _read = new(StringComparer.Ordinal);
    private MapNode? _definitions;
    private bool _withBuiltIn = true;
    private bool _isSet;

    /// <summary>How patches merge a kind; null where it is not known.</summary>
    public KustomizeShape? ShapeOf(string apiVersion, string kind)
    {
        if (_withBuiltIn && KustomizeFacts.Instance.ShapeOf(apiVersion, kind) is { } shape)
            return shape;
        return _own.TryGetValue((apiVersion, kind), out var own) ? own : null;
    }

    /// <summary>Takes the schema that a kustomization names; the first counts.</summary>
    /// <param name="kustomization">The kustomization.</param>
    /// <param name="load">Reads a file.</param>
    /// <param name="isTop">Whether it is the one that is built.</param>
    /// <exception cref="KustomizeException">It is none that can be read.</exception>
    public void Set(KustomizationFile kustomization, Func<ScalarNode, KustomizeFile> load, bool isTop)
    {
        if (kustomization.Map("openapi") is not { } named)
            return;
        var path = kustomization.At(named, "path") as ScalarNode;
        var file = path is null ? null : load(path);
        if (_isSet)
            return;
        var version = kustomization.At(named, "version") as ScalarNode;
        if (file is null)
        {
            if (version is { Value: not ("" or "v1.21.2") })
                throw kustomization.File.Wrong("the specified OpenAPI version is not built in", version);
            _isSet = version is { Value.Length: > 0 };
            return;
        }

        if (version is not null)
            throw kustomization.File.Wrong("builtin version and custom schema provided, cannot use both", version);
        _isSet = true;
        _withBuiltIn = !isTop;
        _definitions = (file.Root as MapNode)?.MappingAt("definitions");
        foreach (var definition in _definitions?.AllEntries ?? [])
        {
            if (definition.Value.Resolved is not MapNode map || definition.Name is not { } name)
                continue;
            foreach (var type in map.ItemsAt("x-kubernetes-group-version-kind"))
            {
                var (group, one, kind) = (type.TextAt("group") ?? "", type.TextAt("version") ?? "", type.TextAt("kind") ?? "");
                _own[(group.Length > 0 ? group + "/" + one : one, kind)] = Definition(name);
            }
        }
    }

    private KustomizeShape? Definition(string name)
    {
        if (_read.TryGetValue(name, out var known))
            return known;
        if (_definitions?[name] is not MapNode map)
            return null;
        // Definitions refer to themselves: this one is there before it is read.
        var shape = _read[name] = new KustomizeShape();
        shape.Fields = FieldsOf(map, 0);
        return shape;
    }

    private Dictionary<string, KustomizeShape.Field> FieldsOf(MapNode map, int depth)
    {
        var fields = new Dictionary<string, KustomizeShape.Field>(StringComparer.Ordinal);
        foreach (var property in map.MappingAt("properties")?.AllEntries ?? [])
        {
            if (property.Name is { } name && property.Value.Resolved is MapNode inner)
                fields[name] = FieldOf(inner, depth + 1);
        }

        if (map["additionalProperties"] is MapNode any)
            fields["*"] = FieldOf(any, depth + 1);
        return fields;
    }

    private KustomizeShape.Field FieldOf(MapNode map, int depth)
    {
        var isList = map.TextAt("type") == "array";
        var merges = (map.TextAt("x-kubernetes-patch-strategy") ?? "").Split(',').Contains("merge");
        string[] keys = !merges ? [] : map["x-kubernetes-list-map-keys"] is ListNode list
            ? [.. list.ResolvedItems.OfType<ScalarNode>().Select(k => k.Value)]
            : map.TextAt("x-kubernetes-patch-merge-key") is { } key ? [key] : [];
        return new KustomizeShape.Field(ShapeIn(isList ? map.MappingAt("items") : map, depth), isList, merges, keys);
    }

    private KustomizeShape? ShapeIn(MapNode? map, int depth)
    {
        if (map is null || depth > MaxReferences)
            return null;
        if (map.TextAt("$ref") is { } reference)
            return Definition(reference.Substring(reference.LastIndexOf('/') + 1));
        return new KustomizeShape { Fields = FieldsOf(map, depth) };
    }
}
