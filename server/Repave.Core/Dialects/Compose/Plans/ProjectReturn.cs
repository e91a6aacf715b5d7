using Repave.Core.Plans.Replacement;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Compose.Plans;

/// <summary>What makes the way back of a project's parts worse than the plan of it says.</summary>
internal static class ProjectReturn
{
    /// <summary>Judges every way back of a plan.</summary>
    public static void Judge(IReadOnlyList<ReturnPair> pairs)
    {
        foreach (var pair in pairs)
        {
            if (pair is { Way.How: not BackHow.Nothing, Forward: { Baseline: ComposeResource old, Desired: ComposeResource now } })
                MovingImages.Judge(pair.Way, Of(old), Of(now));
        }
    }

    private static IEnumerable<ScalarNode> Of(ComposeResource resource) =>
        resource.IsService && resource.Root["build"] is null && resource.Root.ScalarAt("image") is { } image ? [image] : [];
}
