using Repave.Core.Builds;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Repave.Core.Rules;
using Repave.Environments;
using Repave.Environments.Files;

namespace Repave.Cli;

/// <summary>Reads manifests and their baseline, and plans.</summary>
internal sealed class PlanRun
{
    private const string GitPrefix = "git:";
    private const int MaxKey = 4096;

    private readonly BaselineRequest _request;
    private readonly PlanOptions _options;
    private readonly IReadOnlyList<string> _gone;
    private readonly IReadOnlySet<string>? _covered;

    private PlanRun(BaselineRequest request, ReadManifests read, IReadOnlyList<string> gone, IReadOnlySet<string>? covered)
    {
        _request = request;
        _gone = gone;
        _covered = covered;
        Desired = read.Manifests;
        _options = new PlanOptions
        {
            Namespace = request.Namespace,
            PruneSelector = request.PruneSelector,
            Versions = request.Versions,
            Unread = read.Unread,
            Roots = read.Roots,
            Nodes = request.Nodes,
            SaysWayBack = true,
            IsAppliedByServer = request.Own.Keys.Any(BaselineOptions.AppliesByServer) ? true : null,
        };
    }

    /// <summary>The manifests.</summary>
    public IReadOnlyList<Manifest> Desired { get; }

    /// <summary>Reads the manifests.</summary>
    /// <param name="request">What is planned.</param>
    /// <param name="read">The manifests, where they were read already.</param>
    /// <param name="covered">The files that environments are built from, where only the others are planned; null to plan what all
    /// build.</param>
    /// <exception cref="CommandException">They cannot be read.</exception>
    public static PlanRun Create(BaselineRequest request, ReadManifests? read = null, IReadOnlySet<string>? covered = null)
    {
        if (!request.IsStaged)
            return new PlanRun(request, read ?? Read(request.Paths, request.Settings, withLeftOut: true, covered), [], covered);
        var staged = StagedFiles.Read(Environment.CurrentDirectory, request.Paths, (_, _) => true,
            out var reason) ?? throw new CommandException(reason);
        var files = staged.Paths.Concat(staged.Beside).Order(StringComparer.Ordinal)
            .Where(path => !request.Settings.Exclude.Any(pattern => pattern.Matches(path)) && covered?.Contains(path) != true)
            .Select(path => (Path: path, Text: staged.Text(path))).ToList();
        var unread = files.Where(f => f.Text is not { Flaw: null })
            .Select(f => new UnreadFile(f.Path, f.Text?.Flaw ?? "git does not have it here (a partial clone has not fetched it)")).ToList();
        foreach (var file in unread)
            Complaints.Unread(file.Path, file.Reason);
        var manifests = files.Where(f => f.Text is { Flaw: null, Text: not null }).Select(f => Manifest.Parse(f.Path, f.Text!.Text!));
        return new PlanRun(request, new ReadManifests([.. manifests], unread, []), staged.Gone, covered);
    }

    /// <summary>Plans.</summary>
    /// <exception cref="CommandException">The baseline cannot be read.</exception>
    public Plan Plan() => EnvironmentPlan().Plan;

    /// <summary>Plans manifests that belong to no environment.</summary>
    /// <exception cref="CommandException">The baseline cannot be read.</exception>
    public EnvironmentPlan EnvironmentPlan()
    {
        if (_request.IsLive)
        {
            var (live, there) = LivePlan.Make(Desired, _request, _options);
            return new EnvironmentPlan(null, live, Desired) { Baseline = there };
        }

        var baseline = ReadBaseline();
        return new EnvironmentPlan(null, Planner.Plan(Desired, baseline with { Evidence = baseline.Evidence ?? _request.Evidence },
            _request.Settings, _options), Desired)
        {
            Baseline = baseline,
        };
    }

    /// <summary>What was changed in live objects, or in a dump of them, behind the manifests' back.</summary>
    /// <param name="notes">Where to say what could not be compared.</param>
    /// <exception cref="CommandException">The objects cannot be read.</exception>
    public IReadOnlyList<DriftItem> Drift(List<string> notes) => DriftFinder.Find(
        Desired, _request.IsLive ? LivePlan.Read(Desired, _request) : ReadBaseline(), _request.Settings, _options, notes);

