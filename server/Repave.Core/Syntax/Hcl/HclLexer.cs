using Repave.Core.Text;

namespace Repave.Core.Syntax.Hcl;

/// <summary>Splits HCL into tokens, as its specification has them. Quotes, heredocs and the sequences in them nest, which a stack of
/// what is to be gone back to follows.</summary>
internal sealed class HclLexer
{
    private readonly string _text;
    private readonly List<HclToken> _tokens = [];
    private readonly List<SyntaxIssue> _issues;
    private readonly List<Comment> _comments;
    private readonly Stack<Outer> _outer = new();
    private int _at;
    private int _braces;

    // Where the innermost sequence ends that a text goes on behind; -1 outside of all.
    private int _returnsAt = -1;

    private HclLexer(string text, List<SyntaxIssue> issues, List<Comment> comments) =>
        (_text, _issues, _comments) = (text, issues, comments);

    /// <summary>A text that goes on behind a sequence in it.</summary>
    /// <param name="Marker">What ends it: empty for a quote, null for the end of everything.</param>
    /// <param name="ReturnsAt">How many braces are open where the sequence ends that it stands in itself; -1 outside of all.</param>
    private readonly record struct Outer(string? Marker, int ReturnsAt);

    /// <summary>The tokens of a text; the last is <see cref="HclTokenKind.End"/>.</summary>
    public static List<HclToken> Read(string text, List<SyntaxIssue> issues, List<Comment> comments)
    {
        var lexer = new HclLexer(text, issues, comments);
        if (text.Length > 0 && text[0] == '\uFEFF')
            lexer._at = 1;
        lexer.ReadMain();
        lexer.Add(HclTokenKind.End, text.Length);
        return lexer._tokens;
    }

    /// <summary>The tokens of a template that stands in no quotes.</summary>
    public static List<HclToken> ReadTemplate(string text, List<SyntaxIssue> issues)
    {
        var lexer = new HclLexer(text, issues, []);
        lexer.ReadText(null);
        if (lexer._at < text.Length)
            lexer.ReadMain();
        lexer.Add(HclTokenKind.End, text.Length);
        return lexer._tokens;
    }

    private void ReadMain()
    {
        while (_at < _text.Length)
        {
            var c = _text[_at];
            switch (c)
            {
                case ' ' or '\t':
                    _at++;
                    break;
                case '\n':
                    Add(HclTokenKind.Newline, _at + 1);
                    break;
                case '\r' when Next('\n'):
                    Add(HclTokenKind.Newline, _at + 2);
                    break;
                case '#':
                    ReadLineComment(1);
                    break;
                case '/' when Next('/'):
                    ReadLineComment(2);
                    break;
                case '/' when Next('*'):
                    ReadBlockComment();
                    break;
                case '"':
                    Add(HclTokenKind.OpenQuote, _at + 1);
                    ReadText("");
                    break;
                case '<' when Next('<') && HeredocMarker() is { } marker:
                    ReadText(marker);
                    break;
                case '{':
                    _braces++;
                    Add(HclTokenKind.OpenBrace, _at + 1);
                    break;
                case '}':
                    CloseBrace(1);
                    break;
                case '~' when Next('}'):
                    CloseBrace(2);
                    break;
                case >= '0' and <= '9':
                    ReadNumber();
                    break;
                default:
                    var end = HclCharacters.NameEnd(_text, _at);
                    if (end > _at)
                        Add(HclTokenKind.Identifier, end);
                    else
                        ReadOperator(c);
                    break;
            }
        }
    }

    private void CloseBrace(int length)
    {
        var closes = _returnsAt >= 0 && _returnsAt == _braces;
        _braces = Math.Max(0, _braces - 1);
        Add(closes || length == 2 ? HclTokenKind.SequenceEnd : HclTokenKind.CloseBrace, _at + length);
        if (!closes)
            return;
        // Behind the sequence the text that it stands in goes on.
        var outer = _outer.Pop();
        _returnsAt = outer.ReturnsAt;
        ReadText(outer.Marker, goesOn: true);
    }

