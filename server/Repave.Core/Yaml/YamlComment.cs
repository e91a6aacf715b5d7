using Repave.Core.Text;

namespace Repave.Core.Yaml;

/// <summary>A comment, from its number sign to the end of the line.</summary>
/// <param name="Span">Where, in offsets of the document's text.</param>
/// <param name="Text">The text behind the number sign, trimmed.</param>
/// <param name="OwnLine">Whether nothing but white space stands before it on its line.</param>
public sealed record YamlComment(TextSpan Span, string Text, bool OwnLine);
