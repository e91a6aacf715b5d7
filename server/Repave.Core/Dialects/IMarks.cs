using Repave.Core.Syntax;

namespace Repave.Core.Dialects;

/// <summary>A dialect in whose documents words have a meaning that their language does not know (functions, names of others).</summary>
public interface IMarks
{
    /// <summary>These words of a document of its own, in the order of the text.</summary>
    IReadOnlyList<TextMark> MarksOf(Document document);
}
