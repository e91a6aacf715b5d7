using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;

namespace Repave.Core.Dialects.CloudFormation.Plans.Back;

/// <summary>Resources that a stack lets go and does not delete, or leaves a snapshot of.</summary>
internal static class KeptOutsideStack
{
    public static void Judge(ReturnPair pair)
    {
        if (pair.Forward is { Action: PlanAction.Create, Desired: CloudFormationResource made }
            && CloudFormationTypes.LosesData(made.Type) && made.Root["DeletionPolicy"] is null
            && !UpdateBehaviour.IsKeptAsSnapshot(made))
            pair.Way.Worsen(BackHow.Loss, "Going back deletes it, and what was put into it by then.");
        if (pair.Forward is not { Action: PlanAction.Delete, Baseline: CloudFormationResource gone })
            return;
        switch (gone.Root.TextAt("DeletionPolicy"))
        {
            case "Retain" or "RetainExceptOnCreate":
                pair.Way.Say("It is retained outside the stack; the old template does not take it over, it has to be imported.");
                break;
            case "Snapshot":
                pair.Way.Say("A snapshot is left; the old template makes an empty one, and the data comes back only by restoring it.");
                break;
        }
    }
}
