using Repave.Core.Analysis;
using Repave.Core.Builds;
using Repave.Core.Plans;
using Repave.Core.Rules;

namespace Repave.LanguageServer;

/// <summary>An environment of the workspace as it was built last. Never changes: an edit makes another.</summary>
/// <param name="Built">What is built for it.</param>
/// <param name="Baseline">What it is compared with; null if that cannot be read.</param>
/// <param name="Plan">The plan; null where there is no baseline.</param>
/// <param name="Problem">Why there is no plan; null if there is one.</param>
internal sealed record WorkspaceEnvironment(BuiltEnvironment Built, Baseline? Baseline, Plan? Plan, string? Problem)
{
    /// <summary>What was found in what is built; null until it was checked.</summary>
    public ManifestAnalysis? Analysis { get; init; }

    /// <summary>The environment.</summary>
    public ManifestEnvironment Environment => Built.Environment;

    /// <summary>What the rules on plans find.</summary>
    public IReadOnlyList<Finding> PlanFindings(Settings settings) => Plan is null ? [] : Core.Rules.PlanFindings.Of(Plan, settings);
}
