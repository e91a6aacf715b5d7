using System.Text;
using Repave.Core.Dialects;
using Repave.Environments.Files;
using Repave.Environments.Git;

namespace Repave.Environments;

/// <summary>A file as a revision held it.</summary>
/// <param name="Path">Its path as the user would name it: below the paths that were asked for.</param>
/// <param name="Text">Its text; null if it cannot be read.</param>
public sealed record RevisionFile(string Path, string? Text);

/// <summary>The manifests that some paths held at a git revision.</summary>
public static class GitRevision
{
    private const string LinkMode = "120000";
    private const int MaxLinks = 8;

    /// <summary>Reads the manifests below paths at a revision, those that have been renamed to below them since, and those that a tool reads
    /// with one of the paths (the rest of a Terraform module); null with the reason if git cannot give them.</summary>
    /// <param name="folder">Where paths start from.</param>
    /// <param name="revision">A commit, branch, tag or other name of a revision.</param>
    /// <param name="paths">Files and folders.</param>
    /// <param name="reason">Why there is no answer.</param>
    public static IReadOnlyList<RevisionFile>? Read(string folder, string revision, IReadOnlyList<string> paths, out string reason)
    {
        if (GitObjects.Open(folder, out reason) is not var (repository, prefix))
            return null;
        var commit = GitClient.Run(repository, ["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{tree}"]);
        if (commit.ExitCode != 0)
        {
            reason = commit.ExitCode is null || commit.Error.Length > 0
                ? commit.Error.Trim()
                : $"there is no revision '{revision}' in this "
                    + $"repository{(IsShallow(repository) ? "; it is a shallow clone, so fetch more of its history" : "")}.";
            return null;
        }

        var tree = commit.Output.Trim();
        var wanted = paths.Select(path => GitObjects.NameInRepository(folder, prefix, path)).ToList();
        if (wanted.Any(path => path is null))
        {
            reason = $"{paths[wanted.IndexOf(null)]} is outside of the repository.";
            return null;
        }

        var listing = GitClient.Run(repository, ["ls-tree", "-r", "-z", "--full-tree", tree]);
        if (!GitClient.Succeeded(listing, "git cannot list the files", out reason))
            return null;
        var entries = GitClient.Parts(listing).Select(EntryOf).OfType<TreeEntry>().ToList();
        var chosen = entries.Where(e => wanted.Any(path => IsBelow(e.Name, path!))).Select(e => e.Name).ToHashSet(StringComparer.Ordinal);
        var parts = wanted.OfType<string>().Where(DialectCatalogue.IsPart).ToLookup(GitObjects.FolderOf, StringComparer.Ordinal);
        bool IsBesidePart(string name) => parts[GitObjects.FolderOf(name)].Any(path => DialectCatalogue.AreParts(path, name));
        if (parts.Count > 0)
            chosen.UnionWith(entries.Select(e => e.Name).Where(IsBesidePart));
        chosen.UnionWith(GitRenames.Into(repository, entries.Where(e => e.IsFile)
            .ToDictionary(e => e.Name, e => e.Hash, StringComparer.Ordinal), name => wanted.Any(path => IsBelow(name, path!))));

        var files = Resolve(repository, entries,
            [.. entries.Where(e => e.IsFile && chosen.Contains(e.Name) && ManifestFiles.IsManifest(e.Name))]);
        if (GitObjects.Read(repository, files.ConvertAll(e => e.Hash), out reason) is not { } blobs)
            return null;
        var named = NamedBeside(files, blobs, entries, chosen);
        if (named.Count > 0)
        {
            if (GitObjects.Read(repository, named.ConvertAll(e => e.Hash), out reason) is not { } more)
                return null;
            files.AddRange(named);
            blobs = [.. blobs, .. more];
        }

        var read = new List<RevisionFile>();
        foreach (var (file, blob) in files.Zip(blobs))
        {
            var text = blob is null ? null : FileText.Of(blob);
            // What holds no text is no manifest; what is not there, or in no encoding that is known, is unknown.
            if (text is { Text: null })
                continue;
            read.Add(new RevisionFile(GitObjects.NameFrom(prefix, file.Name), text is { Text.Length: 0, Flaw: not null } ? null
                : text?.Text));
        }

        return read;
    }

    // What files name and cannot be read rightly without.
    private static List<TreeEntry> NamedBeside(List<TreeEntry> files, IReadOnlyList<byte[]?> blobs, List<TreeEntry> entries,
        HashSet<string> chosen)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (file, blob) in files.Zip(blobs))
        {
            if (blob is null || !DialectCatalogue.MayNameFiles(file.Name) || FileText.Of(blob).Text is not { } text)
                continue;
            foreach (var name in DialectCatalogue.FilesNamedIn(file.Name, text))
            {
                if (GitObjects.Normal($"{GitObjects.FolderOf(file.Name)}{name}") is { } normal)
                    names.Add(normal);
            }
        }

        var read = files.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        return names.Count == 0 ? []
            : entries.FindAll(e => e.IsFile && e.Mode != LinkMode && names.Contains(e.Name) && chosen.Contains(e.Name)
                && !read.Contains(e.Name));
    }

    // "<mode> <type> <hash>\t<name>"
    private static TreeEntry? EntryOf(string line) => line.IndexOf('\t', StringComparison.Ordinal) is > 0 and var tab && line[..tab]
        .Split(' ') is [var mode, var type, var hash] ? new TreeEntry(mode, type == "blob", hash, line[(tab + 1)..]) : null;

    // Links that stay in the tree stand for what they lead to, as they do in the work tree; the others hold nothing.
    private static List<TreeEntry> Resolve(Repository repository, List<TreeEntry> all, List<TreeEntry> files)
    {
        for (var round = 0; round < MaxLinks && files.Exists(f => f.Mode == LinkMode); round++)
        {
            var links = files.Where(f => f.Mode == LinkMode).ToList();
            var targets = GitObjects.Read(repository, links.ConvertAll(f => f.Hash), out _);
            var places = links.Select((link, i) =>
                (link, Place: targets?[i] is { } bytes
                ? GitObjects.Normal($"{GitObjects.FolderOf(link.Name)}{RawName.Of(bytes)}") : null))
                .ToDictionary(l => l.link, l => l.Place);
            files = [.. files.Select(f => f.Mode != LinkMode ? f : places[f] is { } place
                && all.Find(e => e.Name == place && e.IsFile) is { } target ? target with { Name = f.Name } : null).OfType<TreeEntry>()];
        }

        return files.FindAll(f => f.Mode != LinkMode);
    }

    private static bool IsShallow(Repository repository) =>
        GitClient.Run(repository, ["rev-parse", "--is-shallow-repository"]).Output.Trim() == "true";

    private static bool IsBelow(string name, string path) => path.Length == 0 || name == path
        || name.StartsWith(path + "/", StringComparison.Ordinal);

    private sealed record TreeEntry(string Mode, bool IsFile, string Hash, string Name);
}
