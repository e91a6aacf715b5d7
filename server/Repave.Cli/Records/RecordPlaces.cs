using System.Security.Cryptography;
using System.Text;
using Repave.Core.Model;
using Repave.Environments;
using Repave.Environments.Files;

namespace Repave.Cli;

/// <summary>What records call files: by their path from the repository's top (without one, from the folder of the call), so that a record
/// says the same wherever a repository lies.</summary>
internal sealed class RecordPlaces
{
    private readonly Lazy<RevisionTree?> _index = new(() => RevisionTree.OfIndex(Environment.CurrentDirectory, out _));

    /// <summary>The history around this folder; null if there is none.</summary>
    public GitHistory? History { get; } = GitHistory.Open(Environment.CurrentDirectory);

    /// <summary>The folder that names start from.</summary>
    public string Root => History?.Root ?? Environment.CurrentDirectory;

    /// <summary>What a file is called.</summary>
    public string NameOf(string path)
    {
        if (path == InputFiles.StandardInput)
            return path;
        var name = History?.NameOf(path) ?? Path.GetRelativePath(Root, Path.GetFullPath(path));
        return Path.DirectorySeparatorChar == '\\' ? name.Replace('\\', '/') : name;
    }

    /// <summary>The files that plans were made from: manifests as they stand, and what others were built from.</summary>
    public static IReadOnlyList<string> FilesOf(IEnumerable<Manifest> manifests) =>
        [.. manifests.SelectMany(m => m.Origin is { Sources: { Count: > 0 } sources } ? sources.Select(source => source.Path) : [m.Path])
            .Distinct(StringComparer.Ordinal)];

    /// <summary>The files with their digests, by name.</summary>
    /// <param name="paths">The files, as people name them.</param>
    /// <param name="texts">The texts that were planned, for what stands in no file.</param>
    /// <param name="isStaged">Whether they are those that git has staged.</param>
    public JsonSubject[] Digests(IEnumerable<string> paths, IReadOnlyDictionary<string, string> texts, bool isStaged) =>
        [.. paths.Select(path => new JsonSubject(NameOf(path), new JsonDigest(DigestOf(path, texts, isStaged))))
            .DistinctBy(subject => subject.Name).OrderBy(subject => subject.Name, StringComparer.Ordinal)];

    /// <summary>The digest of bytes, as records write it.</summary>
    public static string DigestOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private string? DigestOf(string path, IReadOnlyDictionary<string, string> texts, bool isStaged)
    {
        var planned = texts.GetValueOrDefault(path);
        if (path == InputFiles.StandardInput)
            return DigestOf(Encoding.UTF8.GetBytes(planned ?? ""));
        if (BytesOf(path, isStaged) is not { } bytes)
            return planned is null ? null : DigestOf(Encoding.UTF8.GetBytes(planned));
        // What is recorded has to be what was planned.
        if (planned is not null && FileText.Of(bytes).Text != planned)
            throw new CommandException($"{path} changed while it was planned; plan again.");
        return DigestOf(bytes);
    }

    private byte[]? BytesOf(string path, bool isStaged)
    {
        if (isStaged)
            return _index.Value is { } index && index.PathOf(path) is { } name ? index.Read(name) : null;
        try
        {
            return SafeFiles.ReadBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
