using Repave.Core.Model;
using Repave.Core.Plans;

namespace Repave.Core.Dialects.Kubernetes.Plans.Cascades;

/// <summary>The changes of a plan and the resources around them, before and after.</summary>
internal sealed class CascadeContext
{
    private readonly Dictionary<KubernetesResource, ResourceChange> _byResource = [];
    private readonly Dictionary<KubernetesResource, ConfigurationUse> _uses = [];
    private readonly Lazy<ILookup<(string Field, string Name), KubernetesResource>> _usersOfClasses;
    private readonly Lazy<ILookup<string, KubernetesResource>> _inNamespaces;
    private readonly Lazy<ILookup<string, KubernetesResource>> _claimsOfVolumes;
    private readonly Lazy<ILookup<string, KubernetesResource>> _claimsOfClasses;

    public CascadeContext(List<ResourceChange> changes, IReadOnlyList<KubernetesResource> desired, IReadOnlyList<KubernetesResource> before)
    {
        Changes = changes;
        foreach (var change in changes)
        {
            if (change.Desired is KubernetesResource next)
                _byResource[next] = change;
            if (change.Baseline is KubernetesResource old)
                _byResource[old] = change;
        }

        var none = Kustomizations.Read([]);
        // What the manifests do not define and the plan does not delete stays as it is.
        var stays = before.Where(b => !_byResource.ContainsKey(b)).ToList();
        Before = new KubernetesSet(new KubernetesIndex(new ResourceSet(before), none));
        After = new KubernetesSet(new KubernetesIndex(new ResourceSet(desired.Concat(stays)), none));
        // Made when they are first asked for: every change of a kind asks the same.
        _usersOfClasses = new(() => After.All.SelectMany(user => ClassFields.Select(field =>
            (Key: (Field: field, Name: user.PodSpec?.Node.TextAt(field) ?? ""), User: user)).Where(u => u.Key.Name.Length > 0))
            .ToLookup(u => u.Key, u => u.User));
        _inNamespaces = new(() => Before.All.Where(r => r.Id.Namespace is not null).ToLookup(r => r.Id.Namespace!, StringComparer.Ordinal));
        _claimsOfVolumes = new(() => Before.OfKind("PersistentVolumeClaim")
            .ToLookup(c => c.Root["spec"]?.TextAt("volumeName") ?? "", StringComparer.Ordinal));
        _claimsOfClasses = new(() => After.OfKind("PersistentVolumeClaim")
            .Select(c => (Class: c.Root["spec"]?.TextAt("storageClassName"), By: c))
            .Concat(After.OfKind("StatefulSet").SelectMany(s => (s.Root["spec"]?.ItemsAt("volumeClaimTemplates") ?? [])
                .Select(t => t["spec"]?.TextAt("storageClassName")).Distinct().Select(name => (Class: name, By: s))))
            .ToLookup(c => c.Class ?? "", c => c.By, StringComparer.Ordinal));
    }

    /// <summary>The fields by which pods name what is like a class.</summary>
    public static IReadOnlyList<string> ClassFields { get; } = ["serviceAccountName", "priorityClassName", "runtimeClassName"];

    /// <summary>All changes.</summary>
    public List<ResourceChange> Changes { get; }

    /// <summary>The resources before.</summary>
    public KubernetesSet Before { get; }

    /// <summary>The resources after: what the manifests define, and what they leave alone.</summary>
    public KubernetesSet After { get; }

    /// <summary>What becomes of a resource; null if the plan leaves it alone.</summary>
    public ResourceChange? ChangeOf(KubernetesResource resource) => _byResource.TryGetValue(resource, out var change) ? change : null;

    /// <summary>How a workload's pods take in ConfigMaps and Secrets.</summary>
    public ConfigurationUse ConfigurationUseOf(KubernetesResource user) =>
        _uses.TryGetValue(user, out var known) ? known : _uses[user] = new ConfigurationUse(user, user.PodSpec!);

    /// <summary>The workloads after whose pods name something in one of <see cref="ClassFields"/>.</summary>
    public IEnumerable<KubernetesResource> UsersOfClass(string field, string name) => _usersOfClasses.Value[(field, name)];

    /// <summary>The resources before that live in a namespace.</summary>
    public IEnumerable<KubernetesResource> InNamespace(string name) => _inNamespaces.Value[name];

    /// <summary>The claims before that name a volume.</summary>
    public IEnumerable<KubernetesResource> ClaimsOfVolume(string name) => _claimsOfVolumes.Value[name];

    /// <summary>The claims after, and the sets that make claims, of a storage class.</summary>
    public IEnumerable<KubernetesResource> ClaimsOfClass(string name) => _claimsOfClasses.Value[name];

    /// <summary>The changes of a kind that have one of these actions.</summary>
    public IEnumerable<ResourceChange> Of(string kind, params PlanAction[] actions) =>
        Changes.Where(c => actions.Contains(c.Action) && ResourceOf(c)?.Kind == kind);

    /// <summary>The resource that a change speaks of.</summary>
    public static KubernetesResource? ResourceOf(ResourceChange change) => (change.Desired ?? change.Baseline) as KubernetesResource;

    /// <summary>Whether an action takes the live object away, so that another takes its place or none.</summary>
    public static bool TakesAway(ResourceChange change) => change.Action is PlanAction.Replace or PlanAction.Delete;

    /// <summary>A resource's name for sentences.</summary>
    public static string NameOf(Resource resource) => $"{((KubernetesResource)resource).Kind}/{resource.Id.Name}";

    /// <summary>Names for sentences: a few, and how many more.</summary>
    public static string NamesOf(IReadOnlyList<KubernetesResource> resources)
    {
        const int shown = 3;
        var names = string.Join(", ", resources.Take(shown).Select(NameOf));
        return resources.Count > shown ? $"{names} and {resources.Count - shown} more" : names;
    }

    /// <summary>Makes a resource's pods be replaced because another changes, unless more happens to it anyway.</summary>
    public void Drag(KubernetesResource resource, ResourceChange cause, PlanAction action, Certainty certainty, string note)
    {
        if (ChangeOf(resource) is not { } change)
        {
            change = new ResourceChange(resource.Id) { Baseline = resource };
            _byResource[resource] = change;
            Changes.Add(change);
        }

        if (change == cause || change.Action is PlanAction.Create or PlanAction.Unknown)
            return;
        if (!change.CausedBy.Contains(cause.Id))
            change.CausedBy.Add(cause.Id);
        if (action <= change.Action)
            return;
        change.Action = action;
        change.Certainty = certainty;
        change.Mechanism = action == PlanAction.Replace ? ResourceChange.DeleteAndCreate : null;
        change.Note = note;
    }
}
