namespace Repave.Environments;

/// <summary>The manifests that git has staged for the next commit, as they are staged.</summary>
public sealed class StagedFiles
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly string _folder;

    private StagedFiles(string folder, IReadOnlyList<string> paths) => (_folder, Paths) = (folder, paths);

    /// <summary>The staged manifests that were added or changed, relative to the folder, in the order of their names.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>Asks git what is staged below a folder, or below the given paths; null with the reason if it cannot be asked.</summary>
    public static StagedFiles? Read(string folder, IReadOnlyList<string> paths, out string reason)
    {
        string[] arguments = ["diff", "--cached", "--name-only", "-z", "--diff-filter=ACMRT", "--no-ext-diff", "--relative", "--", .. paths];
        var answer = ClientProcess.Run("git", arguments, folder, Limit);
        reason = answer.ExitCode == 0 ? "" : $"git cannot tell what is staged: {answer.Error.Trim()}";
        if (answer.ExitCode != 0)
            return null;
        var names = answer.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(ManifestFiles.IsManifest).Order(StringComparer.Ordinal);
        return new StagedFiles(folder, [.. names]);
    }

    /// <summary>The staged text of a file; null if it is no text.</summary>
    /// <exception cref="IOException">git cannot give it.</exception>
    public string? Text(string path)
    {
        var answer = ClientProcess.Run("git", ["show", $":./{path}"], _folder, Limit);
        if (answer.ExitCode != 0)
            throw new IOException(answer.Error.Trim());
        return answer.Output.Contains('\0') ? null : answer.Output;
    }
}
