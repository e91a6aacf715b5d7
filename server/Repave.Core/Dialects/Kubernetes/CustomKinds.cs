using Repave.Core.Shapes;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>The custom kinds that the checked files define. Repositories keep several copies of a definition (generated, in a chart, of last
/// year's release); a resource is checked with the copy that lies nearest, and of those that lie equally near with the one that it
/// fits.</summary>
internal sealed class CustomKinds
{
    private readonly Dictionary<(string ApiVersion, string Kind), List<(string Path, CustomKind Kind)>> _kinds = [];

    /// <summary>Reads definitions.</summary>
    public CustomKinds(IEnumerable<KubernetesResource> definitions, KubernetesSchemas schemas)
    {
        foreach (var definition in definitions)
        {
            foreach (var kind in definition.Defines(schemas))
            {
                if (!_kinds.TryGetValue((kind.ApiVersion, kind.Kind), out var copies))
                    _kinds[(kind.ApiVersion, kind.Kind)] = copies = [];
                copies.Add((definition.Manifest.Path, kind));
            }
        }
    }

    /// <summary>The apiVersions and kinds.</summary>
    public IReadOnlyCollection<(string ApiVersion, string Kind)> Names => _kinds.Keys;

    /// <summary>Some copy of a kind's definition, or null.</summary>
    public CustomKind? Any(string apiVersion, string kind) => _kinds.TryGetValue((apiVersion, kind), out var copies) ? copies[0].Kind : null;

    /// <summary>The definition that a resource is checked with, or null.</summary>
    public CustomKind? For(KubernetesResource resource)
    {
        if (!_kinds.TryGetValue((resource.ApiVersion, resource.Kind), out var copies))
            return null;
        if (copies.Count == 1)
            return copies[0].Kind;
        var path = resource.Manifest.Path;
        var nearest = copies.Max(c => KubernetesIndex.Nearness(path, c.Path));
        var near = copies.Where(c => KubernetesIndex.Nearness(path, c.Path) == nearest).Select(c => c.Kind).ToList();
        return near.Count == 1 ? near[0]
            : near.OrderBy(kind => ShapeValidator.Validate(resource.Root, kind.Shape, KubernetesCheck.ReadingOf(resource, isCustom: true)).Count)
                .First();
    }
}
