using Repave.Core.Text;

namespace Repave.Core.Syntax;

/// <summary>A comment, from the mark that begins it to the end of the line.</summary>
/// <param name="Span">Where, in offsets of the document's text.</param>
/// <param name="Text">The text behind the mark, trimmed.</param>
/// <param name="OwnLine">Whether nothing but white space stands before it on its line.</param>
public sealed record Comment(TextSpan Span, string Text, bool OwnLine);
