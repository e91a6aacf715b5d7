using Repave.Environments.Files;

namespace Repave.Environments.Git;

/// <summary>The files of a folder that belong to a work tree: those that git tracks, and those that it would.</summary>
/// <param name="Root">The top folder of the repository.</param>
/// <param name="Files">Paths from the folder.</param>
/// <param name="Closed">Paths of folders that may not be listed.</param>
/// <param name="LeftOut">Paths of what a sparse checkout leaves out; with a slash at the end, of whole folders.</param>
internal sealed record WorkTree(string Root, IReadOnlyList<string> Files, IReadOnlyList<string> Closed, IReadOnlyList<string> LeftOut)
{
    /// <summary>The files below a folder; null if it is in no work tree.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="fits">Whether a name is wanted.</param>
    /// <param name="isDeep">Whether what its folders hold is wanted too.</param>
    public static WorkTree? Below(string folder, Func<string, bool> fits, bool isDeep = true)
    {
        var real = Folders.RealPath(folder);
        if (Repository.Around(real) is not { } repository || repository.NameOf(real) is not { } name)
            return null;
        var prefix = name.Length == 0 ? "" : name + "/";
        var files = new HashSet<string>(StringComparer.Ordinal);
        var closed = new List<string>();
        var leftOut = new List<string>();
        foreach (var tracked in GitIndex.Read(repository, prefix, fits))
        {
            var path = tracked.Name[prefix.Length..];
            if (!isDeep && path.Contains('/', StringComparison.Ordinal))
                continue;
            if (SafeFiles.KindOf(Path.Combine(real, path)) != FileKind.Absent && !tracked.IsFolder)
                files.Add(path);
            else if (tracked.IsLeftOut)
                leftOut.Add(path);
        }

        if (IgnoresOf(repository, name) is { } ignores)
            Walk(real, prefix, ignores, fits, isDeep, files, closed);
        return new WorkTree(repository.Root, [.. files], closed, leftOut);
    }

    // What counts in a folder; null if the folder itself is left out.
    private static IgnoreFiles? IgnoresOf(Repository repository, string name)
    {
        var ignores = IgnoreFiles.AtTop(repository);
        var at = "";
        foreach (var part in name.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            at = at.Length == 0 ? part : $"{at}/{part}";
            if (ignores.Ignores(at, isFolder: true))
                return null;
            ignores = ignores.Below(at, Path.Combine(repository.Root, at));
        }

        return ignores;
    }

    private static void Walk(string folder, string prefix, IgnoreFiles ignores, Func<string, bool> fits, bool isDeep,
        HashSet<string> files, List<string> closed)
    {
        var skipped = prefix.Length;
        var open = new Stack<(string Folder, string Prefix, IgnoreFiles Ignores)>([(folder, prefix, ignores)]);
        while (open.TryPop(out var at))
        {
            if (Folders.List(at.Folder) is not { } entries)
            {
                closed.Add(at.Prefix[skipped..]);
                continue;
            }

            foreach (var entry in entries)
            {
                var name = at.Prefix + entry.Name;
                if (!entry.IsFolder)
                {
                    if (fits(entry.Name) && !at.Ignores.Ignores(name, isFolder: false))
                        files.Add(name[skipped..]);
                    continue;
                }

                var path = Path.Combine(at.Folder, entry.Name);
                // A repository in this one has files of its own.
                if (isDeep && entry.Name != ".git" && !at.Ignores.Ignores(name, isFolder: true)
                    && SafeFiles.KindOf(Path.Combine(path, ".git")) == FileKind.Absent)
                    open.Push((path, name + "/", at.Ignores.Below(name, path)));
            }
        }
    }
}