    private Baseline ReadBaseline()
    {
        var from = _request.From!;
        if (!from.StartsWith(GitPrefix, StringComparison.Ordinal))
            return Of(from, Read([from], Settings.Default, withLeftOut: true)) with
            {
                IsEarlierState = true,
                HashKey = ReadKey(_request.HashKeyFile) ?? SnapshotKeys.Beside(from),
                Environment = _request.Environment
            };
        if (_request.Paths.Contains(InputFiles.StandardInput))
            throw new CommandException("standard input has no past in git; name files or folders.");
        // What is staged may be a few files of a folder; what else the folder held then is no part of this plan.
        var paths = _request.IsStaged ? [.. Desired.Select(m => m.Path), .. _options.Unread.Select(file => file.Path), .. _gone]
            : _request.Paths;
        return Of(from, ReadRevision(from, _request.RevisionOf(from), paths, _request.Settings, _covered)) with
        {
            // The same places are named on both sides.
            Roots = _options.Roots,
            IsEarlierState = true,
            Environment = _request.Environment
        };
    }

    private static Baseline Of(string name, ReadManifests read) => new(name, read.Manifests) { Unread = read.Unread, Roots = read.Roots };

    /// <summary>Reads what paths held at a revision.</summary>
    /// <param name="from">What it is called in complaints.</param>
    /// <param name="revision">The revision.</param>
    /// <param name="paths">Files and folders.</param>
    /// <param name="settings">The settings, which may exclude some.</param>
    /// <param name="except">Files that are left out because they are built, and nothing is built here; null to build what can be.</param>
    /// <exception cref="CommandException">git cannot give it.</exception>
    public static ReadManifests ReadRevision(string from, string revision, IReadOnlyList<string> paths, Settings settings,
        IReadOnlySet<string>? except = null)
    {
        if (paths.Count == 0)
            return new ReadManifests([], [], []);
        var files = (GitRevision.Read(Environment.CurrentDirectory, revision, paths,
            out var reason) ?? throw new CommandException(reason))
            .Where(f => !settings.Exclude.Any(p => p.Matches(f.Path)) && InputFiles.LeftOutBy(paths, f.Path, settings) is null).ToList();
        var unread = files.Where(f => f.Text is null)
            .Select(f => new UnreadFile(f.Path,
            "git cannot give it as text (a partial clone has not fetched it, or it is in no encoding that is read)")).ToList();
        foreach (var file in unread)
            Complaints.Unread($"{from}: {file.Path}", file.Reason);
        var built = except is null && files.Exists(f => f.Text is not null) && RevisionTree.Open(Environment.CurrentDirectory,
            revision) is { } tree
            ? BuiltSources.At(tree, files.ConvertAll(f => f.Path), settings) : [];
        var covered = new HashSet<string>(built.SelectMany(one => one.Covered), StringComparer.Ordinal);
        covered.UnionWith(except ?? new HashSet<string>());
        var plain = Parse(files.FindAll(f => f.Text is not null && !covered.Contains(f.Path)), f => f.Path, f => f.Text!);
        return new ReadManifests([.. plain, .. BuiltSources.Manifests(built)], [.. unread, .. Unbuilt(built)], []);
    }

    /// <summary>The state that <c>--from</c> names.</summary>
    /// <exception cref="CommandException">It cannot be read.</exception>
    public static Baseline ReadFrom(string from) =>
        Of(from, from.StartsWith(GitPrefix, StringComparison.Ordinal)
            ? ReadRevision(from, from[GitPrefix.Length..], ["."], Settings.Default)
            : Read([from], Settings.Default, withLeftOut: false));

    /// <summary>The key in a file; null if none is named.</summary>
    /// <exception cref="CommandException">The file cannot be read.</exception>
    public static byte[]? ReadKey(string? file)
    {
        if (file is null)
            return null;
        try
        {
            return SafeFiles.ReadBytes(file, MaxKey) is { Length: >= 16 } key ? key
                : throw new CommandException($"{file} holds no key: at least 16 bytes are wanted.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{file} cannot be read: {Complaints.ReasonOf(exception)}.");
        }
    }

