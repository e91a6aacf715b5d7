using System.Globalization;

namespace Repave.Core.Syntax.GoTemplate;

/// <summary>Splits a text into the tokens of Go's text/template, as its lexer does.</summary>
internal sealed class TemplateLexer(string text)
{
    private const string LeftDelimiter = "{{";
    private const string RightDelimiter = "}}";

    private static readonly Dictionary<string, TemplateTokenKind> Words = new(StringComparer.Ordinal)
    {
        ["."] = TemplateTokenKind.Dot,
        ["block"] = TemplateTokenKind.Block,
        ["break"] = TemplateTokenKind.Break,
        ["continue"] = TemplateTokenKind.Continue,
        ["define"] = TemplateTokenKind.Define,
        ["else"] = TemplateTokenKind.Else,
        ["end"] = TemplateTokenKind.EndWord,
        ["if"] = TemplateTokenKind.If,
        ["nil"] = TemplateTokenKind.Nil,
        ["range"] = TemplateTokenKind.Range,
        ["template"] = TemplateTokenKind.Template,
        ["with"] = TemplateTokenKind.With,
    };

    private int _at;
    private int _parentheses;
    private bool _isInAction;
    private TemplateToken? _failed;

    /// <summary>The next token; after the last one or an error, that again.</summary>
    public TemplateToken Next()
    {
        if (_failed is { } failed)
            return failed;
        while (!_isInAction)
        {
            if (NextText() is { } token)
                return token;
        }

        return InsideAction();
    }

    private TemplateToken? NextText()
    {
        var start = _at;
        var left = text.IndexOf(LeftDelimiter, start, StringComparison.Ordinal);
        if (left < 0)
        {
            _at = text.Length;
            if (start < text.Length)
                return new TemplateToken(TemplateTokenKind.Text, start, text.Substring(start));
            _failed = new TemplateToken(TemplateTokenKind.End, text.Length, "");
            return _failed;
        }

        var end = left;
        if (HasLeftTrim(left + 2))
        {
            while (end > start && IsSpace(text[end - 1]))
                end--;
        }

        if (end > start)
        {
            // The delimiter is looked at again, with nothing before it.
            _at = left;
            return new TemplateToken(TemplateTokenKind.Text, start, text.Substring(start, end - start));
        }

        _at = left + 2;
        var trim = HasLeftTrim(_at) ? 2 : 0;
        if (StartsWith("/*", _at + trim))
        {
            _at += trim;
            return Comment();
        }

        var token = new TemplateToken(TemplateTokenKind.LeftDelimiter, left, LeftDelimiter);
        _at += trim;
        _isInAction = true;
        _parentheses = 0;
        return token;
    }

    private TemplateToken? Comment()
    {
        var start = _at;
        var close = text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
        if (close < 0)
            return Fail(start, "unclosed comment");
        _at = close + 2;
        if (!IsAtRight(out var trims))
            return Fail(start, "comment ends before closing delimiter");
        SkipRight(trims);
        return null;
    }

    private void SkipRight(bool trims)
    {
        _at += trims ? 4 : 2;
        if (!trims)
            return;
        while (_at < text.Length && IsSpace(text[_at]))
            _at++;
    }

    private TemplateToken InsideAction()
    {
        if (IsAtRight(out var trims))
        {
            if (_parentheses > 0)
                return Fail(_at, "unclosed left paren");
            var token = new TemplateToken(TemplateTokenKind.RightDelimiter, trims ? _at + 2 : _at, RightDelimiter);
            SkipRight(trims);
            _isInAction = false;
            return token;
        }

        var start = _at;
        if (_at == text.Length)
            return Fail(start, "unclosed action");
        var c = text[_at];
        if (IsSpace(c))
            return Spaces();
        _at++;
        switch (c)
        {
            case '=':
                return Token(TemplateTokenKind.Assign, start);
            case ':':
                if (Peek() != '=')
                    return Fail(start, "expected :=");
                _at++;
                return Token(TemplateTokenKind.Declare, start);
            case '|':
                return Token(TemplateTokenKind.Pipe, start);
            case '"':
                return Quoted(start, '"', TemplateTokenKind.String, "unterminated quoted string");
            case '`':
                _at = text.IndexOf('`', _at);
                if (_at < 0)
                {
                    _at = text.Length;
                    return Fail(start, "unterminated raw quoted string");
                }

                _at++;
                return Token(TemplateTokenKind.RawString, start);
            case '$':
                return FieldOrVariable(start, TemplateTokenKind.Variable);
            case '\'':
                return Quoted(start, '\'', TemplateTokenKind.CharConstant, "unterminated character constant");
            case '.' when Peek() is not (>= '0' and <= '9'):
                return FieldOrVariable(start, TemplateTokenKind.Field);
            case '.' or '+' or '-' or (>= '0' and <= '9'):
                _at--;
                return Number(start);
            case '(':
                _parentheses++;
                return Token(TemplateTokenKind.LeftParenthesis, start);
            case ')':
                return --_parentheses < 0 ? Fail(start, "unexpected right paren") : Token(TemplateTokenKind.RightParenthesis, start);
        }

        if (IsAlphanumeric(start))
        {
            _at = start;
            return Identifier(start);
        }

        return c is > ' ' and < '\x7f' ? Token(TemplateTokenKind.Char, start)
            : Fail(start, "unrecognized character in action: " + Describe(start));
    }

