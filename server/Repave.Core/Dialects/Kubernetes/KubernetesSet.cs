using Repave.Core.Model;
using Repave.Core.Yaml;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>The Kubernetes resources that are checked together.</summary>
public sealed class KubernetesSet
{
    private readonly ResourceSet _set;
    private readonly Kustomizations _kustomizations;
    private ILookup<string, KubernetesResource>? _byKind;

    internal KubernetesSet(ResourceSet set, Kustomizations kustomizations) => (_set, _kustomizations) = (set, kustomizations);

    /// <summary>All of them.</summary>
    public IEnumerable<KubernetesResource> All => _set.All.OfType<KubernetesResource>();

    /// <summary>Those of a kind, in whatever group.</summary>
    public IEnumerable<KubernetesResource> OfKind(string kind) => (_byKind ??= All.ToLookup(r => r.Kind, StringComparer.Ordinal))[kind];

    /// <summary>Whether an image's name is a placeholder that kustomize or skaffold replaces.</summary>
    public bool IsPlaceholderImage(string repository) => _kustomizations.IsPlaceholder(repository);

    /// <summary>The resources of a core kind and a name that a resource of the given namespace means.</summary>
    public IEnumerable<KubernetesResource> Find(string kind, string? @namespace, string name) =>
        OfKind(kind).Where(r => r.Id.Name == name && SameNamespace(r.Id.Namespace, @namespace));

    /// <summary>The workloads that a label selector (the value of a <c>selector</c> field) selects in a namespace.</summary>
    public IEnumerable<KubernetesResource> SelectedBy(YamlNode? selector, string? @namespace)
    {
        if (selector?.Resolved is not YamlMapping mapping)
            return [];
        var field = Validation.Field.Root(mapping);
        return All.Where(r => r.PodSpec is { } pod && SameNamespace(r.Id.Namespace, @namespace) && Validation.SelectorChecks.Matches(field, LabelsOf(pod)));
    }

    /// <summary>The labels of a workload's pods.</summary>
    public static Dictionary<string, string> LabelsOf(PodSpec pod) =>
        Validation.Field.Root(pod.Template)["metadata"]["labels"].TextMap();

    /// <summary>The workload that a scale target names, or null.</summary>
    public KubernetesResource? TargetOf(YamlNode? target, string? @namespace) =>
        target?.TextAt("kind") is { } kind && target.TextAt("name") is { } name ? Find(kind, @namespace, name).FirstOrDefault() : null;

    /// <summary>Whether two namespaces may be the same: one that is not written is chosen when the manifest is applied.</summary>
    public static bool SameNamespace(string? one, string? other) => one is null || other is null || one == other;
}
