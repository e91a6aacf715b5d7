using Repave.Core.Analysis;
using Repave.Core.Builds;
using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Environments;
using Repave.Schemas;

namespace Repave.LanguageServer;

/// <summary>Builds, plans and checks the environments of the workspace as it is typed. Everything that it shows is one state, which an edit
/// replaces as a whole.</summary>
internal sealed class EnvironmentService(Workspace workspace)
{
    private const string Git = "git:";
    private const string Live = "live";

    private static readonly ValuesSchemas Schemas = new();

    private readonly Lock _working = new();
    private readonly Dictionary<(string Revision, string Name), BuiltEnvironment?> _then = [];
    private readonly Dictionary<string, RevisionTree?> _revisions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Baseline? Read, string? Problem)> _files = new(StringComparer.Ordinal);
    private Dictionary<ManifestEnvironment, BuiltEnvironment?> _built = [];
    private Dictionary<string, Core.Syntax.SourceFile> _texts = [];
    private WorkspaceSources? _sources;
    private IReadOnlyList<ManifestEnvironment>? _found;
    private Settings? _settings;
    private volatile bool _mustFind = true;
    private volatile bool _mustForgetBaselines;
    private IReadOnlyList<WorkspaceEnvironment> _environments = [];
    private IReadOnlyDictionary<string, IReadOnlyList<Finding>> _findings = new Dictionary<string, IReadOnlyList<Finding>>();
    private HashSet<string> _covered = [];
    private HashSet<string> _parts = [];
    private HashSet<string> _read = [];

    /// <summary>The environments, as they were built last.</summary>
    public IReadOnlyList<WorkspaceEnvironment> Environments => Volatile.Read(ref _environments);

    /// <summary>The files that something is said of.</summary>
    public IEnumerable<string> Paths => Volatile.Read(ref _findings).Keys;

    /// <summary>The files that they are built from, in the state that was built last; null before the first.</summary>
    public WorkspaceSources? Sources => _sources;

    /// <summary>What was found in what is built, at a file that a person edits.</summary>
    public IReadOnlyList<Finding> Findings(string path) => Volatile.Read(ref _findings).GetValueOrDefault(path) ?? [];

    /// <summary>Whether a file's text is not what is applied, because it is built.</summary>
    public bool Covers(string path) => Volatile.Read(ref _covered).Contains(path);

    /// <summary>Whether a file's manifests are planned with what is built from them.</summary>
    public bool Holds(string path) => Volatile.Read(ref _parts).Contains(path);

    /// <summary>Whether a file has a part in what is built.</summary>
    public bool Reads(string path) => Volatile.Read(ref _read).Contains(path);

    /// <summary>Reads everything again before the next plan.</summary>
    public void Forget() => _mustFind = true;

    /// <summary>Files have come, gone or changed on the disk: those that are built, or may be, are read again.</summary>
    public void Changed(IEnumerable<string> paths)
    {
        if (paths.Any(path => !path.StartsWith(".git/", StringComparison.Ordinal) && !path.Contains("/.git/", StringComparison.Ordinal)
            && workspace.Open.All(document => document.Manifest.Path != path)))
            _mustFind = true;
    }

    /// <summary>What environments are compared with may have changed.</summary>
    public void ForgetBaselines() => _mustForgetBaselines = true;

    /// <summary>Builds and plans what edits reach.</summary>
    /// <param name="chosen">What the client has chosen to compare with; what settings name counts before it.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>Whether anything is different.</returns>
    public bool Plan(string? chosen, CancellationToken cancellation)
    {
        lock (_working)
        {
            if (workspace.Folders.Count == 0)
                return false;
            var mustFind = _mustFind || _sources is null || !ReferenceEquals(_settings, workspace.Settings);
            _mustFind = false;
            if (_sources is null || mustFind)
                _sources = new WorkspaceSources(workspace, workspace.Folders[0]);
            var open = workspace.Open;
            _sources.Open(open);
            if (mustFind || _found is null)
            {
                _settings = workspace.Settings;
                _found = EnvironmentFinder.Find([.. _sources.Paths.Where(path => !_settings.Exclude.Any(p => p.Matches(path))
                    && _settings.LeftOutBy(path) is null)], Around, _settings, workspace.SettingsFolder,
                    path => workspace.Analysis.ManifestOf(path)?.Source.Text.Content);
            }

            if (_mustForgetBaselines)
            {
                _mustForgetBaselines = false;
                _then.Clear();
                _revisions.Clear();
                _files.Clear();
                mustFind = true;
            }

            var builds = new EnvironmentBuilds(Around, _settings!, Schemas);
            var texts = open.ToDictionary(document => document.Manifest.Path, document => document.File, StringComparer.Ordinal);
            var isDifferent = mustFind;
            var now = new Dictionary<ManifestEnvironment, BuiltEnvironment?>();
            foreach (var environment in _found)
            {
                cancellation.ThrowIfCancellationRequested();
                if (!mustFind && _built.TryGetValue(environment, out var last) && !(last?.Read.Any(path => IsChanged(path, texts))
                    ?? false))
                {
                    now[environment] = last;
                    continue;
                }

                isDifferent = true;
                now[environment] = builds.Build(environment, cancellation) is { } built && (built.Failure is null || environment.IsNamed
                    || environment.Values.Count == 0) ? built : null;
            }

            (_texts, _built) = (texts, now);
            if (!isDifferent)
                return false;
            var before = _environments.ToDictionary(one => one.Environment);
            var next = new List<WorkspaceEnvironment>();
            foreach (var built in BuiltEnvironment.Topmost([.. now.Values.OfType<BuiltEnvironment>()]))
            {
                cancellation.ThrowIfCancellationRequested();
                var last = before.GetValueOrDefault(built.Environment);
                next.Add(!mustFind && last is not null && ReferenceEquals(last.Built, built) ? last
                    : PlanOf(built, chosen) with { Analysis = last?.Analysis });
            }

            Volatile.Write(ref _parts, [.. next.SelectMany(one => one.Built.Parts)]);
            Volatile.Write(ref _covered, [.. next.SelectMany(one => one.Built.Covered)]);
            Volatile.Write(ref _read, [.. now.Values.SelectMany(built => built?.Read ?? [])]);
            Volatile.Write(ref _environments, next);
            // Where there are none and there were none, nobody need hear of it.
            return next.Count > 0 || before.Count > 0;
        }
    }

    /// <summary>Runs the rules on what is built now.</summary>
    public void Check(CancellationToken cancellation)
    {
        lock (_working)
        {
            var options = new AnalysisOptions(workspace.Settings);
            var analyses = new Dictionary<string, ManifestAnalysis>(StringComparer.Ordinal);
            var now = new List<WorkspaceEnvironment>();
            Manifest[] naming = [.. workspace.Analysis.Manifests.Where(manifest => DialectCatalogue.NamesImages(manifest.Path))];
            foreach (var one in _environments)
            {
                cancellation.ThrowIfCancellationRequested();
                var text = one.Built.Text;
                if (!analyses.TryGetValue(text, out var analysis))
                {
                    var last = one.Analysis is { } known && ReferenceEquals(known.Settings, options.Settings) ? known : null;
                    Manifest[] manifests = [.. one.Built.Manifests, .. naming];
                    var paths = manifests.Select(manifest => manifest.Path).ToHashSet(StringComparer.Ordinal);
                    analyses[text] = analysis = last is null || paths.Count != manifests.Length
                        ? ManifestAnalysis.Of(manifests, options, cancellation)
                        : last.Settle(manifests, [.. last.Paths.Where(path => !paths.Contains(path))], cancellation);
                }

                now.Add(one with { Analysis = analysis });
            }

            Volatile.Write(ref _environments, now);
            var found = BuildFindings.Of([.. now.Select(one => (one.Built, one.Analysis!))], workspace.Settings)
                .Concat(PlanFindings(now))
                .GroupBy(finding => finding.File.Path, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => (IReadOnlyList<Finding>)[.. group.OrderBy(f => f.FileSpan.Start)],
                    StringComparer.Ordinal);
            Volatile.Write(ref _findings, found);
        }
    }

    /// <summary>The environments that a file has a part in.</summary>
    public IReadOnlyList<WorkspaceEnvironment> Of(string path) =>
        [.. Environments.Where(one => one.Built.Read.Contains(path))];

    // Said once, with the environments in which it happens.
    private IEnumerable<Finding> PlanFindings(List<WorkspaceEnvironment> environments) => environments
        .SelectMany(one => one.PlanFindings(workspace.Settings).Select(finding => finding with { Environments = [one.Environment.Name] }))
        .GroupBy(finding => (finding.Rule.Id, finding.File.Path, finding.FileSpan, finding.Message))
        .Select(group => group.First() with { Environments = [.. group.SelectMany(finding => finding.Environments).Distinct()] });

    private bool IsChanged(string path, Dictionary<string, Core.Syntax.SourceFile> texts)
    {
        var (was, isNow) = (_texts.GetValueOrDefault(path), texts.GetValueOrDefault(path));
        return !ReferenceEquals(was, isNow);
    }

    private (IBuildFiles Files, string Path)? Around(string folder)
    {
        var path = BuildPaths.Join(_sources!.Here, folder);
        return path.StartsWith("..", StringComparison.Ordinal) ? null : (_sources, path);
    }

    private WorkspaceEnvironment PlanOf(BuiltEnvironment built, string? chosen)
    {
        var environment = built.Environment;
        var from = environment.Baseline ?? (chosen is not null && chosen.StartsWith(Git, StringComparison.Ordinal) ? chosen
            : ManifestEnvironment.DefaultBaseline);
        // Whoever compares with nothing, or with something that is no state of these files, has plans of the manifests alone.
        if (chosen is null)
            return new WorkspaceEnvironment(built, null, null, "no baseline is chosen");
        if (from == Live || from.StartsWith(Live + ":", StringComparison.Ordinal))
            return new WorkspaceEnvironment(built, null, null, $"{from} is read when 'repave plan' is run");
        if (!from.StartsWith(Git, StringComparison.Ordinal))
            return PlanAgainst(from, built);
        if (!workspace.IsTrusted)
            return new WorkspaceEnvironment(built, null, null, "this workspace is not trusted, so git is not started");
        var revision = from[Git.Length..];
        if (!_revisions.TryGetValue(revision, out var tree))
            _revisions[revision] = tree = RevisionTree.Open(workspace.Folders[0], revision);
        if (tree is null)
            return new WorkspaceEnvironment(built, null, null, $"there is no revision '{revision}' in this repository");
        if (!_then.TryGetValue((revision, environment.Name), out var then))
        {
            var builds = new EnvironmentBuilds(folder => tree.PathOf(folder) is { } path ? (tree, path) : null, workspace.Settings,
                Schemas);
            _then[(revision, environment.Name)] = then = builds.Build(environment);
        }

        return Planned(built, new Baseline(from, then?.Manifests ?? []) { IsEarlierState = true, Unread = UnreadOf(then) });
    }

    // Against what stands in a file: it is read once, until baselines are forgotten.
    private WorkspaceEnvironment PlanAgainst(string file, BuiltEnvironment built)
    {
        // What settings name that nobody vouches for is read where they lie, and nowhere else.
        if (!workspace.IsTrusted && (Path.IsPathRooted(file) || BuildPaths.Clean(file).StartsWith("..", StringComparison.Ordinal)))
            return new WorkspaceEnvironment(built, null, null, $"this workspace is not trusted, so {file} is not read");
        if (!_files.TryGetValue(file, out var known))
            _files[file] = known = (FileBaselines.Read(file, workspace, out var problem), problem);
        return known.Read is { } baseline ? Planned(built, baseline)
            : new WorkspaceEnvironment(built, null, null, known.Problem ?? $"{file} cannot be read");
    }

    private WorkspaceEnvironment Planned(BuiltEnvironment built, Baseline baseline)
    {
        var whole = baseline with { Environment = built.Environment.Name };
        var plan = Planner.Plan(built.Manifests, whole, workspace.Settings,
            new PlanOptions { Namespace = built.Environment.Namespace, Unread = UnreadOf(built) });
        return new WorkspaceEnvironment(built, whole, plan, null);
    }

    // What cannot be built is unknown, and not gone.
    private static UnreadFile[] UnreadOf(BuiltEnvironment? built) => built?.Failure is { } failure
        ? [new UnreadFile(built.Environment.Source, $"it cannot be built: {failure}")] : [];
}
