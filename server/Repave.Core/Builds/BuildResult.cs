namespace Repave.Core.Builds;

/// <summary>What a build gives.</summary>
/// <param name="Outputs">The texts, in the order of their tool.</param>
/// <param name="Problems">What is wrong.</param>
public sealed record BuildResult(IReadOnlyList<BuildOutput> Outputs, IReadOnlyList<BuildProblem> Problems)
{
    /// <summary>The files that had a part in it: what changes in them can change the result.</summary>
    public IReadOnlyCollection<string> Read { get; init; } = [];

    /// <summary>The same files with their text; null where nothing was built from files.</summary>
    public Lazy<IReadOnlyList<Model.Manifest>>? Sources { get; init; }

    /// <summary>Whether nothing could be built.</summary>
    public bool Failed => Problems.Any(problem => problem.IsFatal);
}
