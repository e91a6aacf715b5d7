namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>The resources of a build in their order, no two of which are the same.</summary>
internal sealed class KustomizeResources
{
    private HashSet<(KustomizeKindName, string, string)>? _keys;

    public List<KustomizeResource> All { get; private set; } = [];

    /// <summary>Adds resources.</summary>
    /// <exception cref="KustomizeException">One is there already.</exception>
    public void Add(IEnumerable<KustomizeResource> resources)
    {
        _keys ??= [.. All.Select(resource => resource.Id.Key)];
        foreach (var resource in resources)
        {
            var id = resource.Id;
            if (!_keys.Add(id.Key))
            {
                var place = resource.Place;
                throw new KustomizeException($"may not add resource with an already registered id: {id}", place?.File, place?.Span
                    ?? default);
            }

            All.Add(resource);
        }
    }

    /// <summary>To be called when resources were changed.</summary>
    public void Changed() => _keys = null;

    /// <summary>Leaves out what nothing is left of.</summary>
    public void DropEmpty()
    {
        All.RemoveAll(resource => resource.Root.IsEmpty);
        Changed();
    }

    public void Replace(List<KustomizeResource> all)
    {
        All = all;
        Changed();
    }

    /// <summary>The resources that are or were called so.</summary>
    public List<KustomizeResource> Named(Func<KustomizeId, bool> fits) => All.FindAll(resource => resource.AllIds.Any(fits));

    /// <summary>The one resource that is or was called so; null if there is none.</summary>
    /// <exception cref="KustomizeException">There are several.</exception>
    public KustomizeResource? One(KustomizeId id) => Named(id.IsSame) switch
    {
        [] => null,
        [var one] => one,
        _ => throw new KustomizeException($"multiple matches for Id {id}; failed to find unique target for patch {id}"),
    };

    /// <summary>Adds what was generated, or lays it over what is there, as it says.</summary>
    /// <returns>What it was laid over; null if it was added.</returns>
    /// <exception cref="KustomizeException">What is there does not fit what it says.</exception>
    public KustomizeResource? Absorb(KustomizeResource resource, bool mayBeElsewhere)
    {
        var id = resource.Id;
        var matches = Named(id.IsSame);
        switch (matches.Count)
        {
            case 0 when resource.Behavior is "merge" or "replace" && !mayBeElsewhere:
                throw new KustomizeException($"id {id} does not exist; cannot merge or replace")
                {
                    Summary = $"there is no {id.Type.Kind} '{id.Name}' to {resource.Behavior} with",
                };
            case 0:
                Add([resource]);
                return null;
            case 1 when resource.Behavior is "replace" or "merge":
                var old = matches[0];
                var data = resource.Behavior == "merge" ? (Merged("data"), Merged("binaryData")) : default;
                var merges = resource.Behavior == "merge";
                KustomizeGenerators.LayOver(resource, old);
                if (merges)
                {
                    KustomizeGenerators.SetData(resource.Root, "data", data.Item1);
                    KustomizeGenerators.SetData(resource.Root, "binaryData", data.Item2);
                }

                All[All.IndexOf(old)] = resource;
                Changed();
                return old;

                Dictionary<string, Helm.GoText> Merged(string field)
                {
                    var merged = KustomizeGenerators.DataOf(old.Root, field);
                    foreach (var entry in KustomizeGenerators.DataOf(resource.Root, field))
                        merged[entry.Key] = entry.Value;
                    return merged;
                }

            case 1:
                throw new KustomizeException($"id {id} exists; behavior must be merge or replace")
                {
                    Summary = $"there is a {id.Type.Kind} '{id.Name}' already; say 'behavior: merge' or 'behavior: replace'",
                };
            default:
                throw new KustomizeException($"found multiple objects that could accept merge of {id}");
        }
    }
}
