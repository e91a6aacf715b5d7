using Repave.Core.Text;

namespace Repave.Core.Syntax;

/// <summary>What a word of a text is, for editors that colour it.</summary>
public enum TextRole
{
    /// <summary>A comment.</summary>
    Comment,

    /// <summary>A word of the language.</summary>
    Keyword,

    /// <summary>A text.</summary>
    String,

    /// <summary>A number.</summary>
    Number,

    /// <summary>An operator, or what a sequence in a text begins or ends with.</summary>
    Operator,

    /// <summary>A function.</summary>
    Function,

    /// <summary>A type.</summary>
    Type,

    /// <summary>A name that stands for a value.</summary>
    Variable,

    /// <summary>A name that users of the whole give a value to.</summary>
    Parameter,

    /// <summary>A field or an argument.</summary>
    Property,
}

/// <summary>A word of a text and what it is.</summary>
/// <param name="Span">Where, in offsets of the text.</param>
/// <param name="Role">What it is.</param>
/// <param name="IsDeclaration">Whether it is given its meaning there.</param>
public readonly record struct TextMark(TextSpan Span, TextRole Role, bool IsDeclaration = false);
