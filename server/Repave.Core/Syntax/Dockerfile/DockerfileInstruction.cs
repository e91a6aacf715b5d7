using Repave.Core.Text;

namespace Repave.Core.Syntax.Dockerfile;

/// <summary>A word of an instruction: what stands between white space, its quotes taken off.</summary>
/// <param name="Text">The word.</param>
/// <param name="Span">Where, in offsets of the document's text, quotes included.</param>
public sealed record DockerfileWord(string Text, TextSpan Span);

/// <summary>A flag of an instruction (<c>--from=build</c>).</summary>
/// <param name="Name">Its name without dashes.</param>
/// <param name="Value">Its value; empty if it has none.</param>
/// <param name="Span">Where, in offsets of the document's text.</param>
public sealed record DockerfileFlag(string Name, string Value, TextSpan Span);

/// <summary>An instruction.</summary>
/// <param name="Keyword">Its keyword, in capitals.</param>
/// <param name="KeywordSpan">Where the keyword stands, in offsets of the document's text.</param>
/// <param name="Span">All of it, here-documents included.</param>
/// <param name="Flags">Its flags.</param>
/// <param name="Words">Its words behind the flags; of the exec form (<c>["a", "b"]</c>) its items.</param>
/// <param name="IsExec">Whether it is written in the exec form.</param>
/// <param name="Text">Its words as a shell gets them: lines that go on put together, comments between them left out.</param>
/// <param name="HereDocuments">The texts of its here-documents.</param>
public sealed record DockerfileInstruction(
    string Keyword,
    TextSpan KeywordSpan,
    TextSpan Span,
    IReadOnlyList<DockerfileFlag> Flags,
    IReadOnlyList<DockerfileWord> Words,
    bool IsExec,
    string Text,
    IReadOnlyList<string> HereDocuments)
{
    /// <summary>The value of a flag; null if the instruction does not have it.</summary>
    public string? Flag(string name) => Flags.FirstOrDefault(f => f.Name == name)?.Value;

    /// <summary>Where its words stand; the keyword if it has none.</summary>
    public TextSpan WordsSpan => Words.Count == 0 ? KeywordSpan : new TextSpan(Words[0].Span.Start, Words[Words.Count - 1].Span.End);
}
