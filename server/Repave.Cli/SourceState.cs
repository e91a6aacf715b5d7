using Repave.Core.Builds;
using Repave.Core.Dialects;
using Repave.Core.Rules;
using Repave.Environments;
using Repave.Environments.Files;
using Repave.Schemas;

namespace Repave.Cli;

/// <summary>One state of the files (those on the disk, those that are staged, those of a revision) and what is built from it.</summary>
internal sealed class SourceState
{
    private static readonly ValuesSchemas Schemas = new();

    private readonly RevisionTree? _tree;
    private readonly IReadOnlyDictionary<string, string> _texts;
    private readonly Settings _settings;

    private SourceState(RevisionTree? tree, IReadOnlyDictionary<string, string> texts, Settings settings) =>
        (_tree, _texts, _settings) = (tree, texts, settings);

    /// <summary>The files on the disk.</summary>
    /// <param name="settings">The settings, which can name the platform's version.</param>
    /// <param name="texts">Texts to take instead of what stands in the files, by path.</param>
    public static SourceState OfDisk(Settings settings, IReadOnlyDictionary<string, string>? texts = null) =>
        new(null, texts ?? new Dictionary<string, string>(), settings);

    /// <summary>The files that git has staged.</summary>
    /// <exception cref="CommandException">git cannot say.</exception>
    public static SourceState OfIndex(Settings settings) => new(
        RevisionTree.OfIndex(Environment.CurrentDirectory, out var reason) ?? throw new CommandException(reason),
        new Dictionary<string, string>(), settings);

    /// <summary>The files of a revision; null if git cannot list them.</summary>
    public static SourceState? OfRevision(string revision, Settings settings) =>
        RevisionTree.Open(Environment.CurrentDirectory, revision) is { } tree ? new(tree, new Dictionary<string, string>(), settings)
            : null;

    /// <summary>The files around a folder that people name.</summary>
    public (IBuildFiles Files, string Path)? Around(string folder)
    {
        var place = folder.Length == 0 ? "." : folder;
        if (_tree is not null)
            return _tree.PathOf(place) is { } path ? (_tree, path) : null;
        if (SafeFiles.KindOf(place) != FileKind.Folder)
            return null;
        return (BuildFolder.Around(place, out var inside, _texts), inside);
    }

    /// <summary>Builds environments; null for what this state has nothing of.</summary>
    public EnvironmentBuilds Builds => new(Around, _settings, Schemas);

    /// <summary>The files below paths that can be manifests by their names.</summary>
    public IReadOnlyList<string> FilesBelow(IReadOnlyList<string> paths)
    {
        if (_tree is null)
            return [.. new InputFiles(paths, _settings).Files.Select(file => file.Path)];
        var isRooted = paths.Any(Path.IsPathRooted);
        var clean = paths.Select(BuildPaths.Clean).ToList();
        return [.. _tree.Names.Select(name => isRooted ? Path.GetFullPath(name) : name)
            .Where(name => DialectCatalogue.IsManifestName(name) && clean.Exists(path => BuildPaths.IsBelow(name, path))
                && !_settings.Exclude.Any(pattern => pattern.Matches(name))
                && InputFiles.LeftOutBy(paths, name, _settings) is null)];
    }

    /// <summary>The environments that the settings name, and those that are found below paths.</summary>
    /// <param name="paths">The files and folders.</param>
    /// <param name="settingsFolder">The folder of the settings.</param>
    public IReadOnlyList<ManifestEnvironment> Environments(IReadOnlyList<string> paths, string settingsFolder)
    {
        var isRooted = paths.Any(Path.IsPathRooted);
        var prefix = isRooted ? settingsFolder : Path.GetRelativePath(Environment.CurrentDirectory, settingsFolder);
        var files = FilesBelow(paths);
        return EnvironmentFinder.Find(files, Around, _settings, BuildPaths.Clean(Slashed(prefix)), TextOf);
    }

    // Manifests that are no text, or cannot be read, name nothing; whoever reads them says so.
    private string? TextOf(string file)
    {
        if (_texts.TryGetValue(file, out var text))
            return text;
        var folder = file.LastIndexOf('/') is >= 0 and var at ? file[..at] : "";
        return Around(folder) is var (files, path) && files.Read(BuildPaths.Join(path, BuildPaths.NameOf(file))) is { } bytes
            ? System.Text.Encoding.UTF8.GetString(bytes) : null;
    }

    private static string Slashed(string path) => Path.DirectorySeparatorChar == '\\' ? path.Replace('\\', '/') : path;
}
