using Repave.Environments.Git;

namespace Repave.Environments;

/// <summary>The manifests that git has staged for the next commit, as they are staged.</summary>
public sealed class StagedFiles
{
    private const string LinkMode = "120000";

    private readonly Dictionary<string, FileText?> _texts;

    private StagedFiles(Dictionary<string, FileText?> texts, IReadOnlyList<string> gone)
    {
        _texts = texts;
        Paths = [.. texts.Keys.Order(StringComparer.Ordinal)];
        Gone = gone;
    }

    /// <summary>The staged manifests, relative to the folder, in the order of their names.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>Manifests whose deletion is staged, relative to the folder.</summary>
    public IReadOnlyList<string> Gone { get; }

    /// <summary>What a staged file says; null if git does not have it here.</summary>
    public FileText? Text(string path) => _texts[path];

    /// <summary>Asks git for the manifests below a folder, or below the given paths, that were added or changed; null with the reason if it
    /// cannot be asked.</summary>
    /// <param name="folder">Where paths start from.</param>
    /// <param name="paths">Files and folders; none for everything below the folder.</param>
    /// <param name="withNeighbours">Whether the other manifests of the folders in which something is staged are wanted too.</param>
    /// <param name="reason">Why there is no answer.</param>
    public static StagedFiles? Read(string folder, IReadOnlyList<string> paths, bool withNeighbours, out string reason)
    {
        if (GitObjects.Open(folder, out reason) is not var (repository, prefix))
            return null;
        var named = (paths.Count == 0 ? ["."] : paths).Select(path => (Path: path, Name: GitObjects.NameInRepository(folder, prefix, path)))
            .ToList();
        if (named.Find(n => n.Name is null) is { Path: { } outside })
        {
            reason = $"{outside} is outside of the repository.";
            return null;
        }

        string[] arguments =
            ["diff", "--cached", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all",
            "--", .. named.Select(n => $":(top,literal){n.Name}")];
        var answer = GitClient.Run(repository, arguments);
        if (!GitClient.Succeeded(answer, "git cannot tell what is staged", out reason))
            return null;
        // ":<mode> <mode> <hash> <hash> <status>", <name>, ...
        var changes = GitClient.Parts(answer).Chunk(2).Where(c => c.Length == 2)
            .Select(c => (Facts: c[0].TrimStart(':').Split(' '), Name: c[1]))
            .Where(c => c.Facts.Length == 5 && ManifestFiles.IsManifest(c.Name)).ToList();
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (facts, name) in changes.Where(c => c.Facts[4] != "D" && c.Facts[1] != LinkMode))
            hashes[name] = facts[3];
        if (withNeighbours && changes.Count > 0)
        {
            var folders = changes.Select(c => c.Name[..(c.Name.LastIndexOf('/') + 1)]).ToHashSet(StringComparer.Ordinal);
            var listing = GitClient.Run(repository,
                ["ls-files", "-s", "-z", "--cached", "--", .. folders.Select(f => $":(top,literal){f}")]);
            if (!GitClient.Succeeded(listing, "git cannot list the files", out reason))
                return null;
            foreach (var line in GitClient.Parts(listing))
            {
                // "<mode> <hash> <stage>\t<name>"
                if (line.IndexOf('\t', StringComparison.Ordinal) is not (> 0 and var tab) || line[..tab]
                    .Split(' ') is not [not LinkMode, var hash, _])
                    continue;
                var name = line[(tab + 1)..];
                if (ManifestFiles.IsManifest(name) && folders.Contains(name[..(name.LastIndexOf('/') + 1)]))
                    hashes.TryAdd(name, hash);
            }
        }

        var names = hashes.Keys.ToList();
        if (GitObjects.Read(repository, names.ConvertAll(name => hashes[name]), out reason) is not { } blobs)
            return null;
        var texts = names.Zip(blobs)
            .ToDictionary(f => GitObjects.NameFrom(prefix, f.First), f => f.Second is null ? null : FileText.Of(f.Second),
            StringComparer.Ordinal);
        return new StagedFiles(texts, [.. changes.Where(c => c.Facts[4] == "D").Select(c => GitObjects.NameFrom(prefix, c.Name))]);
    }
}
