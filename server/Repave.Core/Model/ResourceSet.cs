namespace Repave.Core.Model;

/// <summary>The resources of the manifests that are checked together.</summary>
public sealed class ResourceSet
{
    private readonly Dictionary<ResourceId, List<Resource>> _byId = [];

    /// <summary>A set of resources, in the order given.</summary>
    public ResourceSet(IEnumerable<Resource> resources)
    {
        All = [.. resources];
        foreach (var resource in All)
        {
            if (!_byId.TryGetValue(resource.Id, out var same))
                _byId[resource.Id] = same = [];
            same.Add(resource);
        }
    }

    /// <summary>All resources.</summary>
    public IReadOnlyList<Resource> All { get; }

    /// <summary>The resources of an identity; several if it is defined twice.</summary>
    public IReadOnlyList<Resource> this[ResourceId id] => _byId.TryGetValue(id, out var found) ? found : [];

    /// <summary>Every identity with the resources that claim it, in the order of the set.</summary>
    public IEnumerable<KeyValuePair<ResourceId, List<Resource>>> ByIdentity => _byId;
}
