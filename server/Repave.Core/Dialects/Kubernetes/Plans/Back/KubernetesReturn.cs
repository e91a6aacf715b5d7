using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;

namespace Repave.Core.Dialects.Kubernetes.Plans.Back;

/// <summary>What makes the way back of Kubernetes objects worse or better than the plan of it says.</summary>
internal static class KubernetesReturn
{
    /// <summary>Judges every way back of a plan.</summary>
    public static void Judge(IReadOnlyList<ReturnPair> pairs)
    {
        // A change of the text that changes nothing may still be one that taking it back does not undo.
        foreach (var pair in pairs.Where(p => p.Forward.Action == PlanAction.None))
            WhatStays.Judge(pair);
        foreach (var pair in pairs.Where(p => p.Forward.Action is not (PlanAction.None or PlanAction.Unknown)))
        {
            OneWayObjects.Judge(pair);
            WhatStays.Judge(pair);
            RolledPods.Judge(pair);
            KeptRevisions.Judge(pair);
            if (pair is { Way.How: BackHow.Roll or BackHow.InPlace, Forward: { Baseline: TreeResource old, Desired: TreeResource now } }
                && !RolledPods.NoneStarted(pair))
                MovingImages.Judge(pair.Way, ContainerImages.Of(old.Root), ContainerImages.Of(now.Root));
            foreach (var warning in pair.Warnings(PlanWarningKind.NotRolledOut))
                pair.Way.Say(warning.Message);
        }
    }
}
