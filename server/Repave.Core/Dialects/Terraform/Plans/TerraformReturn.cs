using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;

namespace Repave.Core.Dialects.Terraform.Plans;

/// <summary>What makes the way back of instances worse than the plan of it says.</summary>
internal static class TerraformReturn
{
    /// <summary>Judges every way back of a plan.</summary>
    public static void Judge(IReadOnlyList<ReturnPair> pairs)
    {
        foreach (var pair in pairs)
        {
            if (pair.Forward.Action == PlanAction.Delete || pair.Forward.Action == PlanAction.Replace)
                pair.Way.Say("What is created again has another identity, and none of what was in the old one.");
        }
    }
}
