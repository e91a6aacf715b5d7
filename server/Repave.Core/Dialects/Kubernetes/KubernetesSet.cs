using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>The Kubernetes resources that are checked together.</summary>
public sealed class KubernetesSet
{
    private readonly ResourceSet _set;
    private readonly Kustomizations _kustomizations;

    // Made once, when first asked for: each looks at every resource.
    private readonly Lazy<ILookup<string, KubernetesResource>> _byKind;
    private readonly Lazy<ILookup<(string Kind, string Name), KubernetesResource>> _byName;
    private readonly Lazy<ILookup<Manifest, KubernetesResource>> _byManifest;
    private readonly Lazy<ILookup<(string Kind, string Name), KubernetesResource>> _users;
    private readonly Lazy<ILookup<(string Kind, string Name), KubernetesResource>> _autoscalers;
    private readonly Lazy<List<(KubernetesResource Workload, Dictionary<string, string> Labels)>> _labels;
    private readonly Lazy<ILookup<(string Key, string Value), (KubernetesResource Workload, Dictionary<string, string> Labels)>> _byLabel;

    internal KubernetesSet(ResourceSet set, Kustomizations kustomizations)
    {
        _set = set;
        _kustomizations = kustomizations;
        _byKind = new(() => All.ToLookup(r => r.Kind, StringComparer.Ordinal));
        _byName = new(() => All.ToLookup(r => (r.Kind, r.Id.Name)));
        _byManifest = new(() => All.ToLookup(r => r.Manifest));
        _users = new(() => All.SelectMany(r => KubernetesReferences.Of(r).Select(reference => (reference.To.Type, reference.To.Name)).Distinct().Select(id => (Id: id, User: r))).ToLookup(u => u.Id, u => u.User));
        _autoscalers = new(() => OfKind("HorizontalPodAutoscaler").ToLookup(h => (TargetOf(h)?.TextAt("kind") ?? "", TargetOf(h)?.TextAt("name") ?? "")));
        _labels = new(() => [.. All.Select(r => (r, r.PodSpec is { } pod ? LabelsOf(pod) : null)).Where(r => r.Item2 is not null).Select(r => (r.r, r.Item2!))]);
        _byLabel = new(() => _labels.Value.SelectMany(w => w.Labels.Select(label => (Label: (label.Key, label.Value), Workload: w))).ToLookup(w => w.Label, w => w.Workload));
    }

    /// <summary>All of them.</summary>
    public IEnumerable<KubernetesResource> All => _set.All.OfType<KubernetesResource>();

    /// <summary>Those of a kind, in whatever group.</summary>
    public IEnumerable<KubernetesResource> OfKind(string kind) => _byKind.Value[kind];

    /// <summary>Whether an image's name is a placeholder that kustomize or skaffold replaces.</summary>
    public bool IsPlaceholderImage(string repository) => _kustomizations.IsPlaceholder(repository);

    /// <summary>The resources of a core kind and a name that a resource of the given namespace means.</summary>
    public IEnumerable<KubernetesResource> Find(string kind, string? @namespace, string name) =>
        _byName.Value[(kind, name)].Where(r => SameNamespace(r.Id.Namespace, @namespace));

    /// <summary>The resources of a file, in the order of its text.</summary>
    public IEnumerable<KubernetesResource> InFile(Manifest manifest) => _byManifest.Value[manifest];

    /// <summary>The resources that name a resource of a core kind.</summary>
    public IEnumerable<KubernetesResource> UsersOf(KubernetesResource resource) =>
        _users.Value[(resource.Kind, resource.Id.Name)].Where(r => SameNamespace(r.Id.Namespace, resource.Id.Namespace));

    /// <summary>The autoscalers that set a workload's replicas.</summary>
    public IEnumerable<KubernetesResource> AutoscalersOf(KubernetesResource workload) =>
        _autoscalers.Value[(workload.Kind, workload.Id.Name)].Where(h => SameNamespace(h.Id.Namespace, workload.Id.Namespace));

    /// <summary>The workloads that a label selector (the value of a <c>selector</c> field) selects in a namespace.</summary>
    public IEnumerable<KubernetesResource> SelectedBy(Node? selector, string? @namespace)
    {
        if (selector?.Resolved is not MapNode mapping)
            return [];
        var field = Validation.Field.Root(mapping);
        return _labels.Value.Where(w => SameNamespace(w.Workload.Id.Namespace, @namespace) && Validation.SelectorChecks.Matches(field, w.Labels)).Select(w => w.Workload);
    }

    /// <summary>The workloads whose pods have all of some labels (the value of a Service's <c>selector</c>).</summary>
    public IEnumerable<KubernetesResource> WithLabels(Node? selector, string? @namespace)
    {
        if (selector?.Resolved is not MapNode mapping)
            return [];
        var wanted = Validation.Field.Root(mapping).TextMap();
        if (wanted.Count == 0)
            return [];
        var first = wanted.First();
        return _byLabel.Value[(first.Key, first.Value)]
            .Where(w => SameNamespace(w.Workload.Id.Namespace, @namespace) && wanted.All(l => w.Labels.TryGetValue(l.Key, out var value) && value == l.Value))
            .Select(w => w.Workload);
    }

    /// <summary>The labels of a workload's pods.</summary>
    public static Dictionary<string, string> LabelsOf(PodSpec pod) =>
        Validation.Field.Root(pod.Template)["metadata"]["labels"].TextMap();

    /// <summary>Whether two namespaces may be the same: one that is not written is chosen when the manifest is applied.</summary>
    public static bool SameNamespace(string? one, string? other) => one is null || other is null || one == other;

    private static Node? TargetOf(KubernetesResource autoscaler) => autoscaler.Root.At("spec", "scaleTargetRef");
}
