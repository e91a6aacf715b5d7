using Repave.Environments.Git;

namespace Repave.Environments;

/// <summary>The manifests that git has staged for the next commit, as they are staged.</summary>
public sealed class StagedFiles
{
    private const string LinkMode = "120000";

    private readonly Dictionary<string, FileText?> _texts;

    private StagedFiles(Dictionary<string, FileText?> texts, HashSet<string> beside, IReadOnlyList<string> gone)
    {
        _texts = texts;
        Paths = [.. texts.Keys.Where(path => !beside.Contains(path)).Order(StringComparer.Ordinal)];
        Beside = [.. beside.Order(StringComparer.Ordinal)];
        Gone = gone;
    }

    /// <summary>The staged manifests that were added or changed, relative to the folder, in the order of their names.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>The others of their folders that were wanted, as the index has them.</summary>
    public IReadOnlyList<string> Beside { get; }

    /// <summary>Manifests whose deletion is staged, relative to the folder.</summary>
    public IReadOnlyList<string> Gone { get; }

    /// <summary>What a staged file says; null if git does not have it here.</summary>
    public FileText? Text(string path) => _texts[path];

    /// <summary>Asks git for the manifests below a folder, or below the given paths, that were added or changed; null with the reason if it
    /// cannot be asked.</summary>
    /// <param name="folder">Where paths start from.</param>
    /// <param name="paths">Files and folders; none for everything below the folder.</param>
    /// <param name="isWanted">Whether another manifest of a folder is wanted too (the second path) because of one that was added or changed in
    /// it (the first).</param>
    /// <param name="reason">Why there is no answer.</param>
    public static StagedFiles? Read(string folder, IReadOnlyList<string> paths, Func<string, string, bool> isWanted,
        out string reason)
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
        var beside = new HashSet<string>(StringComparer.Ordinal);
        var folders = changes.ToLookup(c => GitObjects.FolderOf(c.Name), c => c.Name, StringComparer.Ordinal);
        if (changes.Exists(c => isWanted(c.Name, c.Name)))
        {
            var listing = GitClient.Run(repository,
                ["ls-files", "-s", "-z", "--cached", "--", .. folders.Select(f => $":(top,literal){f.Key}")]);
            if (!GitClient.Succeeded(listing, "git cannot list the files", out reason))
                return null;
            foreach (var line in GitClient.Parts(listing))
            {
                // "<mode> <hash> <stage>\t<name>"
                if (line.IndexOf('\t', StringComparison.Ordinal) is not (> 0 and var tab) || line[..tab]
                    .Split(' ') is not [not LinkMode, var hash, _])
                    continue;
                var name = line[(tab + 1)..];
                if (ManifestFiles.IsManifest(name) && folders[GitObjects.FolderOf(name)].Any(changed => isWanted(changed, name))
                    && hashes.TryAdd(name, hash))
                    beside.Add(GitObjects.NameFrom(prefix, name));
            }
        }

        var names = hashes.Keys.ToList();
        if (GitObjects.Read(repository, names.ConvertAll(name => hashes[name]), out reason) is not { } blobs)
            return null;
        var texts = names.Zip(blobs)
            .ToDictionary(f => GitObjects.NameFrom(prefix, f.First), f => f.Second is null ? null : FileText.Of(f.Second),
            StringComparer.Ordinal);
        return new StagedFiles(texts, beside, [.. changes.Where(c => c.Facts[4] == "D").Select(c => GitObjects.NameFrom(prefix, c.Name))]);
    }
}
