using Repave.Core.Text;

namespace Repave.Core.Syntax;

/// <summary>Why a document could not be read as it stands.</summary>
public enum SyntaxIssueKind
{
    /// <summary>It is not in its language from here on, and something of it could not be read.</summary>
    Syntax,

    /// <summary>Its language does not allow it, and what is meant could be read all the same (a comment in JSON).</summary>
    Deviation,

    /// <summary>A key stands twice in one map.</summary>
    DuplicateKey,

    /// <summary>A bound on depth, alias expansion or size is exceeded; what is beyond it was not read.</summary>
    Bound,
}

/// <summary>Something wrong in the text itself.</summary>
/// <param name="Kind">What sort of thing.</param>
/// <param name="Span">Where, in offsets of the document's text.</param>
/// <param name="Message">What is wrong, for people.</param>
public sealed record SyntaxIssue(SyntaxIssueKind Kind, TextSpan Span, string Message);
