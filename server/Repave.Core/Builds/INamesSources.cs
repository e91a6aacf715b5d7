namespace Repave.Core.Builds;

/// <summary>A text that fits where a cursor stands in a source.</summary>
/// <param name="Text">The text.</param>
/// <param name="Detail">What to say of it.</param>
/// <param name="Span">What it stands in the place of.</param>
public sealed record SourceSuggestion(string Text, string Detail, Text.TextSpan Span);

/// <summary>A tool whose sources name values and parts of each other.</summary>
public interface INamesSources
{
    /// <summary>The names in the sources of a folder.</summary>
    SourceNames NamesOf(IBuildFiles files, string folder);

    /// <summary>What fits where a cursor stands in a file of the folder, which may be half typed.</summary>
    /// <param name="files">The files.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="path">The file.</param>
    /// <param name="text">Its text.</param>
    /// <param name="offset">Where the cursor stands.</param>
    /// <returns>What fits; null where the place is not the tool's, so that what the text becomes decides.</returns>
    IReadOnlyList<SourceSuggestion>? Suggest(IBuildFiles files, string folder, string path, string text, int offset);
}
