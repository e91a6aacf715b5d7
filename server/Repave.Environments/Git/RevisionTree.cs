using Repave.Core.Builds;
using Repave.Environments.Git;

namespace Repave.Environments;

/// <summary>All files of a git revision, or of what is staged, for building what they build. Links stand for nothing.</summary>
public sealed class RevisionTree : IBuildFiles
{
    private const string LinkMode = "120000";

    private readonly Repository _repository;
    private readonly string _prefix;
    private readonly string _folder;
    private readonly SortedDictionary<string, string> _hashes;
    private readonly Dictionary<string, byte[]?> _read = new(StringComparer.Ordinal);

    private RevisionTree(Repository repository, string prefix, string folder, SortedDictionary<string, string> hashes)
    {
        (_repository, _prefix, _folder, _hashes) = (repository, prefix, folder, hashes);
    }

    /// <summary>The files of a revision; null if git cannot list them.</summary>
    /// <param name="folder">Where paths start from.</param>
    /// <param name="revision">A commit, branch, tag or other name of a revision.</param>
    public static RevisionTree? Open(string folder, string revision)
    {
        if (GitObjects.Open(folder, out _) is not var (repository, prefix))
            return null;
        var listing = GitClient.Run(repository, ["ls-tree", "-r", "-z", "--full-tree", "--end-of-options", revision + "^{tree}"]);
        if (listing.ExitCode != 0)
            return null;
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in GitClient.Parts(listing))
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            if (tab > 0 && line[..tab].Split(' ') is [not LinkMode, "blob", var hash])
                hashes[line[(tab + 1)..]] = hash;
        }

        return new RevisionTree(repository, prefix, folder, hashes);
    }

    /// <summary>The files that git has staged, with those that have not changed; null with the reason if git cannot list them.</summary>
    /// <param name="folder">Where paths start from.</param>
    /// <param name="reason">Why there is no answer.</param>
    public static RevisionTree? OfIndex(string folder, out string reason)
    {
        if (GitObjects.Open(folder, out reason) is not var (repository, prefix))
            return null;
        var listing = GitClient.Run(repository, ["ls-files", "-s", "-z", "--cached"]);
        if (!GitClient.Succeeded(listing, "git cannot list the files", out reason))
            return null;
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in GitClient.Parts(listing))
        {
            // "<mode> <hash> <stage>\t<name>"
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            if (tab > 0 && line[..tab].Split(' ') is [not LinkMode, var hash, _])
                hashes[line[(tab + 1)..]] = hash;
        }

        return new RevisionTree(repository, prefix, folder, hashes);
    }

    /// <summary>The names of all files, from the folder that paths start from.</summary>
    public IReadOnlyList<string> Names => [.. _hashes.Keys.Select(NameOf)];

    /// <summary>The path in the repository of a folder that its user names; null if it lies outside.</summary>
    public string? PathOf(string folder) => GitObjects.NameInRepository(_folder, _prefix, folder.Length == 0 ? "." : folder);

    /// <inheritdoc/>
    public IReadOnlyList<string> Below(string folder)
    {
        var names = _hashes.Keys.Where(name => folder.Length == 0 || name.StartsWith(folder + "/", StringComparison.Ordinal)).ToList();
        // One question for all of them: asking for each would start git as often.
        Fetch(names);
        return names;
    }

    /// <inheritdoc/>
    public string NameOf(string path) => GitObjects.NameFrom(_prefix, path);

    /// <inheritdoc/>
    public byte[]? Read(string path)
    {
        if (!_read.ContainsKey(path))
            Fetch([path]);
        return _read.GetValueOrDefault(path);
    }

    private void Fetch(List<string> names)
    {
        var wanted = names.Where(name => _hashes.ContainsKey(name) && !_read.ContainsKey(name)).ToList();
        if (wanted.Count == 0)
            return;
        var blobs = GitObjects.Read(_repository, wanted.ConvertAll(name => _hashes[name]), out _);
        for (var i = 0; i < wanted.Count; i++)
            _read[wanted[i]] = blobs?[i];
    }
}
