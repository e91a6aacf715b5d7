namespace Repave.Core.Dialects.Kubernetes.Plans;

/// <summary>Finds what a manifest's resource is in the baseline.</summary>
internal sealed class BaselineMatcher
{
    private readonly KubernetesKinds _kinds;
    private readonly string? _namespace;
    private readonly ILookup<(string Type, string Name), KubernetesResource> _byName;
    private readonly Dictionary<(string Type, string Name, string? Namespace), KubernetesResource> _byPlace = [];
    private readonly Dictionary<string, KubernetesResource> _byUid = new(StringComparer.Ordinal);
    private readonly HashSet<KubernetesResource> _matched = [];

    /// <param name="before">The baseline's resources.</param>
    /// <param name="kinds">What is known of their kinds.</param>
    /// <param name="namespace">The namespace of manifests that name none, or null.</param>
    public BaselineMatcher(IReadOnlyList<KubernetesResource> before, KubernetesKinds kinds, string? @namespace)
    {
        _kinds = kinds;
        _namespace = @namespace;
        _byName = before.ToLookup(b => (KubernetesKinds.Canonical(b.Id.Type), b.Id.Name));
        foreach (var resource in before)
        {
            // Of several the last counts.
            _byPlace[(KubernetesKinds.Canonical(resource.Id.Type), resource.Id.Name, resource.Id.Namespace ?? @namespace)] = resource;
            if (LiveObjects.Uid(resource.Root) is { } uid)
                _byUid[uid] = resource;
        }
    }

    /// <summary>Whether a baseline resource is what some manifest defines.</summary>
    public bool IsMatched(KubernetesResource before) => _matched.Contains(before);

    /// <summary>The baseline's resource; null if it has none.</summary>
    public KubernetesResource? Match(KubernetesResource resource)
    {
        var found = Find(resource);
        if (found is not null)
            _matched.Add(found);
        return found;
    }

    private KubernetesResource? Find(KubernetesResource resource)
    {
        if (LiveObjects.Uid(resource.Root) is { } uid && _byUid.TryGetValue(uid, out var same))
            return same;
        if (resource.Id.Name.Length == 0)
            return null;
        var (type, name) = (KubernetesKinds.Canonical(resource.Id.Type), resource.Id.Name);
        var named = _byName[(type, name)];
        if (!named.Any())
            return null;
        if (_kinds.IsNamespaced(resource) == false)
            return named.Last();
        var wanted = resource.Id.Namespace ?? _namespace;
        if (_byPlace.TryGetValue((type, name, wanted), out var there))
            return there;
        // Manifests name no namespace where it is chosen when they are applied; then the only one of the name is meant.
        var only = named.Take(2).ToList();
        return only.Count == 1 && (wanted is null || only[0].Id.Namespace is null) ? only[0] : null;
    }
}
