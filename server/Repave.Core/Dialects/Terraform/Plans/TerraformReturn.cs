using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;

namespace Repave.Core.Dialects.Terraform.Plans;

/// <summary>What makes the way back of instances worse than the plan of it says.</summary>
internal static class TerraformReturn
{
    private static readonly string[] Images = ["image", "image_uri", "image_identifier"];

    /// <summary>Judges every way back of a plan.</summary>
    public static void Judge(IReadOnlyList<ReturnPair> pairs)
    {
        foreach (var pair in pairs.Where(p => p.Forward.Action is not (PlanAction.None or PlanAction.Unknown)))
        {
            var type = pair.Forward.Id.Type;
            JudgeData(pair, type);
            OneWayFacts.Terraform.Judge(pair, type, r => r.Path);
            // Whoever may not destroy it may not take it back either.
            if (pair.Way.How is not BackHow.Never && pair.Reverse?.Warnings.Find(w => w.Kind == PlanWarningKind.Refused) is { } refused
                && !pair.Forward.Warnings.Exists(w => w.Kind == PlanWarningKind.Refused))
                pair.Way.Worsen(BackHow.Never, refused.Message);
            JudgeImages(pair);
            JudgeLookedUp(pair);
        }
    }

    // What was looked up is looked up again then, and may be something else.
    private static void JudgeLookedUp(ReturnPair pair)
    {
        if (pair.Forward.Baseline is not PlannedInstance old)
            return;
        foreach (var reason in pair.Forward.Reasons.Where(r => r is { From: null, IsSecret: false }))
        {
            var end = reason.Path.IndexOfAny(['.', '[']);
            if (old.Item.Body.Attribute(end < 0 ? reason.Path : reason.Path.Substring(0, end))?.Value is not { } value
                || !old.Slot.Document.Text.Substring(value.Span.Start, value.Span.Length).StartsWith("data.", StringComparison.Ordinal))
                continue;
            pair.Way.Worsen(BackHow.Unknown, $"What {reason.Path} was is looked up again then, and may be something else.");
            return;
        }
    }

    private static void JudgeData(ReturnPair pair, string type)
    {
        switch (pair.Forward.Action)
        {
            case PlanAction.Create when OneWayFacts.Terraform.HoldsContent(type):
                pair.Way.Worsen(BackHow.Loss, "Going back destroys it, and what was put into it by then.");
                break;
            case PlanAction.Delete or PlanAction.Replace when OneWayFacts.Terraform.HoldsContent(type):
                pair.Way.Worsen(BackHow.Loss, "What is created again holds nothing of what was in the old one.");
                break;
            case PlanAction.Delete or PlanAction.Replace:
                pair.Way.Say("What is created again has another identity, and none of what was in the old one.");
                break;
        }
    }

    private static void JudgeImages(ReturnPair pair)
    {
        if (pair.Way.How is not (BackHow.InPlace or BackHow.Roll or BackHow.Replace))
            return;
        foreach (var reason in pair.Forward.Reasons)
        {
            var name = reason.Path.Substring(reason.Path.LastIndexOf('.') + 1);
            if (reason.From?.Trim('"') is not { Length: > 0 } image || !(Array.IndexOf(Images, name) >= 0
                || (name == "name" && pair.Forward.Id.Type == "docker_image")) || !ImageReference.Parse(image).NamesNoVersion)
                continue;
            pair.Way.Worsen(BackHow.Unknown, ImageReference.Parse(image).Tag is null
                ? $"'{image}' names no version, and may be another image by then." : $"'{image}' may be another image by then.");
            return;
        }
    }
}
