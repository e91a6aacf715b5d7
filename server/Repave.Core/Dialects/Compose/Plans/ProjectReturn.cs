using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Compose.Plans;

/// <summary>What makes the way back of a project's parts worse or better than the plan of it says.</summary>
internal static class ProjectReturn
{
    /// <summary>Judges every way back of a plan.</summary>
    public static void Judge(IReadOnlyList<ReturnPair> pairs)
    {
        foreach (var pair in pairs)
        {
            if (pair is { Way.How: not BackHow.Nothing, Forward: { Baseline: ComposeResource old, Desired: ComposeResource now } })
            {
                JudgeRenamed(pair);
                MovingImages.Judge(pair.Way, Of(old), Of(now));
            }

            // What Compose leaves behind nothing takes back.
            if (pair.Way.How == BackHow.Nothing && pair.Forward.Action != PlanAction.None)
            {
                foreach (var warning in pair.Reverse?.Warnings.Where(w => w.Kind == PlanWarningKind.Notice) ?? [])
                    pair.Way.Say(warning.Message);
            }
        }
    }

    // Under another name a new one is made, and the old one stays on the engine as it was.
    private static void JudgeRenamed(ReturnPair pair)
    {
        if (pair.Forward.Action != PlanAction.Create)
            return;
        if (pair.Forward.Id.Type == "volume")
            pair.Way.Set(BackHow.AtOnce,
                "The old volume is still there with its data, and is found again; what was written since stays in the new one.");
        else if (pair.Forward.Id.Type == "network")
            pair.Way.Set(BackHow.AtOnce, "The old network is still there, and is found again.");
    }

    private static IEnumerable<ScalarNode> Of(ComposeResource resource) =>
        resource.IsService && resource.Root["build"] is null && resource.Root.ScalarAt("image") is { } image ? [image] : [];
}
