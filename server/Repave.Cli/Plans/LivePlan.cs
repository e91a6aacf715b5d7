using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Environments;

namespace Repave.Cli;

/// <summary>Plans against a live environment: reads it, plans, asks it what it would make of the changes, and plans again with
/// its answers.</summary>
internal static class LivePlan
{
    /// <summary>The plan, and what was live.</summary>
    /// <exception cref="CommandException">There is no way to read an environment for these manifests.</exception>
    public static (Plan Plan, Baseline Baseline) Make(IReadOnlyList<Manifest> desired, BaselineRequest request, PlanOptions options)
    {
        using var environment = Open(desired, request, out var resources);
        using var progress = new Progress();
        var baseline = LiveBaseline.Read(environment, desired, resources, request.Settings, options, progress.Show);
        return (Planner.Plan(desired, baseline with { Evidence = baseline.Evidence ?? request.Evidence }, request.Settings, options),
            baseline);
    }

    /// <summary>What is live of the manifests' resources, read and nothing else.</summary>
    /// <exception cref="CommandException">There is no way to read an environment for these manifests.</exception>
    public static Baseline Read(IReadOnlyList<Manifest> desired, BaselineRequest request)
    {
        using var environment = Open(desired, request, out var resources);
        using var progress = new Progress();
        return environment.Read(resources, (done, total) => progress.Show("read", done, total, "resources"));
    }

    /// <summary>The environment of the manifests' dialect.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    private static ILiveEnvironment Open(IReadOnlyList<Manifest> desired, BaselineRequest request, out IReadOnlyList<Resource> resources)
    {
        if (!request.MayAskLive)
            throw new CommandException("it was planned against a live environment.");
        var all = Planner.ResourcesOf(desired, [], "");
        var dialects = all.Select(r => r.Id.Dialect).Distinct().ToList();
        if (dialects.Count == 0)
            throw new CommandException("there are no manifests in these files.");
        if (dialects.Count > 1)
            throw new CommandException($"these files hold manifests of {string.Join(" and ", dialects)}; plan them one after the other.");
        resources = all;
        var kind = EnvironmentKinds.Of(dialects[0])
            ?? throw new CommandException($"live environments of {dialects[0]} cannot be read yet; use --from.");
        var options = new EnvironmentRequest(request.Timeout)
        {
            Namespace = request.Namespace,
            PruneSelector = request.PruneSelector,
            Apply = request.Settings.Apply.GetValueOrDefault(dialects[0], ApplySettings.Unsaid),
            Own = request.Own,
        };
        // What only another kind knows would be dropped without a word.
        if (request.Own.Keys.FirstOrDefault(name => kind.Options.All(o => o.Name != name)) is { } foreign)
            throw new CommandException($"--{foreign} does not go with {dialects[0]} manifests.");
        if (kind.ProblemOf(options) is { } problem)
            throw new CommandException(problem);
        return kind.Open(options);
    }
}