    /// <summary>Reads files as manifests; what cannot be read is said on stderr, and by what is given.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="settings">The settings, which may exclude some.</param>
    /// <param name="withLeftOut">Whether what a sparse checkout leaves out counts as not read, rather than as not there.</param>
    /// <param name="except">Files that are left out because they are built, and nothing is built here; null to build what can be.</param>
    public static ReadManifests Read(IReadOnlyList<string> paths, Settings settings, bool withLeftOut, IReadOnlySet<string>? except = null)
    {
        var inputs = new InputFiles(paths, settings, withParts: true);
        using var progress = new Progress(inputs.Files.Count);
        var texts = new string?[inputs.Files.Count];
        Parallel.For(0, inputs.Files.Count, i =>
        {
            texts[i] = inputs.Read(inputs.Files[i], _ => true);
            progress.Step();
        });
        // What a platform would not read as it stands is not planned as something else.
        var read = Enumerable.Range(0, texts.Length).Where(i => texts[i] is not null && !inputs.Flawed.ContainsKey(inputs.Files[i].Path))
            .ToList();
        foreach (var (path, flawed) in inputs.Flawed)
            Complaints.Unread(path, flawed.Flaw!);
        var built = except is not null ? [] : BuiltSources.Of([.. inputs.Files.Select(file => file.Path)], new Dictionary<string,
            string>(), settings,
            withVariants: false);
        var covered = new HashSet<string>(built.SelectMany(one => one.Covered), StringComparer.Ordinal);
        covered.UnionWith(except ?? new HashSet<string>());
        var plain = Parse(read.FindAll(i => !covered.Contains(inputs.Files[i].Path)), i => inputs.Files[i].Path, i => texts[i]!);
        var all = Of(inputs, [.. plain, .. BuiltSources.Manifests(built)], withLeftOut);
        return all with { Unread = [.. all.Unread, .. Unbuilt(built)] };
    }

    // What cannot be built is unknown, and not gone.
    private static IEnumerable<UnreadFile> Unbuilt(IReadOnlyList<BuiltFolder> built)
    {
        foreach (var one in built.Where(one => one.Result.Failed))
        {
            var problem = one.Result.Problems.First(p => p.IsFatal);
            var reason = problem.Summary.Trim().Split('\n')[0];
            yield return new UnreadFile(one.Folder.Length == 0 ? "Chart.yaml" : one.Folder + "/Chart.yaml",
                $"it cannot be built: {reason}");
        }
    }

    /// <summary>Manifests, with what of the files that they were read from could not be.</summary>
    public static ReadManifests Of(InputFiles inputs, IReadOnlyList<Manifest> manifests, bool withLeftOut)
    {
        UnreadFile[] unread =
        [
            .. inputs.Unread,
            .. inputs.Flawed.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => new UnreadFile(f.Key, f.Value.Flaw!)),
            .. withLeftOut ? inputs.LeftOut.Select(name =>
                new UnreadFile(name, "the sparse checkout leaves it out") { MayHoldAnything = false }) : [],
        ];
        return new ReadManifests(manifests, unread, inputs.Roots);
    }

    private static Manifest[] Parse<T>(IReadOnlyList<T> files, Func<T, string> path, Func<T, string> text)
    {
        var manifests = new Manifest[files.Count];
        Parallel.For(0, files.Count, i => manifests[i] = Manifest.Parse(path(files[i]), text(files[i])));
        return manifests;
    }
}

/// <summary>Manifests that were read, and what was not.</summary>
/// <param name="Manifests">The manifests.</param>
/// <param name="Unread">Files that could not be read.</param>
/// <param name="Roots">What their paths begin with.</param>
internal sealed record ReadManifests(IReadOnlyList<Manifest> Manifests, IReadOnlyList<UnreadFile> Unread, IReadOnlyList<string> Roots);
