using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>The Kubernetes resources that are checked together, by what is asked for. Each look-up is made when it is
/// first needed.</summary>
internal sealed class KubernetesIndex
{
    // Where more budgets speak of the same pods, the first of them say enough.
    private const int MaxBudgets = 20;

    private readonly Lazy<ILookup<string, KubernetesResource>> _byKind;
    private readonly Lazy<NamespacedLookup<(string Kind, string Name)>> _byName;
    private readonly Lazy<ILookup<string, KubernetesResource>> _byPath;
    private readonly Lazy<NamespacedLookup<(string Kind, string Name)>> _users;
    private readonly Lazy<NamespacedLookup<(string Kind, string Name)>> _autoscalers;
    private readonly Lazy<NamespacedLookup<(string Key, string Value)>> _byLabel;
    private readonly Lazy<Dictionary<(string Path, string Repository), List<(string Tag, KubernetesResource First, int Order)>>> _tags;
    private readonly Lazy<Dictionary<(Document Document, int Item), List<KubernetesResource>>> _budgets;
    private readonly Lazy<Dictionary<(Document Document, int Item), int>> _order;

    public KubernetesIndex(ResourceSet set, Kustomizations kustomizations)
    {
        Kustomizations = kustomizations;
        All = [.. set.All.OfType<KubernetesResource>()];
        _byKind = new(() => All.ToLookup(r => r.Kind, StringComparer.Ordinal));
        _byName = new(() => new(All.Select(r => ((r.Kind, r.Id.Name), r))));
        _byPath = new(() => All.ToLookup(r => r.Manifest.Path, StringComparer.Ordinal));
        _users = new(() => new(All.SelectMany(r => r.Facts.Named.Select(id => (id, r)))));
        _autoscalers = new(() => new(OfKind("HorizontalPodAutoscaler").Select(h => (h.Facts.Scales ?? ("", ""), h))));
        _byLabel = new(() => new(All.Where(r => r.Facts.Labels is not null)
            .SelectMany(r => r.Facts.Labels!.Select(l => ((l.Key, l.Value), r)))));
        _tags = new(ReadTags);
        _budgets = new(ReadBudgets);
        _order = new(ReadOrder);
    }

    public IReadOnlyList<KubernetesResource> All { get; }

    public Kustomizations Kustomizations { get; }

    public IEnumerable<KubernetesResource> OfKind(string kind) => _byKind.Value[kind];

    public IEnumerable<KubernetesResource> Named(string kind, string name, string? @namespace) =>
        _byName.Value[(kind, name), @namespace];

    public IEnumerable<KubernetesResource> InFile(string path) => _byPath.Value[path];

    public IEnumerable<KubernetesResource> UsersOf(string kind, string name, string? @namespace) =>
        _users.Value[(kind, name), @namespace];

    public IEnumerable<KubernetesResource> AutoscalersOf(string kind, string name, string? @namespace) =>
        _autoscalers.Value[(kind, name), @namespace];

    /// <summary>The first resource of a file that runs an image under another tag, if it stands before the one that asks.</summary>
    public KubernetesResource? OtherTag(string path, string repository, string tag, Document document, int item)
    {
        if (!_tags.Value.TryGetValue((path, repository), out var firsts) || !_order.Value.TryGetValue((document, item), out var own))
            return null;
        foreach (var (other, first, order) in firsts)
        {
            if (other != tag)
                return order < own ? first : null;
        }

        return null;
    }

    /// <summary>The budgets that speak of a workload's pods, as many of them as matter.</summary>
    public IReadOnlyList<KubernetesResource> BudgetsOf(Document document, int item) =>
        _budgets.Value.TryGetValue((document, item), out var found) ? found : [];

    public IEnumerable<KubernetesResource> SelectedBy(LabelSelector selector, string? @namespace) =>
        (selector.Known is { } label ? _byLabel.Value[label, @namespace]
            : All.Where(r => r.Facts.Labels is not null && KubernetesSet.SameNamespace(r.Id.Namespace, @namespace)))
        .Where(r => selector.Matches(r.Facts.Labels!));

    // Of each image the first two tags with the first to run it under them: whoever asks has one tag, and wants the first other.
    private Dictionary<(string Path, string Repository), List<(string Tag, KubernetesResource First, int Order)>> ReadTags()
    {
        var tags = new Dictionary<(string Path, string Repository), List<(string Tag, KubernetesResource First, int Order)>>();
        for (var order = 0; order < All.Count; order++)
        {
            var resource = All[order];
            foreach (var (repository, tag) in resource.Facts.Images)
            {
                var key = (resource.Manifest.Path, repository);
                if (!tags.TryGetValue(key, out var firsts))
                    tags[key] = firsts = [];
                if (firsts.Count < 2 && !firsts.Exists(f => f.Tag == tag))
                    firsts.Add((tag, resource, order));
            }
        }

        return tags;
    }

    private Dictionary<(Document Document, int Item), int> ReadOrder()
    {
        var places = new Dictionary<(Document Document, int Item), int>();
        for (var order = 0; order < All.Count; order++)
            places[(All[order].Slot.Document, All[order].Item)] = order;
        return places;
    }

    private Dictionary<(Document Document, int Item), List<KubernetesResource>> ReadBudgets()
    {
        var budgets = new Dictionary<(Document Document, int Item), List<KubernetesResource>>();
        foreach (var budget in OfKind("PodDisruptionBudget"))
        {
            if (budget.Root.MappingAt("spec")?.MappingAt("selector") is not { } selector)
                continue;
            foreach (var workload in SelectedBy(LabelSelector.Of(Validation.Field.Root(selector)), budget.Id.Namespace))
            {
                var key = (workload.Slot.Document, workload.Item);
                if (!budgets.TryGetValue(key, out var list))
                    budgets[key] = list = [];
                if (list.Count < MaxBudgets)
                    list.Add(budget);
            }
        }

        return budgets;
    }
}
