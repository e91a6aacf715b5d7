namespace Repave.Environments;

/// <summary>A file as a revision held it.</summary>
/// <param name="Path">Its path as the user would name it: below the paths that were asked for.</param>
/// <param name="Text">Its text.</param>
public sealed record RevisionFile(string Path, string Text);

/// <summary>The manifests that some paths held at a git revision.</summary>
public static class GitRevision
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Reads the manifests below paths at a revision, and those that have been renamed to below them since; null with the reason if
    /// git cannot give them.</summary>
    /// <param name="folder">Where paths start from.</param>
    /// <param name="revision">A commit, branch, tag or other name of a revision.</param>
    /// <param name="paths">Files and folders.</param>
    /// <param name="isStaged">Whether what is staged counts as the present, rather than the work tree.</param>
    /// <param name="reason">Why there is no answer.</param>
    public static IReadOnlyList<RevisionFile>? Read(string folder, string revision, IReadOnlyList<string> paths, bool isStaged, out string reason)
    {
        if (GitObjects.Open(folder, out reason) is not var (root, prefix))
            return null;
        var commit = ClientProcess.Run("git", ["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{tree}"], folder, Limit);
        if (commit.ExitCode != 0)
        {
            reason = commit.ExitCode is null ? commit.Error : $"there is no revision '{revision}' in this repository{(IsShallow(folder) ? "; it is a shallow clone, so fetch more of its history" : "")}.";
            return null;
        }

        var tree = commit.Output.Trim();
        var wanted = paths.Select(path => GitObjects.NameInRepository(folder, prefix, path)).ToList();
        if (wanted.Any(path => path is null))
        {
            reason = $"{paths[wanted.IndexOf(null)]} is outside of the repository.";
            return null;
        }

        var listing = ClientProcess.Run("git", ["ls-tree", "-r", "-z", "--name-only", "--full-tree", tree], root, Limit);
        if (!GitObjects.Succeeded(listing, "git cannot list the files", out reason))
            return null;
        var names = listing.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(ManifestFiles.IsManifest).ToList();
        var chosen = names.Where(name => wanted.Any(path => IsBelow(name, path!))).ToHashSet(StringComparer.Ordinal);
        foreach (var (before, after) in Renames(root, tree, isStaged))
        {
            if (wanted.Any(path => IsBelow(after, path!)))
                chosen.Add(before);
        }

        var files = names.Where(chosen.Contains).ToList();
        if (GitObjects.Read(root, files.ConvertAll(name => $"{tree}:{name}"), out reason) is not { } texts)
            return null;
        return [.. files.Zip(texts).Where(f => f.Second is not null).Select(f => new RevisionFile(GitObjects.NameFrom(prefix, f.First), f.Second!))];
    }

    private static IEnumerable<(string Before, string After)> Renames(string root, string tree, bool isStaged)
    {
        string[] arguments = ["diff", "--name-status", "-z", "-M", "--no-ext-diff", "--diff-filter=R", .. isStaged ? (string[])["--cached"] : [], tree];
        var answer = ClientProcess.Run("git", arguments, root, Limit);
        if (answer.ExitCode != 0)
            yield break;
        var parts = answer.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i + 2 < parts.Length; i += 3)
            yield return (parts[i + 1], parts[i + 2]);
    }

    private static bool IsShallow(string folder) => ClientProcess.Run("git", ["rev-parse", "--is-shallow-repository"], folder, Limit).Output.Trim() == "true";

    private static bool IsBelow(string name, string path) => path.Length == 0 || name == path || name.StartsWith(path + "/", StringComparison.Ordinal);
}
