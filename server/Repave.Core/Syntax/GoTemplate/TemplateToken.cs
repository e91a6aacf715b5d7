namespace Repave.Core.Syntax.GoTemplate;

/// <summary>The tokens of Go's text/template.</summary>
internal enum TemplateTokenKind
{
    Error,
    Bool,
    Char,
    CharConstant,
    Complex,
    Assign,
    Declare,
    End,
    Field,
    Identifier,
    LeftDelimiter,
    LeftParenthesis,
    Number,
    Pipe,
    RawString,
    RightDelimiter,
    RightParenthesis,
    Space,
    String,
    Text,
    Variable,

    // Words come after all the rest.
    Block,
    Break,
    Continue,
    Dot,
    Define,
    Else,
    EndWord,
    If,
    Nil,
    Range,
    Template,
    With,
}

/// <summary>A token: its text (of an error, what is wrong), and where it begins.</summary>
internal readonly record struct TemplateToken(TemplateTokenKind Kind, int Start, string Text)
{
    public bool IsWord => Kind >= TemplateTokenKind.Block;

    /// <summary>How Go's messages name it.</summary>
    public override string ToString() => Kind switch
    {
        TemplateTokenKind.End => "EOF",
        TemplateTokenKind.Error => Text,
        _ when IsWord => $"<{Text}>",
        _ when GoQuoting.LengthOf(Text) > 10 => GoQuoting.Quote(GoQuoting.Truncate(Text, 10)) + "...",
        _ => GoQuoting.Quote(Text),
    };
}
