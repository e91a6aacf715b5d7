using Repave.Core.Plans;

namespace Repave.Core.Dialects.Kubernetes.Plans.Cascades;

/// <summary>Follows what changes drag along, and adds what to know before doing them.</summary>
internal static class Cascade
{
    /// <summary>Completes the changes of a plan.</summary>
    /// <param name="changes">The changes; resources that are dragged along are added.</param>
    /// <param name="desired">What the manifests define.</param>
    /// <param name="before">What the baseline holds.</param>
    public static void Follow(
        List<ResourceChange> changes, IReadOnlyList<KubernetesResource> desired, IReadOnlyList<KubernetesResource> before)
    {
        if (changes.All(c => c.Action is PlanAction.None or PlanAction.Unknown))
            return;
        var context = new CascadeContext(changes, desired, before);
        OwnerCascade.Follow(context);
        StorageCascade.Follow(context);
        ReferenceCascade.Follow(context);
        ConfigurationCascade.Follow(context);
        ServiceCascade.Follow(context);
        RolloutWarnings.Add(context);
        ReplacementWarnings.Add(context);
    }
}
