using System.Text;
using Repave.Environments.Files;

namespace Repave.Environments.Git;

/// <summary>Reads many files out of git with one process, as objects: no filter of a repository sees them.</summary>
internal static class GitObjects
{
    /// <summary>The repository that a folder belongs to, and the folder's path in it (with a slash behind it, empty for the top); null with
    /// the
    /// reason if there is none.</summary>
    public static (Repository Repository, string Prefix)? Open(string folder, out string reason)
    {
        reason = "";
        var real = Folders.RealPath(folder);
        if (Repository.Around(real) is { } repository && repository.NameOf(real) is { } name)
            return (repository, name.Length == 0 ? "" : name + "/");
        reason = "git cannot find a repository here: neither this folder nor one above it has a .git.";
        return null;
    }

    /// <summary>What the repository calls a file or folder that is named from a folder of it; null if it is outside. Links on the way to
    /// the
    /// repository do not matter.</summary>
    public static string? NameInRepository(string folder, string prefix, string path)
    {
        var relative = Repository.Slashed(Path.GetRelativePath(folder, Path.GetFullPath(path, folder)));
        return Normal(prefix + relative);
    }

    /// <summary>What a folder of the repository calls a file of it.</summary>
    public static string NameFrom(string prefix, string name) => Repository.Slashed(Path.GetRelativePath("/" + prefix, "/" + name));

    /// <summary>A path without dots in it; null if it leads out.</summary>
    public static string? Normal(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part is "." or "")
                continue;
            if (part != "..")
                parts.Add(part);
            else if (parts.Count == 0)
                return null;
            else
                parts.RemoveAt(parts.Count - 1);
        }

        return string.Join('/', parts);
    }

    /// <summary>The bytes of blobs, by their hashes, in their order; null for one that is not there (a partial clone has not fetched it).
    /// Null with
    /// the reason if git cannot give them.</summary>
    public static IReadOnlyList<byte[]?>? Read(Repository repository, IReadOnlyList<string> hashes, out string reason)
    {
        reason = "";
        var blobs = new byte[]?[hashes.Count];
        if (hashes.Count == 0)
            return blobs;
        var answer = GitClient.Run(repository, ["cat-file", "--batch"],
            Encoding.ASCII.GetBytes(string.Concat(hashes.Select(hash => hash + "\n"))));
        if (!GitClient.Succeeded(answer, "git cannot read the files", out reason))
            return null;
        // "<hash> blob <length>\n<bytes>\n" for each, or "<hash> missing\n".
        var output = answer.Output.AsSpan();
        var at = 0;
        for (var i = 0; i < blobs.Length; i++)
        {
            var end = output[at..].IndexOf('\n');
            if (end < 0)
            {
                reason = $"git gave no answer for {hashes[i]}.";
                return null;
            }

            var head = output.Slice(at, end).ToString().Split(' ');
            at += end + 1;
            if (head.Length != 3 || !int.TryParse(head[2], out var length) || length > output.Length - at)
                continue;
            if (head[1] == "blob" && length <= SafeFiles.MaxLength)
                blobs[i] = Encoding.Latin1.GetBytes(output.Slice(at, length).ToString());
            at += length + 1;
        }

        return blobs;
    }

    /// <summary>The folder of a file in a repository, with the slash at its end; empty for the top.</summary>
    public static string FolderOf(string name) => name[..(name.LastIndexOf('/') + 1)];
}
