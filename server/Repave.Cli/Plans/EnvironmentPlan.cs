using Repave.Core.Builds;
using Repave.Core.Model;
using Repave.Core.Plans;

namespace Repave.Cli;

/// <summary>The plan of one environment, or of manifests that belong to none.</summary>
/// <param name="Environment">The environment; null for manifests that are applied as they stand.</param>
/// <param name="Plan">The plan.</param>
/// <param name="Desired">What is applied.</param>
internal sealed record EnvironmentPlan(ManifestEnvironment? Environment, Plan Plan, IReadOnlyList<Manifest> Desired)
{
    /// <summary>What it was compared with.</summary>
    public required Baseline Baseline { get; init; }

    /// <summary>The files that had a part in what was built, as people name them; none where nothing was built.</summary>
    public IReadOnlyCollection<string> Read { get; init; } = [];

    /// <summary>What it is called in a matrix.</summary>
    public string Name => Environment?.Name ?? "(manifests)";

    /// <summary>Whether anything is to be said of it.</summary>
    public bool HasNews => Plan.Notes.Count > 0 || Plan.Changes.Any(c => c.Action != PlanAction.None || c.Warnings.Count > 0);
}
