using System.Text;

namespace Repave.Environments.Git;

/// <summary>Finds what files of a revision are called now, in the index. git itself would read the attributes of the work tree for that,
/// which may be a
/// pipe, and name programs.</summary>
internal static class GitRenames
{
    // As git does, no more are compared with each other.
    private const int MaxCompared = 1000;
    private const double Alike = 0.5;

    /// <summary>The names that a revision has for files which are elsewhere now.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="tree">The revision's files: hashes by names.</param>
    /// <param name="isWanted">Whether a place of now is one that is asked for.</param>
    public static IEnumerable<string> Into(Repository repository, IReadOnlyDictionary<string, string> tree, Func<string, bool> isWanted)
    {
        var now = IndexOf(repository);
        var gone = tree.Where(f => !now.ContainsKey(f.Key) && ManifestFiles.IsManifest(f.Key)).ToList();
        var made = now.Where(f => !tree.ContainsKey(f.Key) && ManifestFiles.IsManifest(f.Key) && isWanted(f.Key)).ToList();
        if (now.Count == 0 || gone.Count == 0 || made.Count == 0)
            return [];
        var found = new HashSet<string>(StringComparer.Ordinal);
        var hashes = made.Select(f => f.Value).ToHashSet(StringComparer.Ordinal);
        found.UnionWith(gone.Where(f => hashes.Contains(f.Value)).Select(f => f.Key));
        gone = [.. gone.Where(f => !found.Contains(f.Key)).Take(MaxCompared)];
        made = [.. made.Where(f => !tree.Values.Contains(f.Value, StringComparer.Ordinal)).Take(MaxCompared)];
        if (GitObjects.Read(repository, [.. gone.Concat(made).Select(f => f.Value)], out _) is not { } blobs)
            return found;
        var lines = blobs.Select(blob => blob is null ? null : LinesOf(blob)).ToList();
        for (var i = 0; i < made.Count; i++)
        {
            var best = Enumerable.Range(0, gone.Count).Select(g => (Index: g, Share: Share(lines[g], lines[gone.Count + i])))
                .MaxBy(g => g.Share);
            if (gone.Count > 0 && best.Share >= Alike)
                found.Add(gone[best.Index].Key);
        }

        return found;
    }

    private static Dictionary<string, string> IndexOf(Repository repository)
    {
        var now = new Dictionary<string, string>(StringComparer.Ordinal);
        // "<mode> <hash> <stage>\t<name>"
        foreach (var line in GitClient.Parts(GitClient.Run(repository, ["ls-files", "-s", "-z", "--cached"])))
        {
            if (line.IndexOf('\t', StringComparison.Ordinal) is > 0 and var tab && line[..tab].Split(' ') is [_, var hash, _])
                now[line[(tab + 1)..]] = hash;
        }

        return now;
    }

    private static Dictionary<string, int> LinesOf(byte[] blob) =>
        Encoding.Latin1.GetString(blob).Split('\n').CountBy(line => line, StringComparer.Ordinal)
            .ToDictionary(l => l.Key, l => l.Value * (l.Key.Length + 1), StringComparer.Ordinal);

    // How much of the longer one stands in the other.
    private static double Share(Dictionary<string, int>? one, Dictionary<string, int>? other)
    {
        if (one is null || other is null)
            return 0;
        var same = one.Sum(line => other.TryGetValue(line.Key, out var there) ? Math.Min(line.Value, there) : 0);
        return same / (double)Math.Max(1, Math.Max(one.Values.Sum(), other.Values.Sum()));
    }
}
