using Repave.Core.Model;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>The Kubernetes resources that are checked together.</summary>
public sealed class KubernetesSet(ResourceSet set)
{
    private ILookup<string, KubernetesResource>? _byKind;

    /// <summary>All of them.</summary>
    public IEnumerable<KubernetesResource> All => set.All.OfType<KubernetesResource>();

    /// <summary>Those of a kind, in whatever group.</summary>
    public IEnumerable<KubernetesResource> OfKind(string kind) => (_byKind ??= All.ToLookup(r => r.Kind, StringComparer.Ordinal))[kind];

    /// <summary>The resources of a core kind and a name that a resource of the given namespace means.</summary>
    public IEnumerable<KubernetesResource> Find(string kind, string? @namespace, string name) =>
        OfKind(kind).Where(r => r.Id.Name == name && SameNamespace(r.Id.Namespace, @namespace));

    /// <summary>Whether two namespaces may be the same: one that is not written is chosen when the manifest is applied.</summary>
    public static bool SameNamespace(string? one, string? other) => one is null || other is null || one == other;
}
