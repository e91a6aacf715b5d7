namespace Repave.Core.Plans;

/// <summary>What making manifests real would do to every resource.</summary>
/// <param name="Baseline">What they were compared with, for people.</param>
/// <param name="Changes">Every resource with its action, in the order of the manifests; deletions last.</param>
/// <param name="Notes">What could not be read or compared, and why.</param>
/// <param name="Environment">The name of the environment, for policies; null if it has none.</param>
public sealed record Plan(string Baseline, IReadOnlyList<ResourceChange> Changes, IReadOnlyList<string> Notes, string? Environment = null)
{
    /// <summary>How many resources an action befalls.</summary>
    public int Count(PlanAction action) => Changes.Count(c => c.Action == action);

    /// <summary>Whether nothing changes and everything could be read.</summary>
    public bool IsEmpty => Changes.All(c => c.Action == PlanAction.None);
}
