using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Repave.Core.Rules;
using Repave.Environments;
using Repave.Environments.Terraform;

namespace Repave.LanguageServer;

/// <summary>Plans the workspace against the chosen baseline: <c>git:REV</c>, a file or folder, or <c>live</c> or <c>live:CONTEXT</c>. What
/// it reads, it keeps until it is told to read again.</summary>
/// <param name="workspace">The workspace.</param>
/// <param name="isBuilt">Whether a file is one that environments are built from, which have plans of their own.</param>
/// <param name="providers">The providers that may be asked what they would plan.</param>
internal sealed class PlanService(Workspace workspace, Func<string, bool> isBuilt, AskedProviders providers)
{
    private const string Git = "git:";
    private const string Live = "live";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    // Of a live environment: the resources that were looked for, and the text that each change was last tried with.
    private readonly HashSet<ResourceId> _lookedFor = [];
    private readonly Dictionary<ResourceId, string> _tried = [];
    private string? _chosen;
    private Baseline? _baseline;
    private IReadOnlyList<Manifest> _desired = [];

    /// <summary>The last plan; null before the first and where there is no baseline.</summary>
    public Plan? Plan { get; private set; }

    /// <summary>What was changed in the live environment behind the manifests' back, without what the platform itself may; none where nothing
    /// live is compared with.</summary>
    public IReadOnlyList<DriftItem> Drift { get; private set; } = [];

    /// <summary>What the last plan compares with, as it was read; null where nothing was.</summary>
    public Baseline? Baseline => _baseline;

    /// <summary>Why there is no plan; null if there is one, or no baseline was chosen.</summary>
    public string? Problem { get; private set; }

    /// <summary>What is compared with; null for nothing.</summary>
    public string? Chosen => _chosen;

    /// <summary>Chooses a baseline; null for none.</summary>
    public void Choose(string? baseline)
    {
        lock (_lock)
        {
            _chosen = baseline is { Length: > 0 } ? baseline : null;
            _baseline = null;
            (Plan, Problem, Drift) = (null, null, []);
        }
    }

    /// <summary>Reads the baseline again before the next plan.</summary>
    public void Forget()
    {
        lock (_lock)
            _baseline = null;
    }

    /// <summary>Plans the workspace as it is now, from what is known of the baseline; reads that first if it was not yet, or if the
    /// workspace defines what nobody has looked for.</summary>
    /// <returns>Whether the environment was found to define types that checks did not know, so that they should be made again.</returns>
    public bool Make()
    {
        var (chosen, baseline) = (_chosen, _baseline);
        if (chosen is null || workspace.Folders.Count == 0)
            return workspace.UseDefinitions([]);
        IReadOnlyList<Manifest> desired = [.. workspace.Manifests.Where(manifest => !isBuilt(manifest.Path))];
        string? problem = null;
        var made = IsLive(chosen) ? LiveFor(chosen, desired, baseline, out problem) : baseline ?? Read(chosen, out problem);
        Settle(chosen, desired, made, problem);
        return workspace.UseDefinitions(made is null || !IsLive(chosen) ? [] : DefinitionsOf(made));
    }

    /// <summary>Has a live environment try the changes that it has not tried as they are now, and plans again with what it says.</summary>
    /// <returns>Whether it was asked anything.</returns>
    public bool Try()
    {
        var (chosen, baseline, plan, desired) = (_chosen, _baseline, Plan, _desired);
        if (chosen is null || baseline is null || plan is null || !IsLive(chosen))
            return false;
        var open = plan.Changes
            .Where(c => c.Desired is not null && c.Action is not (PlanAction.None or PlanAction.Unknown) && !IsTried(c.Desired)).ToList();
        if (open.Count == 0)
            return false;
        using var environment = Open(chosen, open[0].Id.Dialect);
        var answered = environment.Try(plan, Valid(baseline, desired), (_, _) => { });
        foreach (var change in open)
            _tried[change.Id] = TextOf(change.Desired!);
        Settle(chosen, desired, answered, null);
        return true;
    }

