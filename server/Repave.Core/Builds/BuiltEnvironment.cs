using Repave.Core.Model;

namespace Repave.Core.Builds;

/// <summary>What was built for an environment.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="Result">What its tool gave; of manifests that no tool builds, the files as they stand.</param>
/// <param name="Manifests">What is applied.</param>
/// <param name="Read">The files that had a part in it, as people name them.</param>
public sealed record BuiltEnvironment(
    ManifestEnvironment Environment, BuildResult Result, IReadOnlyList<Manifest> Manifests, IReadOnlyCollection<string> Read)
{
    /// <summary>The files whose text is not what is applied, because it is built.</summary>
    public IReadOnlyCollection<string> Covered { get; init; } = [];

    /// <summary>The manifests among those files that are applied as a part of what is built, and not as they stand.</summary>
    public IReadOnlyCollection<string> Parts { get; init; } = [];

    /// <summary>Whether its source is one that another takes in.</summary>
    public bool MayBeTakenIn { get; init; }

    /// <summary>The environments without those that were found and that others take in.</summary>
    public static IReadOnlyList<BuiltEnvironment> Topmost(IReadOnlyList<BuiltEnvironment> environments)
    {
        var readers = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var one in environments.Where(one => one.MayBeTakenIn))
        {
            foreach (var file in one.Read)
            {
                if (!readers.TryGetValue(file, out var folders))
                    readers[file] = folders = new HashSet<string>(StringComparer.Ordinal);
                folders.Add(one.Environment.Folder);
            }
        }

        // Whoever takes a source in reads all that it reads, and more.
        return [.. environments.Where(one => one.Environment.IsNamed || !one.MayBeTakenIn || one.Read.Count == 0
            || !readers[one.Read.First()].Any(other => other != one.Environment.Folder && environments.Any(reader =>
                reader.Environment.Folder == other && reader.MayBeTakenIn && reader.Read.Count > one.Read.Count
                && one.Read.All(file => readers[file].Contains(other)))))];
    }

    /// <summary>The files of values that it is built with, the later before the earlier.</summary>
    public IReadOnlyList<Manifest> Values { get; init; } = [];

    /// <summary>Why nothing could be built; null if something was.</summary>
    public string? Failure => Result.Problems.FirstOrDefault(problem => problem.IsFatal)?.Summary.Trim().Split('\n')[0];

    /// <summary>What was built as one text: the same for environments in which everything is the same.</summary>
    public string Text => string.Concat(Manifests.Select(manifest => $"{manifest.Path}\0{manifest.Source.Text.Content}\0"));
}
