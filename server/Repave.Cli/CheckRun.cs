using Repave.Core.Analysis;
using Repave.Core.Builds;
using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Rules.Schema;
using Repave.Core.Text;
using Repave.Environments;
using Repave.Environments.Terraform;
using Repave.Schemas;

namespace Repave.Cli;

/// <summary>The files of one call of <c>repave check</c>, checked as often as needed.</summary>
internal sealed class CheckRun
{
    private readonly AnalysisOptions _context;
    private readonly Settings _settings;
    private readonly StagedFiles? _staged;
    private readonly IReadOnlyList<ManifestFile> _files;
    private readonly List<Manifest> _beside;
    private readonly IReadOnlyList<string> _leftOut;
    private ManifestAnalysis? _analysis;
    private readonly IReadOnlyList<string> _given;
    private readonly IReadOnlyList<string> _sources;
    private readonly string _settingsFolder;
    private readonly string? _environment;
    private IReadOnlyList<BuiltEnvironment> _built = [];

    /// <summary>Finds the files that paths mean; with <paramref name="isStaged"/>, those that git has staged below them.</summary>
    /// <param name="settings">The settings in force.</param>
    /// <param name="settingsFolder">The folder that their paths start from.</param>
    /// <param name="paths">The files and folders.</param>
    /// <param name="isStaged">Whether what git has staged is checked.</param>
    /// <param name="environment">The environment whose build is checked; null for all.</param>
    /// <exception cref="CommandException">A path means nothing.</exception>
    public CheckRun(Settings settings, string settingsFolder, IReadOnlyList<string> paths, bool isStaged, string? environment = null)
    {
        (_settings, _settingsFolder, _environment) = (settings, settingsFolder, environment);
        _context = new AnalysisOptions(settings, new SchemaFiles(path => Workspaces.ReadSchema(path, settingsFolder), settingsFolder));
        if (isStaged)
            _staged = StagedFiles.Read(Environment.CurrentDirectory, paths, DialectCatalogue.AreParts, out var reason)
                ?? throw new CommandException(reason);
        Inputs = new InputFiles(isStaged ? [] : paths, settings);
        if (_staged is null)
        {
            (_files, _leftOut) = (Inputs.Files, Inputs.Skipped);
        }
        else
        {
            var wanted = _staged.Paths.Where(path => !settings.Exclude.Any(pattern => pattern.Matches(path)))
                .Select(path => (Path: path, LeftOutBy: InputFiles.LeftOutBy(paths.Count == 0 ? ["."] : paths, path, settings))).ToList();
            _files = [.. wanted.Where(file => file.LeftOutBy is null).Select(file => new ManifestFile(file.Path, file.Path, null))];
            _leftOut = [.. wanted.Select(file => file.LeftOutBy).OfType<string>()];
        }

        // What a person had learnt of these very versions of providers.
        LearntPacks.LoadBeside(_files.Select(file => file.Place));
        IReadOnlyList<string> given = isStaged && paths.Count == 0 ? ["."] : [.. paths.Where(path => path != InputFiles.StandardInput)];
        _given = given;
        // What is named may be built with what lies above; of what is staged, the index says what is.
        _sources = isStaged ? given : [.. given, .. ManifestFiles.SourcesAbove(given)];
        _context = _context with { Surroundings = Readable(ManifestFiles.Around(given, _files)) };
        _beside = Beside();
    }

    // What the files' tools read with them: of what is staged as the index has it, and as it lies there where git does not know it.
    private List<Manifest> Beside()
    {
        var known = (_staged?.Beside ?? []).Select(path => new ManifestFile(path, path, null)).ToList();
        var gone = new HashSet<string>(_staged?.Gone ?? [], StringComparer.Ordinal);
        var found = known.Select(file => (file.Path, _staged!.Text(file.Path)?.Text)).Where(file => file.Text is not null)
            .Select(file => Manifest.Parse(file.Path, file.Text!)).ToList();
        found.AddRange(Readable(ManifestFiles.PartsBeside([.. _files, .. known]).Where(file => !gone.Contains(file.Path))));
        return found;
    }

    // A file that is named alone is read as what it is where it lies. What cannot be read of this says nothing.
    private static List<Manifest> Readable(IEnumerable<ManifestFile> files)
    {
        var found = new List<Manifest>();
        foreach (var file in files)
        {
            try
            {
                if (ManifestFiles.Read(file) is { Flaw: null, Text: { } text })
                    found.Add(Manifest.Parse(file.Path, text));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                continue;
            }
        }

        return found;
    }

    /// <summary>The settings in force.</summary>
    public Settings Settings => _settings;

    /// <summary>The files, and what was seen when they were read.</summary>
    public InputFiles Inputs { get; }

    /// <summary>The manifests as they were checked last, for a plan of them; null where a plan needs others too.</summary>
    public ReadManifests? Manifests => _beside.Count > 0 ? null :
        PlanRun.Of(Inputs, [.. (_analysis?.Manifests ?? []).Where(m => !Inputs.Flawed.ContainsKey(m.Path)),
            .. _built.GroupBy(one => one.Environment.Folder, StringComparer.Ordinal).SelectMany(same => same.First().Manifests)],
            withLeftOut: true);

