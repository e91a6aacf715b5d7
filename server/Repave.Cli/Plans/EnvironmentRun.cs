using Repave.Core.Builds;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Environments;

namespace Repave.Cli;

/// <summary>Plans every environment that paths reach, each as it is built and against what it was.</summary>
internal sealed class EnvironmentRun
{
    private const string GitPrefix = "git:";
    private const string LivePrefix = "live:";

    private readonly BaselineRequest _request;
    private readonly SourceState _now;
    private readonly IReadOnlyList<string> _paths;
    private readonly Dictionary<string, SourceState> _revisions = new(StringComparer.Ordinal);

    private EnvironmentRun(BaselineRequest request, SourceState now)
    {
        (_request, _now) = (request, now);
        _paths = [.. (request.Paths.Count == 0 ? ["."] : request.Paths).Select(path => BuildPaths.Clean(Slashed(path)))];
    }

    /// <summary>The plans, by environment; what belongs to none is one more. Where no environment is reached it is the only one.</summary>
    /// <exception cref="CommandException">The request names no baseline where one is needed, or an environment that is not
    /// there.</exception>
    public static IReadOnlyList<EnvironmentPlan> Plan(BaselineRequest request)
    {
        var isOfMany = request.From is null ? !request.IsLive : request.From.StartsWith(GitPrefix, StringComparison.Ordinal);
        if (request.Paths.Contains(InputFiles.StandardInput) || (!isOfMany && request.Environment is null))
            return AsBefore(request);
        var run = new EnvironmentRun(request, request.IsStaged ? SourceState.OfIndex(request.Settings)
            : SourceState.OfDisk(request.Settings));
        var reached = run.Reached(out var covered);
        if (request.Environment is { } name)
        {
            var chosen = reached.Where(one => one.Environment.Name == name).ToList();
            if (chosen.Count == 0)
            {
                if (request.Settings.Environments.Count > 0 && !request.Settings.Plans.Any(p => p.Environment?.Matches(name) == true))
                    throw new CommandException(NoSuch(name, reached.Select(one => one.Environment.Name)));
                return AsBefore(request);
            }

            reached = chosen;
        }

        if (!isOfMany)
            return [.. reached.Select(run.Plan)];
        if (reached.Count == 0)
            return AsBefore(request);
        var plans = reached.Select(run.Plan).ToList();
        if (request.Environment is null)
        {
            plans.AddRange(run.Gone(reached));
            var from = request.From ?? ManifestEnvironment.DefaultBaseline;
            var plain = PlanRun.Create(request with { From = from }, covered: covered.Concat(run.CoveredAt(from, reached))
                .ToHashSet(StringComparer.Ordinal));
            var rest = plain.EnvironmentPlan();
            if (rest.Plan.Changes.Count > 0 || rest.Plan.Notes.Count > 0)
                plans.Add(rest);
        }

        return plans;
    }

    /// <summary>What to say of an environment that is not there.</summary>
    public static string NoSuch(string name, IEnumerable<string> all)
    {
        var known = all.Distinct(StringComparer.Ordinal).ToList();
        return known.Count == 0 ? $"there is no environment '{name}' here; .repave.yaml names none, and none was found."
            : $"there is no environment '{name}' here; there are {string.Join(", ", known)}.";
    }

    // As one plan of all manifests.
    private static EnvironmentPlan[] AsBefore(BaselineRequest request)
    {
        if (request.From is null && !request.IsLive)
            throw new CommandException("name a baseline: --from FILE, --from git:REV or --live.");
        return [PlanRun.Create(request).EnvironmentPlan()];
    }

    // Environments of whose sources a path holds one, or is one.
    private List<BuiltEnvironment> Reached(out List<string> covered)
    {
        var builds = _now.Builds;
        IReadOnlyList<string> given = _request.Paths.Count == 0 ? ["."] : _request.Paths;
        var built = BuildAll(_now.Environments(given, _request.SettingsFolder));
        // A file of a chart, or what an overlay takes in: whoever reads it lies elsewhere in the repository.
        if (_paths.Any(path => !built.Exists(one => IsReached(one, path))) && given.Select(ManifestFiles.RepositoryOf).OfType<string>()
            .FirstOrDefault() is { } repository)
            built = BuildAll(_now.Environments([repository.Length == 0 ? "." : repository], _request.SettingsFolder));
        covered = [.. built.SelectMany(one => one.Parts)];
        built = [.. BuiltEnvironment.Topmost(built)];
        return built.FindAll(one => _paths.Any(path => IsReached(one, path)));

        List<BuiltEnvironment> BuildAll(IReadOnlyList<ManifestEnvironment> environments)
        {
            var results = new BuiltEnvironment?[environments.Count];
            Parallel.For(0, results.Length, i => results[i] = builds.Build(environments[i]));
            for (var i = 0; i < results.Length; i++)
            {
                if (results[i] is null && environments[i].IsNamed && _request.IsStaged is false)
                    Complaints.Say($"the environment '{environments[i].Name}' has nothing in {environments[i].Source}.");
            }

            // What fits no chart is no environment of it.
            return [.. results.OfType<BuiltEnvironment>().Where(one => one.Environment.IsNamed || one.Failure is null
                || one.Environment.Values.Count == 0)];
        }
    }

