using Repave.Core.Model;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>The Kubernetes resources that are checked together, by what is asked for. Each look-up is made when it is
/// first needed.</summary>
internal sealed class KubernetesIndex
{
    private readonly Lazy<ILookup<string, KubernetesResource>> _byKind;
    private readonly Lazy<ILookup<(string Kind, string Name), KubernetesResource>> _byName;
    private readonly Lazy<ILookup<string, KubernetesResource>> _byPath;
    private readonly Lazy<ILookup<(string Kind, string Name), KubernetesResource>> _users;
    private readonly Lazy<ILookup<(string Kind, string Name), KubernetesResource>> _autoscalers;
    private readonly Lazy<ILookup<(string Key, string Value), KubernetesResource>> _byLabel;

    public KubernetesIndex(ResourceSet set, Kustomizations kustomizations)
    {
        Kustomizations = kustomizations;
        All = [.. set.All.OfType<KubernetesResource>()];
        _byKind = new(() => All.ToLookup(r => r.Kind, StringComparer.Ordinal));
        _byName = new(() => All.ToLookup(r => (r.Kind, r.Id.Name)));
        _byPath = new(() => All.ToLookup(r => r.Manifest.Path, StringComparer.Ordinal));
        _users = new(() => All.SelectMany(r => r.Facts.Named.Select(id => (Id: id, User: r))).ToLookup(u => u.Id, u => u.User));
        _autoscalers = new(() => OfKind("HorizontalPodAutoscaler").ToLookup(h => h.Facts.Scales ?? ("", "")));
        _byLabel = new(() =>
            All.SelectMany(r => (r.Facts.Labels ?? new Dictionary<string, string>()).Select(l => (Label: (l.Key, l.Value), Workload: r)))
                .ToLookup(w => w.Label, w => w.Workload));
    }

    public IReadOnlyList<KubernetesResource> All { get; }

    public Kustomizations Kustomizations { get; }

    public IEnumerable<KubernetesResource> OfKind(string kind) => _byKind.Value[kind];

    public IEnumerable<KubernetesResource> Named(string kind, string name) => _byName.Value[(kind, name)];

    public IEnumerable<KubernetesResource> InFile(string path) => _byPath.Value[path];

    public IEnumerable<KubernetesResource> UsersOf(string kind, string name) => _users.Value[(kind, name)];

    public IEnumerable<KubernetesResource> AutoscalersOf(string kind, string name) => _autoscalers.Value[(kind, name)];

    public IEnumerable<KubernetesResource> SelectedBy(LabelSelector selector) =>
        (selector.Known is { } label ? _byLabel.Value[label] : All.Where(r => r.Facts.Labels is not null))
            .Where(r => selector.Matches(r.Facts.Labels!));
}
