using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>The Kubernetes resources that are checked together, by what is asked for. Each look-up is made when it is
/// first needed.</summary>
internal sealed class KubernetesIndex
{
    // Where more budgets speak of the same pods, the first of them say enough.
    private const int MaxBudgets = 20;

    private readonly ResourceSet _byId;
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
        _byId = set;
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

    /// <summary>Whether a resource goes to the same place as one of a file and namespace: what is built together does, and what lies together;
    /// what lies in folders beside each other may be one set or alternatives of which only one is used.</summary>
    public bool AreTogether(string path, string? @namespace, KubernetesResource other)
    {
        var place = other.Manifest.Path;
        if (place == path)
            return KubernetesSet.SameNamespace(@namespace, other.Id.Namespace);
        if (Kustomizations.AreTogether(path, place) is { } built)
            return built && KubernetesSet.SameNamespace(@namespace, other.Id.Namespace);
        var folder = FolderOf(path);
        var otherFolder = FolderOf(place);
        if (folder == otherFolder)
            return KubernetesSet.SameNamespace(@namespace, other.Id.Namespace);
        if (@namespace != other.Id.Namespace)
            return false;
        return folder.StartsWith(otherFolder, StringComparison.Ordinal) || otherFolder.StartsWith(folder, StringComparison.Ordinal)
            || (@namespace is not null && _byId[other.Id].Count == 1);
    }

    /// <summary>Of resources that a name may mean those of the very namespace, if there are any, and of these those that lie
    /// nearest.</summary>
    public static IEnumerable<KubernetesResource> Nearest(string? path, string? @namespace, IEnumerable<KubernetesResource> found)
    {
        if (path is null)
            return found;
        var all = found.ToList();
        if (all.Count < 2)
            return all;
        var exact = all.Where(r => r.Id.Namespace == @namespace).ToList();
        if (exact.Count > 0)
            all = exact;
        var nearest = all.Max(r => Nearness(path, r.Manifest.Path));
        return all.Where(r => Nearness(path, r.Manifest.Path) == nearest);
    }

    /// <summary>How near two files are: the length of the folders that they share, the file counting as the last.</summary>
    public static int Nearness(string path, string other)
    {
        if (path == other)
            return int.MaxValue;
        var shared = 0;
        for (var i = 0; i < path.Length && i < other.Length && path[i] == other[i]; i++)
        {
            if (path[i] == '/')
                shared++;
        }

        return shared;
    }

    private static string FolderOf(string path) => path.Substring(0, path.LastIndexOf('/') + 1);
}
