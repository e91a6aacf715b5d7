using Repave.Core.Builds;
using Repave.Core.Dialects;
using Repave.Environments.Clients;
using Repave.Environments.Files;
using Repave.Environments.Git;

namespace Repave.Environments;

/// <summary>Finds and reads the files that are to be checked. Starts no process.</summary>
public static class ManifestFiles
{
    // A workspace with more has something else in it than projects.
    private const int MaxNamed = 100_000;

    private static readonly string[] SkippedFolders = ["node_modules", ".terraform", "bin", "obj"];

    /// <summary>The files that a path means: itself, or the files below it that can be manifests by their names, in the order of their
    /// names. Below a folder that git knows, what .gitignore excludes is left out; elsewhere hidden folders and those of packages and
    /// builds are.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <exception cref="FileNotFoundException">There is neither a file nor a folder.</exception>
    public static IReadOnlyList<ManifestFile> Find(string path) => Find(path, out _);

    /// <summary>The files that a path means.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <param name="leftOut">What a sparse checkout leaves out below the path; names with a slash at the end are those of folders.</param>
    /// <exception cref="FileNotFoundException">There is neither a file nor a folder.</exception>
    public static IReadOnlyList<ManifestFile> Find(string path, out IReadOnlyList<string> leftOut)
    {
        leftOut = [];
        var kind = SafeFiles.KindOf(path);
        if (kind == FileKind.Absent)
            throw new FileNotFoundException($"There is no file or folder {path}.", path);
        ForeignGround.Add(kind == FileKind.Folder ? path : Path.GetDirectoryName(Path.GetFullPath(path))!);
        if (kind != FileKind.Folder)
            return [new ManifestFile(PathNames.Of(path), path, null)];
        var tree = WorkTree.Below(path, IsManifest);
        var closed = new List<string>();
        var files = tree?.Files ?? Walk(path, closed);
        var root = tree?.Root ?? Folders.RealPath(path);
        files = [.. files, .. NamedBeside(path, files, root)];
        leftOut = [.. (tree?.LeftOut ?? []).Select(name => Repository.Slashed(Join(path, name)))];
        return
        [
            .. files.Select(file => new ManifestFile(Repository.Slashed(Join(path, file)), Join(path, file), root))
                .Concat((tree?.Closed ?? closed)
                    .Select(folder => new ManifestFile(Repository.Slashed(Join(path, folder)), Join(path, folder),
                    root) { Problem = "the folder may not be listed" }))
                .OrderBy(file => file.Path, StringComparer.Ordinal),
        ];
    }

