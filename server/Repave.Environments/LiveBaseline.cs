using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;

namespace Repave.Environments;

/// <summary>Reads a live environment for a plan: what is there, and what it would make of the changes.</summary>
public static class LiveBaseline
{
    /// <summary>The baseline, with the environment's answers to what a first plan would change.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="desired">The manifests.</param>
    /// <param name="resources">Their resources.</param>
    /// <param name="settings">The settings in force.</param>
    /// <param name="options">What is asked of the plan.</param>
    /// <param name="progress">Told what is done (<c>read</c>, <c>tried</c>), how many of how many, and of what.</param>
    public static Baseline Read(ILiveEnvironment environment, IReadOnlyList<Manifest> desired, IReadOnlyList<Resource> resources,
        Settings settings, PlanOptions options, Action<string, int, int, string> progress)
    {
        var baseline = environment.Read(resources, (done, total) => progress("read", done, total, "resources"));
        var first = Planner.Plan(desired, baseline, settings, options with { SaysWayBack = false });
        return environment.Try(first, baseline, (done, total) => progress("tried", done, total, "changes"));
    }
}
