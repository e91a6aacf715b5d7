namespace Repave.Environments;

/// <summary>The manifests that git has staged for the next commit, as they are staged.</summary>
public sealed class StagedFiles
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly Dictionary<string, string?> _texts;

    private StagedFiles(Dictionary<string, string?> texts, IReadOnlyList<string> gone)
    {
        _texts = texts;
        Paths = [.. texts.Keys.Order(StringComparer.Ordinal)];
        Gone = gone;
    }

    /// <summary>The staged manifests, relative to the folder, in the order of their names.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>Manifests whose deletion is staged, relative to the folder.</summary>
    public IReadOnlyList<string> Gone { get; }

    /// <summary>The staged text of a file; null if it is no text.</summary>
    public string? Text(string path) => _texts[path];

    /// <summary>Asks git for the manifests below a folder, or below the given paths, that were added or changed; null with the reason if it
    /// cannot be asked.</summary>
    /// <param name="folder">Where paths start from.</param>
    /// <param name="paths">Files and folders; none for everything below the folder.</param>
    /// <param name="withNeighbours">Whether the other manifests of the folders in which something is staged are wanted too.</param>
    /// <param name="reason">Why there is no answer.</param>
    public static StagedFiles? Read(string folder, IReadOnlyList<string> paths, bool withNeighbours, out string reason)
    {
        if (GitObjects.Open(folder, out reason) is not var (root, prefix))
            return null;
        string[] arguments = ["diff", "--cached", "--name-status", "-z", "--no-renames", "--no-ext-diff", "--relative", "--", .. paths];
        var answer = ClientProcess.Run("git", arguments, folder, Limit);
        if (!GitObjects.Succeeded(answer, "git cannot tell what is staged", out reason))
            return null;
        var parts = answer.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries);
        var changes = parts.Chunk(2).Where(c => c.Length == 2 && ManifestFiles.IsManifest(c[1])).ToList();
        var names = changes.Where(c => c[0] != "D").Select(c => c[1]).ToList();
        if (withNeighbours && changes.Count > 0)
        {
            var folders = changes.Select(c => Path.GetDirectoryName(c[1])!.Replace('\\', '/')).Distinct(StringComparer.Ordinal);
            var listing = ClientProcess.Run("git", ["ls-files", "-z", "--cached", "--", .. folders.Select(f => $":(glob){(f.Length == 0 ? "" : f + "/")}*")], folder, Limit);
            if (!GitObjects.Succeeded(listing, "git cannot list the files", out reason))
                return null;
            names = [.. names.Concat(listing.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(ManifestFiles.IsManifest)).Distinct(StringComparer.Ordinal)];
        }

        if (GitObjects.Read(root, names.ConvertAll(name => $":{prefix}{name}"), out reason) is not { } texts)
            return null;
        return new StagedFiles(names.Zip(texts).ToDictionary(f => f.First, f => f.Second, StringComparer.Ordinal), [.. changes.Where(c => c[0] == "D").Select(c => c[1])]);
    }
}
