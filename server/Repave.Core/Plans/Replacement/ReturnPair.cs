namespace Repave.Core.Plans.Replacement;

/// <summary>A change, and the one that takes it back.</summary>
/// <param name="Forward">The change.</param>
/// <param name="Reverse">What the plan from the new state to the old one says of the resource; null if it says nothing.</param>
/// <param name="Way">What is said of the way back.</param>
public sealed record ReturnPair(ResourceChange Forward, ResourceChange? Reverse, WayBack Way)
{
    /// <summary>The warnings of one kind, of the change and of what takes it back.</summary>
    public IEnumerable<PlanWarning> Warnings(PlanWarningKind kind) =>
        Forward.Warnings.Concat(Reverse?.Warnings ?? []).Where(w => w.Kind == kind);

    /// <summary>The reasons of what takes the change back.</summary>
    public IReadOnlyList<Reason> ReasonsBack => Reverse?.Reasons ?? [];

    /// <summary>Makes it a loss where either way takes stored data with it.</summary>
    public void LoseData()
    {
        foreach (var warning in Warnings(PlanWarningKind.DataLoss))
        {
            if (warning.KeepsData)
                Way.Say(warning.Message);
            else
                Way.Worsen(BackHow.Loss, warning.Message);
        }
    }
}
