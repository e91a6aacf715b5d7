using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans.Back;

/// <summary>Whether pods are replaced on the way back: those that were never started of the new template need not be, and some
/// controllers replace pods though nobody knows their kind's definition.</summary>
internal static class RolledPods
{
    public static void Judge(ReturnPair pair)
    {
        var way = pair.Way;
        if (way.How == BackHow.InPlace && pair.Reverse is { Action: PlanAction.InPlace, Steps.PodsRolled: > 0 })
            way.Set(BackHow.Roll, "Its controller replaces the pods by ones of the old template.");
        if (way.How != BackHow.Roll)
            return;
        if (NoneStarted(pair))
            way.Set(BackHow.InPlace, "No pod of the new template was started, so none is replaced.");
        else if (pair.Reverse is { Action: PlanAction.Roll, Steps: { PodsRolled: 0, CannotProgress: not true } }
            && HasPods(pair.Forward.BaselineRoot()))
            way.Set(BackHow.InPlace, "The old manifest replaces no pod by itself: those that run keep the new template until something "
                + "else replaces them.");
    }

    /// <summary>Whether the change brought a template of which no pod was started: it is paused, or waits for a partition or for somebody
    /// who deletes pods.</summary>
    public static bool NoneStarted(ReturnPair pair) =>
        pair.Forward is { Action: PlanAction.Roll or PlanAction.InPlace, Steps: { PodsRolled: 0, Refused: not true } }
        && pair.Forward.Reasons.Exists(r => IsTemplate(r.Path))
        && HasPods(pair.Forward.BaselineRoot()) && HasPods(pair.Forward.DesiredRoot())
        && pair.Forward.Id.Type.Split('.')[0] is not ("ReplicaSet" or "ReplicationController" or "Job" or "CronJob");

    private static bool IsTemplate(string path) =>
        path == "spec.template" || path.StartsWith("spec.template.", StringComparison.Ordinal);

    private static bool HasPods(MapNode? root) => root?["spec"]?["replicas"] is not ScalarNode { Integer: 0 };
}
