using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>The custom kinds that the checked files define. Repositories keep several copies of a definition (generated, in a chart, of
/// last year's release); a resource is checked with the nearest copy that it fits; where it fits none, with the one of the nearest
/// that it fits best.</summary>
internal sealed class CustomKinds
{
    private readonly Dictionary<(string ApiVersion, string Kind), List<(string Path, CustomKind Kind)>> _kinds = [];

    private readonly HashSet<string> _mutated = new(StringComparer.Ordinal);

    /// <summary>Reads definitions.</summary>
    /// <param name="definitions">The definitions.</param>
    /// <param name="webhooks">The configurations of mutating webhooks, which fill in what authors leave out.</param>
    /// <param name="schemas">The built-in kinds.</param>
    public CustomKinds(IEnumerable<KubernetesResource> definitions, IEnumerable<KubernetesResource> webhooks, KubernetesSchemas schemas)
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

        foreach (var webhook in webhooks.SelectMany(w => w.Root.ItemsAt("webhooks"), (w, hook) => (w.Manifest, Hook: hook)))
        {
            var groups = webhook.Hook.ItemsAt("rules").SelectMany(r => r.ItemsAt("apiGroups")).OfType<ScalarNode>()
                .Select(g => g.Value).ToList();
            _mutated.UnionWith(groups);
            // Where the rules are written by a controller, the webhook is for the kinds that lie with it.
            if (groups.Count == 0)
                _mutated.UnionWith(_kinds.Where(k => k.Value.Exists(copy => LieTogether(webhook.Manifest.Path, copy.Path)))
                    .Select(k => k.Key.ApiVersion.Split('/')[0]));
        }
    }

    private static bool LieTogether(string webhook, string definition) =>
        definition.StartsWith(webhook.Substring(0, webhook.LastIndexOf('/') + 1), StringComparison.Ordinal);

    /// <summary>Whether a webhook among the files may fill in what a resource lacks before it is validated.</summary>
    public bool IsMutated(KubernetesResource resource) => _mutated.Contains(resource.Group) || _mutated.Contains("*");

    /// <summary>The apiVersions and kinds.</summary>
    public IReadOnlyCollection<(string ApiVersion, string Kind)> Names => _kinds.Keys;

    /// <summary>Some copy of a kind's definition, or null.</summary>
    public CustomKind? Any(string apiVersion, string kind) =>
        _kinds.TryGetValue((apiVersion, kind), out var copies) ? copies[0].Kind : null;

    /// <summary>The definition that a resource is checked with, or null.</summary>
    public CustomKind? For(KubernetesResource resource)
    {
        if (!_kinds.TryGetValue((resource.ApiVersion, resource.Kind), out var copies))
            return null;
        if (copies.Count == 1)
            return copies[0].Kind;
        // One that lies with the resource is meant for it. Of others the nearest may be another release's: one that the resource fits
        // says that it is right for somebody.
        var path = resource.Manifest.Path;
        var byNearness = copies.GroupBy(c => KubernetesIndex.Nearness(path, c.Path)).OrderByDescending(g => g.Key).ToList();
        if (byNearness[0].Count() == 1 && LieTogether(byNearness[0].First().Path, path))
            return byNearness[0].First().Kind;
        var near = byNearness[0].Select(c => (c.Path, c.Kind, Wrong: WrongWith(c.Kind))).OrderBy(c => c.Wrong).ToList();
        if (near[0].Wrong == 0 || near.Exists(c => LieTogether(c.Path, path)))
            return near[0].Kind;
        return byNearness.Skip(1).SelectMany(g => g).FirstOrDefault(c => WrongWith(c.Kind) == 0).Kind ?? near[0].Kind;

        int WrongWith(CustomKind kind) =>
            ShapeValidator.Validate(resource.Root, kind.Shape, KubernetesCheck.ReadingOf(resource, isCustom: true)).Count;
    }
}
