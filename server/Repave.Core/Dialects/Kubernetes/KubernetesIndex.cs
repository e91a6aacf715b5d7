using Repave.Core.Model;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>The Kubernetes resources that are checked together, by what is asked for. Each look-up is made when it is
/// first needed.</summary>
internal sealed class KubernetesIndex
{
    private readonly ResourceSet _byId;
    private readonly Lazy<ILookup<string, KubernetesResource>> _byKind;
    private readonly Lazy<ILookup<(string Kind, string Name), KubernetesResource>> _byName;
    private readonly Lazy<ILookup<string, KubernetesResource>> _byPath;
    private readonly Lazy<ILookup<(string Kind, string Name), KubernetesResource>> _users;
    private readonly Lazy<ILookup<(string Kind, string Name), KubernetesResource>> _autoscalers;
    private readonly Lazy<ILookup<(string Key, string Value), KubernetesResource>> _byLabel;

    public KubernetesIndex(ResourceSet set, Kustomizations kustomizations)
    {
        Kustomizations = kustomizations;
        _byId = set;
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

    public IEnumerable<KubernetesResource> SelectedBy(LabelSelector selector) =>
        (selector.Known is { } label ? _byLabel.Value[label] : All.Where(r => r.Facts.Labels is not null))
            .Where(r => selector.Matches(r.Facts.Labels!));
}