    /// <summary>Checks the files.</summary>
    /// <param name="texts">Texts to take instead of what stands in the files, by path.</param>
    public CheckResult Check(IReadOnlyDictionary<string, string> texts)
    {
        using var progress = new Progress(_files.Count);
        var built = Build(texts);
        var covered = new HashSet<string>(built.SelectMany(one => one.Covered).SelectMany(NamesOf), StringComparer.Ordinal);
        _built = built;
        _analysis = ManifestAnalysis.Of(_files.Count + _beside.Count, index => index >= _files.Count ? _beside[index - _files.Count]
            : covered.Contains(_files[index].Path) ? null : Read(_files[index], texts, progress), _context);
        // Built or not, a manifest's images may be put in by a tool that a file beside the sources configures.
        var naming = built.Count == 0 ? [] : _analysis.Manifests.Where(one => DialectCatalogue.NamesImages(one.Path)).ToList();
        var analyses = new List<ManifestAnalysis>();
        var found = built.Count == 0 ? null : BuildFindings.Of(built, _context, naming, analyses);
        if (analyses.Count > 0)
            _analysis = _analysis.Linked(analyses);
        var result = _analysis.Result(_files.Count, _beside.ConvertAll(one => one.Path)) with { LeftOut = _leftOut };
        return WithBuilt(WithFlaws(result), built, found);
    }

    // Environments below the paths, and those whose sources they are; of what is staged, those whose sources are.
    private List<BuiltEnvironment> Build(IReadOnlyDictionary<string, string> texts)
    {
        if (_given.Count == 0)
            return [];
        var state = _staged is null ? SourceState.OfDisk(_settings, texts) : SourceState.OfIndex(_settings);
        var environments = state.Environments(_sources, _settingsFolder);
        if (_environment is not null && environments.Any(one => one.Name == _environment))
            environments = [.. environments.Where(one => one.Name == _environment)];
        var built = new BuiltEnvironment?[environments.Count];
        Parallel.For(0, built.Length, i => built[i] = state.Builds.Build(environments[i]));
        var paths = _given.Select(BuildPaths.Clean).ToList();
        var staged = _staged?.Paths.ToHashSet(StringComparer.Ordinal);
        foreach (var one in built.OfType<BuiltEnvironment>().Where(one => one.Environment.IsNamed && one.Result.Failed
            && one.Result.Problems.All(problem => problem.File is null)))
            Complaints.Fail($"the environment '{one.Environment.Name}' cannot be built: {one.Failure}.");
        bool IsMeant(string name) => paths.Exists(path => BuildPaths.IsBelow(name, path));
        return [.. BuiltEnvironment.Topmost([.. built.OfType<BuiltEnvironment>()])
            .Where(one => (IsMeant(one.Environment.Folder) || one.Read.SelectMany(NamesOf).Any(IsMeant))
            && (staged is null || one.Read.Any(staged.Contains)))];
    }

    // A source of what a folder above is built of has a short name too, which people use.
    private static string[] NamesOf(string file) => file.StartsWith("../", StringComparison.Ordinal) ? [file, PathNames.Of(file)]
        : [BuildPaths.Clean(file)];

    private static CheckResult WithBuilt(CheckResult result, IReadOnlyList<BuiltEnvironment> built, CheckResult? found)
    {
        if (found is null)
            return result;
        return result with
        {
            Documents = result.Documents + found.Documents,
            Resources = result.Resources + found.Resources,
            Findings = [.. BuildFindings.Together(result.Findings, found.Findings, built)
                .GroupBy(f => f.File.Path, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
                .SelectMany(group => group.OrderBy(f => f.FileSpan.Start))],
        };
    }

    private Manifest? Read(ManifestFile file, IReadOnlyDictionary<string, string> texts, Progress progress)
    {
        var text = texts.TryGetValue(file.Path, out var given) ? given : _staged is not null ? StagedText(file.Path)
            : Inputs.Read(file, one => _context.IsWorthReading(file.Path, one));
        progress.Step();
        // A file that holds no text is nobody's manifest, whatever its name.
        return text is not null && _context.IsWorthReading(file.Path, text) ? Manifest.Parse(file.Path, text) : null;
    }

    private string? StagedText(string path)
    {
        var read = _staged!.Text(path);
        if (read is null)
            Complaints.Unread(path, "git does not have it here (a partial clone has not fetched it)");
        else if (read.Flaw is { } flaw)
            Complaints.Unread(path, flaw);
        return read?.Text;
    }

    // What is no text as it should be is found at the first byte that is not.
    private CheckResult WithFlaws(CheckResult result)
    {
        if (Inputs.Flawed.Count == 0)
            return result;
        var findings = result.Findings.ToList();
        foreach (var (path, read) in Inputs.Flawed.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            var manifest = Manifest.Parse(path, read.Text!);
            var severity = _settings.SeverityOf(SyntaxError.Instance, path, null);
            if (severity == Severity.Off)
                continue;
            if (manifest.Source.Documents.Count == 0)
            {
                Complaints.Unread(path, read.Flaw!);
                continue;
            }

            var slot = manifest.Source.Documents.LastOrDefault(s => s.Start <= read.FlawAt, manifest.Source.Documents[0]);
            var place = Math.Max(0, read.FlawAt - slot.Start);
            var message = $"This file is not read as it stands: {read.Flaw}. It is checked as far as it can be, and never fixed.";
            var found = new Finding(SyntaxError.Instance, severity, message, new Place(manifest, slot, new TextSpan(place, place + 1)));
            var at = findings.FindIndex(f => f.File.Path == path);
            findings.Insert(at < 0 ? findings.Count : at, found);
        }

        return result with { Findings = findings };
    }
}