    // Somebody may have chosen another meanwhile.
    private void Settle(string chosen, IReadOnlyList<Manifest> desired, Baseline? baseline, string? problem)
    {
        var options = new PlanOptions { Unread = workspace.Unread };
        var plan = baseline is null ? null
            : Planner.Plan(desired, providers.With(IsLive(chosen) ? Valid(baseline, desired) : Unbuilt(baseline), desired),
                workspace.Settings, options);
        IReadOnlyList<DriftItem> drift = baseline is null || !IsLive(chosen) ? []
            : [.. DriftFinder.Find(desired, baseline, workspace.Settings, options, []).Where(item => !item.IsAllowed)];
        lock (_lock)
        {
            if (_chosen == chosen)
                (_baseline, _desired, Plan, Problem, Drift) = (baseline, desired, plan, problem, drift);
        }
    }

    private Baseline? LiveFor(string chosen, IReadOnlyList<Manifest> desired, Baseline? known, out string? problem)
    {
        problem = workspace.IsTrusted ? null : "this workspace is not trusted, so kubectl is not started";
        if (problem is not null)
            return null;
        var resources = Planner.ResourcesOf(desired, [], "");
        if (known is not null && resources.All(r => _lookedFor.Contains(r.Id)))
            return known;
        _tried.Clear();
        _lookedFor.Clear();
        _lookedFor.UnionWith(resources.Select(r => r.Id));
        using var environment = Open(chosen, resources.Count == 0 ? EnvironmentKinds.All[0].Dialect : resources[0].Id.Dialect);
        return environment.Read(resources, (_, _) => { });
    }

    private Baseline Unbuilt(Baseline baseline) => baseline.Manifests.Any(manifest => isBuilt(manifest.Path))
        ? baseline with { Manifests = [.. baseline.Manifests.Where(manifest => !isBuilt(manifest.Path))] } : baseline;

    // What the environment said of a text holds for that text only.
    private Baseline Valid(Baseline baseline, IReadOnlyList<Manifest> desired)
    {
        if (_tried.Count == 0)
            return baseline;
        var now = new HashSet<ResourceId>(
            Planner.ResourcesOf(desired, [], "").Where(r => _tried.ContainsKey(r.Id) && !IsTried(r)).Select(r => r.Id));
        return now.Count == 0 ? baseline
            : baseline with { DryRuns = baseline.DryRuns.Where(a => !now.Contains(a.Key)).ToDictionary(a => a.Key, a => a.Value) };
    }

    private bool IsTried(Resource resource) => _tried.TryGetValue(resource.Id, out var text) && text == TextOf(resource);

    private static string TextOf(Resource resource) => resource.Slot.Document.Text;

    private static List<Manifest> DefinitionsOf(Baseline live)
    {
        var manifests = live.Manifests.Concat(live.Surroundings).ToList();
        var defining = Planner.ResourcesOf(manifests, [], "").Where(r => r.DefinesTypes).Select(r => r.Manifest).ToHashSet();
        return [.. manifests.Where(defining.Contains)];
    }

    private Baseline? Read(string chosen, out string? problem)
    {
        var folder = workspace.Folders[0];
        problem = null;
        if (chosen.StartsWith(Git, StringComparison.Ordinal))
        {
            if (!workspace.IsTrusted)
            {
                problem = "this workspace is not trusted, so git is not started";
                return null;
            }

            var files = GitRevision.Read(folder, chosen[Git.Length..], ["."], out var reason);
            problem = files is null ? reason : null;
            return files is null ? null
                : new Baseline(chosen, [.. files.Where(f => f.Text is not null && workspace.Settings.LeftOutBy(f.Path) is null)
                    .Select(f => Manifest.Parse(f.Path, f.Text!))])
                {
                    IsEarlierState = true,
                    Unread = [.. files.Where(f => f.Text is null).Select(f => new UnreadFile(f.Path, "git cannot give it as text"))],
                };
        }

        return FileBaselines.Read(chosen, workspace, out problem);
    }

    // "live:NAME": what it names is the kind's to say, a context of one and a stack of another.
    private ILiveEnvironment Open(string chosen, string dialect)
    {
        var kind = EnvironmentKinds.Of(dialect) ?? EnvironmentKinds.All[0];
        var name = chosen.Length > Live.Length + 1 ? chosen[(Live.Length + 1)..] : null;
        return kind.Open(new EnvironmentRequest(Timeout)
        {
            Apply = workspace.Settings.Apply.GetValueOrDefault(kind.Dialect, ApplySettings.Unsaid),
            Own = name is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [kind.NamedBy] = name },
        });
    }

    private static bool IsLive(string chosen) => chosen == Live || chosen.StartsWith(Live + ":", StringComparison.Ordinal);
}
