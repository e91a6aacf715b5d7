namespace Repave.Core.Builds;

/// <summary>A tool whose sources are built into manifests.</summary>
public interface IBuilds
{
    /// <summary>What it is called (<c>helm</c>).</summary>
    string Name { get; }

    /// <summary>The folders that it builds among files: those that nothing else includes.</summary>
    /// <param name="paths">The paths of files, with forward slashes.</param>
    IReadOnlyList<string> Find(IReadOnlyList<string> paths);

    /// <summary>Whether a folder is one that it builds.</summary>
    bool IsMine(IBuildFiles files, string folder);

    /// <summary>The files of values that fit a folder, besides those that it always takes.</summary>
    IReadOnlyList<string> Variants(IBuildFiles files, string folder);

    /// <summary>Builds. Never throws but for <see cref="OperationCanceledException"/>.</summary>
    BuildResult Build(BuildRequest request, CancellationToken cancellation = default);

    /// <summary>What was built in the order in which it is applied, as the tool prints it: a source and a text each.</summary>
    IReadOnlyList<(string Source, string Text)> InOrder(IReadOnlyList<BuildOutput> outputs);

    /// <summary>One of these as the tool prints it.</summary>
    /// <param name="source">What it was built from.</param>
    /// <param name="text">The text.</param>
    string Print(string source, string text);
}
