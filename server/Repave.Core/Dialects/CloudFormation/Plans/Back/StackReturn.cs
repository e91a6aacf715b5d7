using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;

namespace Repave.Core.Dialects.CloudFormation.Plans.Back;

/// <summary>What makes the way back of a stack's resources worse or better than the plan of it says.</summary>
internal static class StackReturn
{
    /// <summary>Judges every way back of a plan.</summary>
    public static void Judge(IReadOnlyList<ReturnPair> pairs)
    {
        var moving = new HashSet<ResourceId>();
        foreach (var pair in pairs.Where(p => p.Forward.Action is not (PlanAction.None or PlanAction.Unknown)))
        {
            MayReplaceBack.Judge(pair);
            JudgeRefused(pair);
            if (pair.Forward is { Desired: CloudFormationResource now, Baseline: not null })
                OneWayFacts.CloudFormation.Judge(pair, now.Type, r => PropertyPaths.Within(r.Path));
            TrafficPointers.Judge(pair);
            KeptOutsideStack.Judge(pair);
            if (TemplateImages.Judge(pair))
                moving.Add(pair.Forward.Id);
        }

        // Who is made of what moves moves with it.
        foreach (var pair in pairs.Where(p => p.Way.How is BackHow.InPlace or BackHow.Roll))
        {
            if (pair.Forward.CausedBy.FirstOrDefault(moving.Contains) is { } cause)
                pair.Way.Worsen(BackHow.Unknown, $"It runs what '{cause.Name}' names, which may be another image by then.");
        }
    }

    // What is refused of a replacement that does not come about refuses nothing. What is refused both ways
    // was never more than wished for: only another resource has the one or the other.
    private static void JudgeRefused(ReturnPair pair)
    {
        if (pair.Way.How is not (BackHow.InPlace or BackHow.Roll) || pair.Reverse is not { Action: not PlanAction.Replace } back
            || back.Warnings.Find(w => w.Kind == PlanWarningKind.Refused) is not { } refused)
            return;
        if (!pair.Forward.Warnings.Exists(w => w.Kind == PlanWarningKind.Refused))
            pair.Way.Worsen(BackHow.Never, refused.Message);
        else if (CloudFormationTypes.LosesData(pair.Forward.Id.Type))
            pair.Way.Worsen(BackHow.Loss, $"{refused.Message} What is stored in the one is not in the other.");
        else
            pair.Way.Worsen(BackHow.Replace, refused.Message);
    }
}