    // A text up to its end or to the sequence in it, which the main loop reads.
    private void ReadText(string? marker, bool goesOn = false)
    {
        var isBare = marker is null;
        var isQuoted = marker?.Length == 0;
        var atLineStart = !goesOn;
        var start = _at;
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (c is '$' or '%')
            {
                if (At(_at + 1) == '{')
                {
                    AddText(isQuoted, start, _at);
                    var isTrimming = At(_at + 2) == '~';
                    Add(c == '$' ? HclTokenKind.Interpolation : HclTokenKind.Directive, _at + (isTrimming ? 3 : 2));
                    _braces++;
                    _outer.Push(new Outer(marker, _returnsAt));
                    _returnsAt = _braces;
                    return;
                }

                AddText(isQuoted, start, _at);
                start = _at;
                _at += At(_at + 1) == c && At(_at + 2) == '{' ? 3 : 1;
                AddText(isQuoted, start, _at);
                start = _at;
                atLineStart = false;
            }
            else if (isQuoted && c == '\\' && _at + 1 < _text.Length && _text[_at + 1] is not ('\n' or '\r'))
            {
                _at += 2;
            }
            else if (isQuoted && c == '"')
            {
                AddText(true, start, _at);
                Add(HclTokenKind.CloseQuote, _at + 1);
                return;
            }
            else if (isQuoted && c is '\n' or '\r')
            {
                // What is half typed ends with its line, so that the lines behind it keep their meaning.
                AddText(true, start, _at);
                Report(new TextSpan(Math.Max(0, start - 1), _at),
                    "A text in quotes ends on the line that it begins on: the closing quote is missing.");
                _tokens.Add(new HclToken(HclTokenKind.CloseQuote, _at, _at));
                return;
            }
            else if (!isQuoted && c == '\n')
            {
                if (!isBare && atLineStart && IsMarker(start, _at, marker!))
                {
                    var end = _at > start && _text[_at - 1] == '\r' ? _at - 1 : _at;
                    _tokens.Add(new HclToken(HclTokenKind.CloseHeredoc, start, end));
                    _at = end;
                    return;
                }

                _at++;
                AddText(false, start, _at);
                start = _at;
                atLineStart = true;
            }
            else
            {
                _at++;
            }
        }

