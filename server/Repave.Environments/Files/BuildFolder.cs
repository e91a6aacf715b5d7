using Repave.Core.Builds;
using Repave.Environments.Files;
using Repave.Environments.Git;

namespace Repave.Environments;

/// <summary>The files that a build of a folder may read: those of the repository that it lies in, or of the folders around it where there
/// is
/// none. Links are not followed, and nothing outside is read.</summary>
public sealed class BuildFolder : IBuildFiles
{
    private const int MaxFiles = 50_000;
    private const int MostAbove = 5;

    private readonly string _root;
    private readonly string _given;
    private readonly string _path;
    private readonly IReadOnlyDictionary<string, string> _texts;

    private BuildFolder(string root, string path, string given, IReadOnlyDictionary<string, string> texts)
    {
        (_root, _path, _given, _texts) = (root, path, given, texts);
    }

    /// <summary>The files around a folder, and what the folder is called among them.</summary>
    /// <param name="folder">The folder, as its user names it.</param>
    /// <param name="path">Its path among the files.</param>
    /// <param name="texts">Texts to take in place of what stands in files, by the path that people call these by.</param>
    public static BuildFolder Around(string folder, out string path, IReadOnlyDictionary<string, string>? texts = null)
    {
        var real = Folders.RealPath(folder);
        var root = Repository.Around(real)?.Root ?? Surroundings(real);
        // A chart at the top of its repository has the repository's folder for its name.
        path = real == root ? "" : Repository.Slashed(Path.GetRelativePath(root, real));
        return new BuildFolder(root, path, Repository.Slashed(folder).TrimEnd('/'), texts ?? new Dictionary<string, string>());
    }

    /// <summary>The top of the files, without links.</summary>
    public string Root => _root;

    // Without a repository the folder in which the tool was started, or some folders up: an overlay's bases lie two or three above it.
    private static string Surroundings(string folder)
    {
        var here = Folders.RealPath(Environment.CurrentDirectory);
        if (folder != here && Folders.IsBelow(folder, here) && here != Path.GetPathRoot(here))
            return here;
        var root = Path.GetDirectoryName(folder) ?? folder;
        for (var i = 1; i < MostAbove && Path.GetDirectoryName(root) is { } above && above != Path.GetPathRoot(above); i++)
            root = above;
        return root;
    }

    /// <summary>The path among the files of one that its user names; null if it lies outside.</summary>
    public string? PathOf(string file)
    {
        var real = Folders.RealPath(file);
        return Folders.IsBelow(real, _root) ? Repository.Slashed(Path.GetRelativePath(_root, real)) : null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Below(string folder)
    {
        var found = new List<string>();
        var open = new Stack<string>([folder]);
        while (open.TryPop(out var at) && found.Count < MaxFiles)
        {
            foreach (var entry in Folders.List(Path.Combine(_root, at)) ?? [])
            {
                if (entry.IsLink || entry.Name == ".git")
                    continue;
                var name = at.Length == 0 ? entry.Name : $"{at}/{entry.Name}";
                if (entry.IsFolder)
                    open.Push(name);
                else
                    found.Add(name);
            }
        }

        return found;
    }

    /// <inheritdoc/>
    public string NameOf(string path)
    {
        if (_path.Length == 0)
            return _given is "" or "." ? path : $"{_given}/{path}";
        if (path.StartsWith(_path + "/", StringComparison.Ordinal))
            return _given is "" or "." ? path[(_path.Length + 1)..] : $"{_given}/{path[(_path.Length + 1)..]}";
        return Repository.Slashed(Path.IsPathRooted(_given) ? Path.GetFullPath(Path.Combine(_given, Path.GetRelativePath(_path, path)))
            : Path.GetRelativePath(Environment.CurrentDirectory, Path.Combine(_root, path)));
    }

    /// <inheritdoc/>
    public byte[]? Read(string path)
    {
        if (_texts.Count > 0 && _texts.TryGetValue(NameOf(path), out var text))
            return System.Text.Encoding.UTF8.GetBytes(text);
        var full = Path.GetFullPath(Path.Combine(_root, path));
        if (!Folders.IsBelow(full, _root) || SafeFiles.KindOf(full) != FileKind.Regular || Folders.RealPath(full) != full)
            return null;
        try
        {
            return SafeFiles.ReadBytes(full);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
