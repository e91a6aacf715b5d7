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

    /// <summary>The files of values that it is built with, the later before the earlier.</summary>
    public IReadOnlyList<Manifest> Values { get; init; } = [];

    /// <summary>Why nothing could be built; null if something was.</summary>
    public string? Failure => Result.Problems.FirstOrDefault(problem => problem.IsFatal)?.Summary.Trim().Split('\n')[0];

    /// <summary>What was built as one text: the same for environments in which everything is the same.</summary>
    public string Text => string.Concat(Manifests.Select(manifest => $"{manifest.Path}\0{manifest.Source.Text.Content}\0"));
}
