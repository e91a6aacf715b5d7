namespace Repave.Core.Syntax.Hcl;

/// <summary>What a token of HCL is. Operators and brackets that are one character have that character as their kind.</summary>
internal enum HclTokenKind
{
    End,
    Newline,
    Identifier,
    Number,
    OpenQuote,
    CloseQuote,

    /// <summary>Literal text in quotes, with its escapes.</summary>
    QuotedText,
    OpenHeredoc,
    CloseHeredoc,

    /// <summary>Literal text in a heredoc.</summary>
    HeredocText,
    Interpolation,
    Directive,
    SequenceEnd,
    OpenBrace,
    CloseBrace,
    OpenBracket,
    CloseBracket,
    OpenParenthesis,
    CloseParenthesis,
    Dot,
    Comma,
    Star,
    Slash,
    Percent,
    Plus,
    Minus,
    Equal,
    Less,
    Greater,
    Bang,
    Question,
    Colon,
    EqualEqual,
    NotEqual,
    GreaterEqual,
    LessEqual,
    And,
    Or,
    DoubleColon,
    Ellipsis,
    FatArrow,

    /// <summary>What HCL has no use for; it was said when it was read.</summary>
    Invalid,
}
