using Repave.Core.Syntax;

namespace Repave.Core.Builds;

/// <summary>A tool whose sources are templates.</summary>
public interface IMarksSources
{
    /// <summary>What the words of a template are; null where a file is none.</summary>
    /// <param name="folder">The folder that is built.</param>
    /// <param name="path">The file's path.</param>
    /// <param name="text">Its text.</param>
    IReadOnlyList<TextMark>? MarksOf(string folder, string path, string text);
}