        AddText(isQuoted, start, _at);
        if (isQuoted)
            Report(new TextSpan(_at, _at), "The closing quote of this text is missing.");
    }

    private bool IsMarker(int start, int end, string marker)
    {
        while (start < end && char.IsWhiteSpace(_text[start]))
            start++;
        while (end > start && char.IsWhiteSpace(_text[end - 1]))
            end--;
        return end - start == marker.Length && string.CompareOrdinal(_text, start, marker, 0, marker.Length) == 0;
    }

    // The marker of a heredoc, whose first line has been read; null where none begins.
    private string? HeredocMarker()
    {
        var start = At(_at + 2) == '-' ? _at + 3 : _at + 2;
        var end = HclCharacters.NameEnd(_text, start);
        var next = At(end) == '\r' ? end + 1 : end;
        if (end == start || At(next) != '\n')
            return null;
        Add(HclTokenKind.OpenHeredoc, next + 1);
        return _text.Substring(start, end - start);
    }

    private void ReadLineComment(int mark)
    {
        var end = _text.IndexOf('\n', _at);
        if (end < 0)
            end = _text.Length;
        else if (end > _at && _text[end - 1] == '\r')
            end--;
        Comment(_at, end, _text.Substring(_at + mark, Math.Max(0, end - _at - mark)));
        _at = end;
    }

    private void ReadBlockComment()
    {
        var end = _text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
        if (end < 0)
        {
            Report(new TextSpan(_at, Math.Min(_text.Length, _at + 2)), "This comment is not closed: '*/' is missing.");
            Comment(_at, _text.Length, _text.Substring(_at + 2));
            _at = _text.Length;
            return;
        }

        Comment(_at, end + 2, _text.Substring(_at + 2, end - _at - 2));
        _at = end + 2;
    }

    private void Comment(int start, int end, string text)
    {
        var before = start;
        while (before > 0 && _text[before - 1] is ' ' or '\t')
            before--;
        _comments.Add(new Comment(new TextSpan(start, end), text.Trim(), before == 0 || _text[before - 1] == '\n'));
    }

    private void ReadNumber()
    {
        var end = _at + 1;
        var at = end;
        while (at < _text.Length)
        {
            var c = _text[at];
            if (c is >= '0' and <= '9')
            {
                end = ++at;
            }
            else if (c == '.')
            {
                at++;
            }
            else if (c is 'e' or 'E' && (IsDigit(at + 1) || (At(at + 1) is '+' or '-' && IsDigit(at + 2))))
            {
                at += IsDigit(at + 1) ? 2 : 3;
                end = at;
            }
            else
            {
                break;
            }
        }

        Add(HclTokenKind.Number, end);
    }

    private void ReadOperator(char c)
    {
        var next = At(_at + 1);
        var (kind, length) = (c, next) switch
        {
            ('=', '=') => (HclTokenKind.EqualEqual, 2),
            ('!', '=') => (HclTokenKind.NotEqual, 2),
            ('>', '=') => (HclTokenKind.GreaterEqual, 2),
            ('<', '=') => (HclTokenKind.LessEqual, 2),
            ('&', '&') => (HclTokenKind.And, 2),
            ('|', '|') => (HclTokenKind.Or, 2),
            (':', ':') => (HclTokenKind.DoubleColon, 2),
            ('=', '>') => (HclTokenKind.FatArrow, 2),
            ('.', '.') when At(_at + 2) == '.' => (HclTokenKind.Ellipsis, 3),
            ('[', _) => (HclTokenKind.OpenBracket, 1),
            (']', _) => (HclTokenKind.CloseBracket, 1),
            ('(', _) => (HclTokenKind.OpenParenthesis, 1),
            (')', _) => (HclTokenKind.CloseParenthesis, 1),
            ('.', _) => (HclTokenKind.Dot, 1),
            (',', _) => (HclTokenKind.Comma, 1),
            ('*', _) => (HclTokenKind.Star, 1),
            ('/', _) => (HclTokenKind.Slash, 1),
            ('%', _) => (HclTokenKind.Percent, 1),
            ('+', _) => (HclTokenKind.Plus, 1),
            ('-', _) => (HclTokenKind.Minus, 1),
            ('=', _) => (HclTokenKind.Equal, 1),
            ('<', _) => (HclTokenKind.Less, 1),
            ('>', _) => (HclTokenKind.Greater, 1),
            ('!', _) => (HclTokenKind.Bang, 1),
            ('?', _) => (HclTokenKind.Question, 1),
            (':', _) => (HclTokenKind.Colon, 1),
            _ => (HclTokenKind.Invalid, char.IsHighSurrogate(c) && _at + 1 < _text.Length ? 2 : 1),
        };
        if (kind == HclTokenKind.Invalid)
        {
            var what = c switch
            {
                '\'' => "A text stands in double quotes: single quotes mean nothing here.",
                ';' => "Each argument stands on a line of its own: a semicolon means nothing here.",
                '&' or '|' or '^' or '~' => $"There is no operator '{c}'.",
                _ => "This character means nothing here.",
            };
            Report(new TextSpan(_at, _at + length), what);
        }

        Add(kind, _at + length);
    }

    private void AddText(bool isQuoted, int start, int end)
    {
        if (end > start)
            _tokens.Add(new HclToken(isQuoted ? HclTokenKind.QuotedText : HclTokenKind.HeredocText, start, end));
    }

    private void Add(HclTokenKind kind, int end)
    {
        _tokens.Add(new HclToken(kind, _at, end));
        _at = end;
    }

    private void Report(TextSpan span, string message)
    {
        if (_issues.Count < SyntaxLimits.Issues)
            _issues.Add(new SyntaxIssue(SyntaxIssueKind.Syntax, span, message));
    }

    private bool Next(char c) => At(_at + 1) == c;

    private bool IsDigit(int at) => At(at) is >= '0' and <= '9';

    private char At(int at) => at < _text.Length ? _text[at] : '\0';
}