    private static bool IsReached(BuiltEnvironment one, string path) =>
        BuildPaths.IsBelow(one.Environment.Folder, path) || one.Read.Any(file => BuildPaths.IsBelow(BuildPaths.Clean(file), path));

    private EnvironmentPlan Plan(BuiltEnvironment built)
    {
        var environment = built.Environment;
        var from = _request.IsLive ? LivePrefix : _request.From ?? environment.Baseline ?? ManifestEnvironment.DefaultBaseline;
        var options = Options(environment, built);
        if (from.StartsWith(LivePrefix, StringComparison.Ordinal) || from == "live")
        {
            var (live, there) = LivePlan.Make(built.Manifests, Live(environment, from), options);
            return new EnvironmentPlan(environment, live with { Environment = environment.Name }, built.Manifests)
            {
                Baseline = there,
                Read = built.Read,
            };
        }

        var baseline = from.StartsWith(GitPrefix, StringComparison.Ordinal)
            ? BaselineOf(from, At(from).Builds.Build(environment))
            : PlanRun.ReadFrom(_request.From is null ? Path.Combine(_request.SettingsFolder, from) : from) with
            {
                Name = from,
                IsEarlierState = true,
                HashKey = PlanRun.ReadKey(_request.HashKeyFile)
                    ?? SnapshotKeys.Beside(_request.From is null ? Path.Combine(_request.SettingsFolder, from) : from),
            };
        return new EnvironmentPlan(environment, Planner.Plan(built.Manifests, baseline with { Environment = environment.Name },
            _request.Settings, options), built.Manifests)
        {
            Baseline = baseline,
            Read = built.Read,
        };
    }

    private PlanOptions Options(ManifestEnvironment environment, BuiltEnvironment? built) => new()
    {
        Namespace = _request.Namespace ?? environment.Namespace,
        PruneSelector = _request.PruneSelector,
        Versions = _request.Versions,
        Unread = UnreadOf(built),
        SaysWayBack = true,
        IsAppliedByServer = _request.Own.Keys.Any(BaselineOptions.AppliesByServer) ? true : null,
    };

    // What cannot be built is unknown, and not gone.
    private static UnreadFile[] UnreadOf(BuiltEnvironment? built) => built?.Failure is { } failure
        ? [new UnreadFile(built.Environment.Source, $"it cannot be built: {failure}")] : [];

    private static Baseline BaselineOf(string from, BuiltEnvironment? then) =>
        new(from, then?.Manifests ?? []) { IsEarlierState = true, Unread = UnreadOf(then) };

    private BaselineRequest Live(ManifestEnvironment environment, string from)
    {
        var own = new Dictionary<string, string>(_request.Own, StringComparer.Ordinal);
        // On the command line the option itself names it.
        var named = !_request.IsLive ? from : environment.Baseline is { } mine && mine.StartsWith(LivePrefix, StringComparison.Ordinal)
            ? mine : LivePrefix;
        if (named.Length > LivePrefix.Length)
            own.TryAdd(EnvironmentKinds.All[0].NamedBy, named[LivePrefix.Length..]);
        return _request with { IsLive = true, From = null, Namespace = _request.Namespace ?? environment.Namespace, Own = own };
    }

    // What a revision built and nobody builds any more.
    private IEnumerable<EnvironmentPlan> Gone(List<BuiltEnvironment> reached)
    {
        var from = _request.From ?? ManifestEnvironment.DefaultBaseline;
        var here = reached.Select(one => (one.Environment.Folder, string.Join('\n', one.Environment.Values))).ToHashSet();
        var then = At(from);
        var all = then.Environments(_request.Paths.Count == 0 ? ["."] : _request.Paths, _request.SettingsFolder)
            .Select(environment => then.Builds.Build(environment)).OfType<BuiltEnvironment>().ToList();
        foreach (var built in BuiltEnvironment.Topmost(all))
        {
            var environment = built.Environment;
            // The environments that settings name of a folder are all that it has; what others take in now, they have.
            if (environment.IsNamed || built.Failure is not null
                || here.Contains((environment.Folder, string.Join('\n', environment.Values)))
                || reached.Exists(one => one.Environment.IsNamed && one.Environment.Folder == environment.Folder)
                || reached.Exists(one => built.Read.Count > 0 && built.Read.All(one.Read.Contains)))
                continue;
            var baseline = BaselineOf(from, built);
            yield return new EnvironmentPlan(environment, Planner.Plan([], baseline with { Environment = environment.Name },
                _request.Settings, Options(environment, null)), [])
            {
                Baseline = baseline,
            };
        }
    }

    private IEnumerable<string> CoveredAt(string from, List<BuiltEnvironment> reached) =>
        reached.SelectMany(one => At(from).Builds.Build(one.Environment)?.Parts ?? []);

    private SourceState At(string from)
    {
        var revision = _request.RevisionOf(from);
        if (!_revisions.TryGetValue(revision, out var state))
        {
            _revisions[revision] = state = SourceState.OfRevision(revision, _request.Settings)
                ?? throw new CommandException($"there is no revision '{revision}' in this repository.");
        }

        return state;
    }

    private static string Slashed(string path) => Path.DirectorySeparatorChar == '\\' ? path.Replace('\\', '/') : path;
}
