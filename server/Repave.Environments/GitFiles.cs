namespace Repave.Environments;

/// <summary>Asks git which files of a folder belong to a work tree.</summary>
public static class GitFiles
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>The files below a folder that git tracks or would track (what .gitignore excludes is left out), as full paths; null if the
    /// folder is in no work tree or git cannot be asked.</summary>
    public static IReadOnlyList<string>? List(string folder)
    {
        if (!IsInWorkTree(folder))
            return null;
        var answer = ClientProcess.Run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], folder, Limit);
        if (answer.ExitCode != 0)
            return null;
        return [.. answer.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).Select(name => Path.Combine(folder, name))];
    }

    // Saves starting git where there cannot be anything to ask.
    private static bool IsInWorkTree(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (Path.Exists(Path.Combine(at.FullName, ".git")))
                return true;
        }

        return false;
    }
}
