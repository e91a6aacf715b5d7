using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Environments;

namespace Repave.Cli;

/// <summary>Reads manifests and their baseline, and plans.</summary>
internal sealed class PlanRun
{
    private const string GitPrefix = "git:";

    private readonly BaselineRequest _request;
    private readonly PlanOptions _options;
    private readonly IReadOnlyList<string> _gone;

    private PlanRun(BaselineRequest request, IReadOnlyList<Manifest> desired, IReadOnlyList<string> gone)
    {
        _request = request;
        _gone = gone;
        Desired = desired;
        _options = new PlanOptions { Namespace = request.Namespace, PruneSelector = request.PruneSelector, Versions = request.Versions };
    }

    /// <summary>The manifests.</summary>
    public IReadOnlyList<Manifest> Desired { get; }

    /// <summary>Reads the manifests.</summary>
    /// <exception cref="CommandException">They cannot be read.</exception>
    public static PlanRun Create(BaselineRequest request)
    {
        if (request.IsStaged)
        {
            var staged = StagedFiles.Read(Environment.CurrentDirectory, request.Paths, withNeighbours: true, out var reason) ?? throw new CommandException(reason);
            var texts = staged.Paths.Where(path => !request.Settings.Exclude.Any(pattern => pattern.Matches(path))).Select(path => (path, staged.Text(path)));
            return new PlanRun(request, [.. texts.Where(t => t.Item2 is not null).Select(t => Manifest.Parse(t.path, t.Item2!))], staged.Gone);
        }

        return new PlanRun(request, Read(ManifestPaths.Collect(request.Paths, request.Settings)), []);
    }

    /// <summary>Plans.</summary>
    /// <exception cref="CommandException">The baseline cannot be read.</exception>
    public Plan Plan()
    {
        if (_request.IsLive)
            return LivePlan.Make(Desired, _request, _options);
        return Planner.Plan(Desired, ReadBaseline(), _request.Settings, _options);
    }

    private Baseline ReadBaseline()
    {
        var from = _request.From!;
        if (!from.StartsWith(GitPrefix, StringComparison.Ordinal))
            return new Baseline(from, Read(ManifestPaths.Collect([from], Settings.Default))) { IsEarlierState = true, HashKey = ReadKey(_request.HashKeyFile), Environment = _request.Environment };
        if (_request.Paths.Contains(ManifestPaths.StandardInput))
            throw new CommandException("standard input has no past in git; name files or folders.");
        // What is staged may be a few files of a folder; what else the folder held then is no part of this plan.
        var paths = _request.IsStaged ? [.. Desired.Select(m => m.Path), .. _gone] : _request.Paths;
        return new Baseline(from, ReadRevision(from, paths, _request.Settings, _request.IsStaged)) { IsEarlierState = true, Environment = _request.Environment };
    }

    private static Manifest[] ReadRevision(string from, IReadOnlyList<string> paths, Settings settings, bool isStaged)
    {
        if (paths.Count == 0)
            return [];
        var files = GitRevision.Read(Environment.CurrentDirectory, from[GitPrefix.Length..], paths, isStaged, out var reason) ?? throw new CommandException(reason);
        return ManifestsOf(files.Where(f => !settings.Exclude.Any(p => p.Matches(f.Path))).ToList(), f => f.Path, f => f.Text);
    }

    /// <summary>The manifests that <c>--from</c> names.</summary>
    /// <exception cref="CommandException">They cannot be read.</exception>
    public static Manifest[] ReadFrom(string from) =>
        from.StartsWith(GitPrefix, StringComparison.Ordinal) ? ReadRevision(from, ["."], Settings.Default, isStaged: false) : Read(ManifestPaths.Collect([from], Settings.Default));

    /// <summary>The key in a file; null if none is named.</summary>
    /// <exception cref="CommandException">The file cannot be read.</exception>
    public static byte[]? ReadKey(string? file)
    {
        if (file is null)
            return null;
        try
        {
            return File.ReadAllBytes(file) is { Length: >= 16 } key ? key : throw new CommandException($"{file} holds no key: at least 16 bytes are wanted.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{file} cannot be read: {exception.Message}");
        }
    }

    /// <summary>Reads files as manifests; what cannot be read is said on stderr.</summary>
    public static Manifest[] Read(IReadOnlyList<string> files)
    {
        using var progress = new Progress(files.Count);
        var texts = new string?[files.Count];
        Parallel.For(0, files.Count, i =>
        {
            try
            {
                texts[i] = files[i] == ManifestPaths.StandardInput ? Console.In.ReadToEnd() : ManifestFiles.Read(files[i]);
                progress.Step();
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                texts[i] = null;
                Console.Error.WriteLine($"repave: {files[i]} cannot be read: {exception.Message}");
            }
        });
        var read = Enumerable.Range(0, files.Count).Where(i => texts[i] is not null).ToList();
        return ManifestsOf(read, i => files[i].Replace('\\', '/'), i => texts[i]!);
    }

    private static Manifest[] ManifestsOf<T>(IReadOnlyList<T> files, Func<T, string> path, Func<T, string> text)
    {
        var manifests = new Manifest[files.Count];
        Parallel.For(0, files.Count, i => manifests[i] = Manifest.Parse(path(files[i]), text(files[i])));
        return manifests;
    }
}
