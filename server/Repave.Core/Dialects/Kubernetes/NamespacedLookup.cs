namespace Repave.Core.Dialects.Kubernetes;

/// <summary>Resources by a key, of which those of a namespace are found without looking through those of all others: a set may hold
/// one and the same name in thousands of namespaces.</summary>
/// <typeparam name="TKey">What they are looked up by.</typeparam>
internal sealed class NamespacedLookup<TKey>
    where TKey : notnull
{
    private readonly ILookup<TKey, KubernetesResource> _all;
    private readonly ILookup<(TKey Key, string? Namespace), KubernetesResource> _byNamespace;

    /// <summary>A look-up of pairs, which keeps their order.</summary>
    public NamespacedLookup(IEnumerable<(TKey Key, KubernetesResource Resource)> pairs)
    {
        var held = pairs.ToList();
        _all = held.ToLookup(p => p.Key, p => p.Resource);
        _byNamespace = held.ToLookup(p => (p.Key, p.Resource.Id.Namespace), p => p.Resource);
    }

    /// <summary>Those of a key that may be in a namespace: one that is not written may be any.</summary>
    public IEnumerable<KubernetesResource> this[TKey key, string? @namespace]
    {
        get
        {
            if (@namespace is null)
                return _all[key];
            return _byNamespace.Contains((key, null)) ? _all[key].Where(r => KubernetesSet.SameNamespace(r.Id.Namespace, @namespace))
                : _byNamespace[(key, @namespace)];
        }
    }
}
