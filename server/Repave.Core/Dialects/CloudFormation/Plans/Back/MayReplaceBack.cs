using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;

namespace Repave.Core.Dialects.CloudFormation.Plans.Back;

/// <summary>Settings of which AWS says no more than that changing them may replace a resource: they go back in place, as they do but for
/// few. Where a resource lies and what it is made from do not count as settings.</summary>
internal static class MayReplaceBack
{
    private static readonly string[] Origins =
        ["Engine", "Zone", "Snapshot", "Source", "Restor", "Kms", "KMS", "KeyType", "AttributeName", "ColumnName", "CidrBlock"];

    public static void Judge(ReturnPair pair)
    {
        if (pair.Reverse is not { Action: PlanAction.Replace, Certainty: Certainty.Conditional } back)
            return;
        var forcing = back.Forcing.ToList();
        if (forcing.Count > 0 && forcing.TrueForAll(IsSetting))
            pair.Way.Set(BackHow.InPlace, $"{forcing[0].Path} goes back: {forcing[0].Why}.");
    }

    // What is conditional because a value is not known is another matter.
    private static bool IsSetting(Reason reason) =>
        reason.Why.StartsWith(UpdateBehaviour.WhyOf((Effect.Replaces, Certainty.Conditional)), StringComparison.Ordinal)
        && !Array.Exists(Origins, origin => reason.Path.IndexOf(origin, StringComparison.Ordinal) >= 0);
}
