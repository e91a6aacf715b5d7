using Repave.Core.Model;
using Repave.Core.Plans;

namespace Repave.Core.Dialects.Kubernetes.Plans.Cascades;

/// <summary>The changes of a plan and the resources around them, before and after.</summary>
internal sealed class CascadeContext
{
    private readonly Dictionary<KubernetesResource, ResourceChange> _byResource = [];

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
    }

    /// <summary>All changes.</summary>
    public List<ResourceChange> Changes { get; }

    /// <summary>The resources before.</summary>
    public KubernetesSet Before { get; }

    /// <summary>The resources after: what the manifests define, and what they leave alone.</summary>
    public KubernetesSet After { get; }

    /// <summary>What becomes of a resource; null if the plan leaves it alone.</summary>
    public ResourceChange? ChangeOf(KubernetesResource resource) => _byResource.TryGetValue(resource, out var change) ? change : null;

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
