namespace Repave.Core.Text;

/// <summary>A replacement of one range of a text.</summary>
/// <param name="Span">What is replaced, in offsets of the text before the edit.</param>
/// <param name="NewText">What stands there afterwards.</param>
public readonly record struct TextEdit(TextSpan Span, string NewText)
{
    /// <summary>How many code units the text grows by (negative: shrinks).</summary>
    public int Delta => NewText.Length - Span.Length;

    /// <summary>The text after the edit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The span does not lie inside the text.</exception>
    public string Apply(string text)
    {
        if (Span.Start < 0 || Span.End > text.Length || Span.Start > Span.End)
            throw new ArgumentOutOfRangeException(nameof(text),
                $"The range {Span.Start}..{Span.End} is not inside a text of {text.Length} characters.");
        return string.Concat(text.Substring(0, Span.Start), NewText, text.Substring(Span.End));
    }
}