    private TemplateToken Spaces()
    {
        var start = _at;
        while (_at < text.Length && IsSpace(text[_at]))
        {
            // The last space can belong to a delimiter that trims.
            if (IsAtRight(out _))
                break;
            _at++;
        }

        return _at == start ? InsideAction() : Token(TemplateTokenKind.Space, start);
    }

    private TemplateToken Identifier(int start)
    {
        SkipAlphanumeric();
        var word = text.Substring(start, _at - start);
        if (!IsAtTerminator())
            return Fail(start, "bad character " + Describe(_at));
        var kind = Words.TryGetValue(word, out var known) ? known
            : word is "true" or "false" ? TemplateTokenKind.Bool : TemplateTokenKind.Identifier;
        return new TemplateToken(kind, start, word);
    }

    private TemplateToken FieldOrVariable(int start, TemplateTokenKind kind)
    {
        if (IsAtTerminator())
            return Token(kind == TemplateTokenKind.Variable ? kind : TemplateTokenKind.Dot, start);
        SkipAlphanumeric();
        return IsAtTerminator() ? Token(kind, start) : Fail(start, "bad character " + Describe(_at));
    }

    private TemplateToken Quoted(int start, char quote, TemplateTokenKind kind, string problem)
    {
        for (; _at < text.Length && text[_at] != '\n'; _at++)
        {
            if (text[_at] == quote)
            {
                _at++;
                return Token(kind, start);
            }

            if (text[_at] == '\\' && (++_at == text.Length || text[_at] == '\n'))
                break;
        }

        return Fail(start, problem);
    }

    private TemplateToken Number(int start)
    {
        if (!SkipNumber())
            return Fail(start, "bad number syntax: " + GoQuoting.Quote(text.Substring(start, _at - start)));
        if (Peek() is not ('+' or '-'))
            return Token(TemplateTokenKind.Number, start);
        return SkipNumber() && text[_at - 1] == 'i' ? Token(TemplateTokenKind.Complex, start)
            : Fail(start, "bad number syntax: " + GoQuoting.Quote(text.Substring(start, _at - start)));
    }

    private bool SkipNumber()
    {
        Accept("+-");
        var digits = "0123456789_";
        if (Accept("0"))
        {
            digits = Accept("xX") ? "0123456789abcdefABCDEF_" : Accept("oO") ? "01234567_" : Accept("bB") ? "01_" : digits;
        }

        AcceptRun(digits);
        if (Accept("."))
            AcceptRun(digits);
        if (digits.Length == 11 && Accept("eE"))
        {
            Accept("+-");
            AcceptRun("0123456789_");
        }

        if (digits.Length == 23 && Accept("pP"))
        {
            Accept("+-");
            AcceptRun("0123456789_");
        }

        Accept("i");
        if (!IsAlphanumeric(_at))
            return true;
        _at++;
        return false;
    }

    private bool Accept(string characters)
    {
        if (_at >= text.Length || characters.IndexOf(text[_at]) < 0)
            return false;
        _at++;
        return true;
    }

    private void AcceptRun(string characters)
    {
        while (Accept(characters))
        {
            // One more.
        }
    }

    private void SkipAlphanumeric()
    {
        while (IsAlphanumeric(_at))
            _at += char.IsSurrogatePair(text, _at) ? 2 : 1;
    }

    private bool IsAlphanumeric(int at)
    {
        if (at >= text.Length)
            return false;
        var c = text[at];
        if (c < 0x80)
            return c == '_' || c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');
        return CharUnicodeInfo.GetUnicodeCategory(text, at) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
            or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
            or UnicodeCategory.DecimalDigitNumber;
    }

    private bool IsAtTerminator() => Peek() is '\0' or ' ' or '\t' or '\r' or '\n' or '.' or ',' or '|' or ':' or ')' or '('
        || StartsWith(RightDelimiter, _at);

    private bool IsAtRight(out bool trims)
    {
        trims = _at + 3 < text.Length && IsSpace(text[_at]) && text[_at + 1] == '-' && StartsWith(RightDelimiter, _at + 2);
        return trims || StartsWith(RightDelimiter, _at);
    }

    private bool HasLeftTrim(int at) => at + 1 < text.Length && text[at] == '-' && IsSpace(text[at + 1]);

    private bool StartsWith(string what, int at) => string.CompareOrdinal(text, at, what, 0, what.Length) == 0 && at
        + what.Length <= text.Length;

    private char Peek() => _at < text.Length ? text[_at] : '\0';

    // As %#U writes it.
    private string Describe(int at)
    {
        if (at >= text.Length)
            return "U+FFFFFFFFFFFFFFFF";
        var rune = char.IsSurrogatePair(text, at) ? char.ConvertToUtf32(text, at) : text[at];
        var code = "U+" + rune.ToString("X4", CultureInfo.InvariantCulture);
        return GoQuoting.IsPrintable(text, at) ? $"{code} '{char.ConvertFromUtf32(rune)}'" : code;
    }

    private TemplateToken Token(TemplateTokenKind kind, int start) => new(kind, start, text.Substring(start, _at - start));

    private TemplateToken Fail(int start, string problem)
    {
        var failed = new TemplateToken(TemplateTokenKind.Error, start, problem);
        _failed = failed;
        return failed;
    }

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\r' or '\n';
}