    /// <summary>The files around paths that say what others are (kustomizations), without those that are read anyway: those of the paths'
    /// repository or, in none, those that stand in the folders above them, up to this one.</summary>
    /// <param name="paths">The files and folders that are read.</param>
    /// <param name="files">The files that these mean.</param>
    public static IReadOnlyList<ManifestFile> Around(IReadOnlyList<string> paths, IReadOnlyList<ManifestFile> files)
    {
        var read = files.Select(file => Path.GetFullPath(file.Place)).ToHashSet(StringComparer.Ordinal);
        var here = Environment.CurrentDirectory;
        var walked = new HashSet<string>(StringComparer.Ordinal);
        var found = new List<ManifestFile>();
        foreach (var path in paths)
        {
            void Add(string full, string root)
            {
                if (read.Add(full))
                    found.Add(new ManifestFile(NamedLike(path, full), full, root));
            }

            var place = Path.GetFullPath(path);
            var folder = FolderOf(place);
            if (Repository.Around(folder) is { } repository)
            {
                if (Folders.RealPath(place) == repository.Root || !walked.Add(repository.Root))
                    continue;
                foreach (var name in WorkTree.Below(repository.Root, DialectCatalogue.Explains)?.Files ?? [])
                    Add(Path.Combine(repository.Root, name), repository.Root);
                continue;
            }

            var top = Folders.IsBelow(folder, here) ? here : folder;
            foreach (var file in FilesUpTo(top, folder, walked, DialectCatalogue.Explains))
                Add(file, top);
        }

        return [.. found.OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    /// <summary>The files in the folders above paths, up to the top of their repository or, in none, up to this one, of which a folder is
    /// built as a whole (<c>Chart.yaml</c>): what is named may be one of its sources, of which nothing can be said alone.</summary>
    /// <param name="paths">The files and folders.</param>
    public static IReadOnlyList<string> SourcesAbove(IReadOnlyList<string> paths)
    {
        var here = Environment.CurrentDirectory;
        var tools = BuildCatalogue.All.Where(tool => tool is not IComposes).ToList();
        var walked = new HashSet<string>(StringComparer.Ordinal);
        var found = new List<string>();
        foreach (var path in paths)
        {
            var folder = FolderOf(Path.GetFullPath(path));
            var top = Repository.Around(folder)?.Root ?? (Folders.IsBelow(folder, here) ? here : folder);
            found.AddRange(FilesUpTo(top, folder, walked, name => tools.Exists(tool => tool.Find([name]).Count > 0))
                .Select(file => NamedLike(path, file)));
        }

        return found;
    }

    /// <summary>The files that a tool reads with others because they lie in the same folder (the rest of a Terraform module), without those
    /// that are read anyway. Whether .gitignore or the settings leave one out does not matter: the tool reads it.</summary>
    /// <param name="files">The files that are read.</param>
    public static IReadOnlyList<ManifestFile> PartsBeside(IReadOnlyList<ManifestFile> files)
    {
        var found = new List<ManifestFile>();
        foreach (var folder in files.Where(file => file.Problem is null && DialectCatalogue.IsPart(file.Path))
            .GroupBy(file => Path.GetDirectoryName(Path.GetFullPath(file.Place))!, StringComparer.Ordinal))
        {
            var parts = folder.ToList();
            var read = parts.Select(file => Path.GetFileName(file.Place)).ToHashSet(StringComparer.Ordinal);
            var named = parts[0].Path[..(parts[0].Path.LastIndexOf('/') + 1)];
            foreach (var entry in Folders.List(folder.Key) ?? [])
            {
                if (!entry.IsFolder && !read.Contains(entry.Name) && parts.Exists(part => DialectCatalogue.AreParts(part.Path, entry.Name)))
                    found.Add(new ManifestFile(named + Repository.Slashed(entry.Name), Path.Combine(folder.Key, entry.Name),
                        Repository.Around(folder.Key)?.Root ?? Folders.RealPath(folder.Key)));
            }
        }

        return [.. found.OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    /// <summary>The files that a tool reads with one that was named, as far as a walk through its folder finds them: what .gitignore excludes
    /// is not among them, so that they are those that a revision has.</summary>
    public static IEnumerable<ManifestFile> PartsOf(ManifestFile file)
    {
        var beside = PartsBeside([file]);
        var folder = Path.GetDirectoryName(Path.GetFullPath(file.Place))!;
        if (beside.Count == 0 || WorkTree.Below(folder, name => DialectCatalogue.AreParts(file.Path, name), isDeep: false) is not { } tree)
            return beside;
        var known = new HashSet<string>(tree.Files, StringComparer.Ordinal);
        return beside.Where(other => known.Contains(Path.GetFileName(other.Place)));
    }

    /// <summary>The top folder of the repository that a file or folder lies in, as one names it from this folder; null if there is
    /// none.</summary>
    public static string? RepositoryOf(string path)
    {
        var place = Path.GetFullPath(path);
        if (Repository.Around(FolderOf(place)) is not { } found)
            return null;
        return Path.IsPathRooted(path) ? Repository.Slashed(found.Root)
            : Repository.Slashed(Path.GetRelativePath(Folders.RealPath(Environment.CurrentDirectory), found.Root));
    }

    /// <summary>Whether a file lies in a folder of one of some names, looked at from the top of its repository or, in none, from where its
    /// user named it.</summary>
    public static bool IsIn(ManifestFile file, IReadOnlyCollection<string> folders)
    {
        var place = Path.GetFullPath(file.Place);
        var path = Repository.Around(Path.GetDirectoryName(place)!)?.NameOf(Folders.RealPath(place)) ?? file.Path;
        return path.Split('/').SkipLast(1).Any(folder => folders.Contains(folder));
    }

    /// <summary>Where a path is once every link in it is followed.</summary>
    public static string RealPath(string path) => Folders.RealPath(path);

    /// <summary>Reads a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileText Read(ManifestFile file)
    {
        if (file.Problem is { } problem)
            throw new FileRefusedException(problem);
        // What a link leads out of the workspace to is none of its files: it may be anything that this user can read.
        if (file.Within is { } folder && SafeFiles.KindOf(file.Place) == FileKind.Regular
            && !Folders.IsBelow(Folders.RealPath(file.Place), folder))
            throw new FileRefusedException("it is a link that leads out of the workspace");
        return Read(file.Place);
    }

    /// <summary>Reads a file as UTF-8 or, with a byte-order mark, as that says.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileText Read(string path) => FileText.Of(SafeFiles.ReadBytes(path));

    internal static bool IsManifest(string file) => DialectCatalogue.IsManifestName(file);

    // What files name and cannot be read rightly without: whether .gitignore excludes it does not matter, for their tool reads it too.
    private static List<string> NamedBeside(string path, IReadOnlyList<string> files, string root)
    {
        var known = new HashSet<string>(files.Select(Repository.Slashed), StringComparer.Ordinal);
        var found = new List<string>();
        var open = new Queue<string>(files.Where(DialectCatalogue.MayNameFiles));
        while (open.TryDequeue(out var file))
        {
            var place = Path.Combine(path, file);
            if (TextOf(place, root) is not { } text)
                continue;
            foreach (var name in DialectCatalogue.FilesNamedIn(file, text))
            {
                var named = Path.GetRelativePath(path, Path.GetFullPath(Path.Combine(Path.GetDirectoryName(place)!, name)));
                if (known.Count >= MaxNamed || named.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(named)
                    || SafeFiles.KindOf(Path.Combine(path, named)) != FileKind.Regular || !known.Add(Repository.Slashed(named)))
                    continue;
                found.Add(named);
                if (DialectCatalogue.MayNameFiles(named))
                    open.Enqueue(named);
            }
        }

        return found;
    }

    // The files of a folder and of those above it, up to one; of no folder twice.
    private static IEnumerable<string> FilesUpTo(string top, string folder, HashSet<string> walked, Func<string, bool> isWanted)
    {
        for (var at = folder; at is not null && Folders.IsBelow(at, top) && walked.Add(at); at = Path.GetDirectoryName(at))
        {
            foreach (var entry in Folders.List(at) ?? [])
            {
                if (!entry.IsFolder && isWanted(entry.Name))
                    yield return Path.Combine(at, entry.Name);
            }
        }
    }

    private static string FolderOf(string place) =>
        SafeFiles.KindOf(place) == FileKind.Folder ? place : Path.GetDirectoryName(place)!;

    // Whoever names files by paths from the root is answered with such.
    private static string NamedLike(string path, string full) =>
        Repository.Slashed(Path.IsPathRooted(path) ? full : Path.GetRelativePath(Environment.CurrentDirectory, full));

    private static string? TextOf(string place, string root)
    {
        try
        {
            return SafeFiles.KindOf(place) == FileKind.Regular && Folders.IsBelow(Folders.RealPath(place), root) ? Read(place).Text : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Join(string path, string relative) => path is "." or "./" ? relative : Path.Combine(path, relative);

    private static List<string> Walk(string folder, List<string> closed)
    {
        var files = new List<string>();
        var open = new Stack<string>([""]);
        while (open.TryPop(out var at))
        {
            if (Folders.List(Path.Combine(folder, at)) is not { } entries)
            {
                closed.Add(at + "/");
                continue;
            }

            foreach (var entry in entries)
            {
                var path = Path.Combine(at, entry.Name);
                if (!entry.IsFolder)
                {
                    if (IsManifest(entry.Name))
                        files.Add(path);
                }
                else if (entry.Name[0] != '.' && !SkippedFolders.Contains(entry.Name, StringComparer.Ordinal))
                {
                    open.Push(path);
                }
            }
        }

        return files;
    }
}
