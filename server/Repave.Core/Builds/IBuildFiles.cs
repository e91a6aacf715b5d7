namespace Repave.Core.Builds;

/// <summary>The files that a build may read: those of a folder, a revision or a set of open documents. What is outside of it, and what a
/// link leads to, is not there.</summary>
public interface IBuildFiles
{
    /// <summary>The paths of all files below a folder, with forward slashes, as <see cref="Read"/> takes them.</summary>
    /// <param name="folder">The folder; empty for all.</param>
    IReadOnlyList<string> Below(string folder);

    /// <summary>What people call a file: the path that is said of it.</summary>
    /// <param name="path">Its path, as <see cref="Read"/> takes it.</param>
    string NameOf(string path);

    /// <summary>The bytes of a file; null if there is none that can be read.</summary>
    /// <param name="path">Its path, with forward slashes.</param>
    byte[]? Read(string path);
}
