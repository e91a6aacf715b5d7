using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Environments;
using Repave.Schemas;

namespace Repave.Cli;

/// <summary>The files of one call of <c>repave check</c>, checked as often as needed.</summary>
internal sealed class CheckRun
{
    private readonly AnalysisOptions _context;
    private readonly List<string> _files;
    private readonly StagedFiles? _staged;

    /// <summary>Finds the files that paths mean; with <paramref name="isStaged"/>, those that git has staged below them.</summary>
    /// <exception cref="CommandException">A path means nothing.</exception>
    public CheckRun(Settings settings, string settingsFolder, IReadOnlyList<string> paths, bool isStaged)
    {
        _context = new AnalysisOptions(settings, new SchemaFiles(path => ManifestFiles.Read(path) ?? throw new IOException("it is no text"), settingsFolder));
        if (isStaged)
            _staged = StagedFiles.Read(Environment.CurrentDirectory, paths, withNeighbours: false, out var reason) ?? throw new CommandException(reason);
        _files = _staged is null ? ManifestPaths.Collect(paths, settings) : [.. _staged.Paths.Where(path => !settings.Exclude.Any(pattern => pattern.Matches(path)))];
    }

    /// <summary>Checks the files.</summary>
    /// <param name="texts">Texts to take instead of what stands in the files, by path.</param>
    public CheckResult Check(IReadOnlyDictionary<string, string> texts)
    {
        using var progress = new Progress(_files.Count);
        return ManifestAnalysis.Of(_files.Count, index => Read(_files[index], texts, progress), _context).Result(_files.Count);
    }

    private Manifest? Read(string file, IReadOnlyDictionary<string, string> texts, Progress progress)
    {
        var path = file.Replace('\\', '/');
        try
        {
            var text = texts.TryGetValue(path, out var given) ? given : _staged is not null ? _staged.Text(file) : file == ManifestPaths.StandardInput ? Console.In.ReadToEnd() : ManifestFiles.Read(file);
            progress.Step();
            // A file that holds no text is nobody's manifest, whatever its name.
            return text is not null && _context.IsWorthReading(path, text) ? Manifest.Parse(path, text) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{file} cannot be read: {exception.Message}");
        }
    }
}
