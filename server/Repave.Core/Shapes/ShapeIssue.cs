using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Shapes;

/// <summary>How a value breaks its shape.</summary>
public enum ShapeIssueKind
{
    /// <summary>A field that the shape does not know.</summary>
    UnknownField,

    /// <summary>A value of the wrong kind.</summary>
    WrongType,

    /// <summary>A field that must be there and is not.</summary>
    MissingField,

    /// <summary>A value that is none of those allowed.</summary>
    NotAllowed,

    /// <summary>A text that does not follow its grammar.</summary>
    Malformed,

    /// <summary>A number, length or count outside its bounds.</summary>
    OutOfRange,

    /// <summary>A list item that stands twice where it may not.</summary>
    DuplicateItem,

    /// <summary>The shape asks for more steps than a document may take; what comes after was not checked.</summary>
    TooManySteps,
}

/// <summary>One place where a value breaks its shape.</summary>
/// <param name="Kind">How.</param>
/// <param name="Node">The value (for a missing field, the mapping that lacks it).</param>
/// <param name="Span">What to underline, in offsets of the document's text.</param>
/// <param name="Path">The field, dotted from the resource's root.</param>
/// <param name="Message">What is wrong and what is allowed.</param>
/// <param name="Suggestion">The nearest allowed name or value, or null.</param>
public sealed record ShapeIssue(ShapeIssueKind Kind, Node Node, TextSpan Span, string Path, string Message, string? Suggestion = null)
{
    /// <summary>Whether the platform refuses it; false for what it takes and then handles badly (two variables of one name).</summary>
    public bool IsRefused { get; init; } = true;

    /// <summary>Whether the suggestion can take the place of what is written without breaking anything else.</summary>
    public bool IsSuggestionSure { get; init; } = true;

    /// <summary>Whether what it breaks may lag behind what the platform takes, or say less than that.</summary>
    public bool IsUnsure { get; init; }

    /// <summary>The kinds of value that the place takes, for a value of the wrong kind.</summary>
    public ShapeTypes Expected { get; init; }
}
