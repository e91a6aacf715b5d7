using Repave.Core.Text;
using static Repave.Core.Syntax.Hcl.HclTokenKind;

namespace Repave.Core.Syntax.Hcl;

/// <summary>Reads HCL: blocks and arguments. What makes no sense is an issue, and what is behind it on other lines is read all the
/// same.</summary>
internal sealed partial class HclParser
{
    private readonly string _text;
    private readonly List<HclToken> _tokens;
    private readonly List<SyntaxIssue> _issues;
    private int _next;
    private int _depth;

    // Whether a line break ends something, or is white space.
    private bool _newlines = true;

    // Once something was wrong, nothing more is said until the parser has found its way again.
    private bool _isLost;

    // Where in its document the text begins.
    private readonly int _start;

    private HclParser(string text, List<HclToken> tokens, List<SyntaxIssue> issues, int start = 0)
    {
        (_text, _issues, _start) = (text, issues, start);
        _tokens = start == 0 ? tokens : [.. tokens.Select(t => new HclToken(t.Kind, t.Start + start, t.End + start))];
    }

    private HclToken Peek
    {
        get
        {
            if (!_newlines)
            {
                while (_tokens[_next].Kind == Newline)
                    _next++;
            }

            return _tokens[_next];
        }
    }

    private int LastEnd => _next == 0 ? 0 : _tokens[_next - 1].End;

    /// <summary>Reads a document.</summary>
    public static HclDocument Parse(string text)
    {
        var issues = new List<SyntaxIssue>();
        var comments = new List<Comment>();
        var parser = new HclParser(text, HclLexer.Read(text, issues, comments), issues);
        var body = parser.ReadBody(null);
        issues.Sort((a, b) => a.Span.Start.CompareTo(b.Span.Start));
        return new HclDocument(text, issues, body, comments);
    }

    /// <summary>Reads an expression that stands alone.</summary>
    public static HclExpression ParseExpression(string text, int start, List<SyntaxIssue> issues)
    {
        var parser = new HclParser(text, HclLexer.Read(text, issues, []), issues, start) { _newlines = false };
        var expression = parser.ReadExpression();
        if (parser.Peek.Kind != End)
            parser.Lose(parser.Peek.Span, "The expression ends before this.");
        return expression;
    }

    /// <summary>Reads a template that stands in no quotes.</summary>
    public static HclExpression ParseTemplate(string text, int start, List<SyntaxIssue> issues)
    {
        var parser = new HclParser(text, HclLexer.ReadTemplate(text, issues), issues, start);
        return parser.ReadTemplate(new TextSpan(start, start), End, isHeredoc: false, isFlush: false);
    }

    private HclToken Read()
    {
        var token = Peek;
        if (token.Kind != End)
            _next++;
        return token;
    }

    // Arguments and blocks up to the closing brace of a block, or to the end.
    private HclBody ReadBody(HclToken? open)
    {
        var attributes = new List<HclAttribute>();
        var blocks = new List<HclBlock>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var start = open?.End ?? 0;
        while (true)
        {
            var token = Peek;
            switch (token.Kind)
            {
                case Newline:
                    Read();
                    continue;
                case End:
                    if (open is { } brace)
                        Report(brace.Span, "The closing brace of this block is missing.");
                    return new HclBody(new TextSpan(start, token.Start), attributes, blocks);
                case CloseBrace when open is not null:
                    Read();
                    return new HclBody(new TextSpan(start, token.Start), attributes, blocks);
                case Identifier:
                    _isLost = false;
                    ReadItem(attributes, blocks, names, isSingle: false);
                    break;
                default:
                    _isLost = false;
                    Report(token.Span, token.Kind switch
                    {
                        CloseBrace => "This closing brace belongs to no block.",
                        OpenQuote => "The name of an argument or a block stands here without quotes.",
                        _ => "An argument or a block begins with a name.",
                    });
                    Recover();
                    break;
            }
        }
    }

    private void ReadItem(List<HclAttribute> attributes, List<HclBlock> blocks, HashSet<string> names, bool isSingle)
    {
        var name = Read();
        var next = Peek;
        if (next.Kind == Equal)
        {
            var attribute = ReadAttribute(name, isSingle);
            if (!names.Add(attribute.Name))
            {
                if (_issues.Count < SyntaxLimits.Issues)
                    _issues.Add(new SyntaxIssue(SyntaxIssueKind.DuplicateKey, name.Span,
                        $"Duplicate argument '{attribute.Name}'."));
            }

            attributes.Add(attribute);
        }
        else if (next.Kind is OpenQuote or OpenBrace or Identifier && !isSingle)
        {
            blocks.Add(ReadBlock(name));
        }
        else
        {
            Report(name.Span, isSingle
                ? "A block on one line holds one argument and nothing else."
                : $"'{TextOf(name)}' is neither an argument nor a block: an equals sign with a value, or a brace, is missing.");
            attributes.Add(new HclAttribute(TextOf(name), name.Span, new HclBroken(new TextSpan(name.End, name.End), []), name.Span));
            Recover();
        }
    }

    private HclAttribute ReadAttribute(HclToken name, bool isSingle)
    {
        Read();
        var value = ReadExpression();
        if (_isLost)
        {
            Recover();
        }
        else if (!isSingle)
        {
            var end = Peek;
            if (end.Kind is Newline or End)
            {
                Read();
            }
            else
            {
                Report(end.Span, end.Kind == Comma
                    ? "Arguments stand on lines of their own, without commas."
                    : "An argument ends with its line: a line break is missing before this.");
                Recover();
            }
        }

        return new HclAttribute(TextOf(name), name.Span, value, new TextSpan(name.Start, Math.Max(value.Span.End, name.End)));
    }

    private HclBlock ReadBlock(HclToken type)
    {
        var labels = new List<HclLabel>();
        while (Peek.Kind is OpenQuote or Identifier)
        {
            var token = Peek;
            if (token.Kind == Identifier)
            {
                Read();
                labels.Add(new HclLabel(TextOf(token), token.Span, false));
            }
            else
            {
                labels.Add(ReadLabel());
            }
        }

        if (Peek.Kind != OpenBrace)
        {
            Report(Peek.Kind is Newline or End ? type.Span : Peek.Span, Peek.Kind == Equal
                ? "An argument has one name, and a block has no equals sign."
                : "The opening brace of this block is missing; it stands on the line that the block begins on.");
            var end = LastEnd;
            Recover();
            return new HclBlock(TextOf(type), type.Span, labels, new HclBody(new TextSpan(end, end), [], []),
                new TextSpan(type.Start, end));
        }

        var open = Read();
        if (++_depth > SyntaxLimits.Depth)
            return TooDeep(type, labels, open);
        HclBody body;
        if (Peek.Kind is Newline or End or CloseBrace)
        {
            body = ReadBody(open);
        }
        else
        {
            var attributes = new List<HclAttribute>();
            if (Peek.Kind == Identifier)
                ReadItem(attributes, [], [], isSingle: true);
            else
                Lose(Peek.Span, "An argument or a block begins with a name.");
            if (Peek.Kind == CloseBrace)
            {
                Read();
            }
            else
            {
                Report(Peek.Span, "A block on one line holds one argument and ends on that line.");
                RecoverTo(CloseBrace);
            }

            body = new HclBody(new TextSpan(open.End, Math.Max(open.End, LastEnd - 1)), attributes, []);
        }

        _depth--;
        var after = LastEnd;
        if (Peek.Kind is Newline or End)
        {
            Read();
        }
        else
        {
            Report(Peek.Span, "A block ends with its line: a line break is missing before this.");
            Recover();
        }

        return new HclBlock(TextOf(type), type.Span, labels, body, new TextSpan(type.Start, after));
    }

    private HclBlock TooDeep(HclToken type, List<HclLabel> labels, HclToken open)
    {
        Bound(open.Span);
        _next = _tokens.Count - 1;
        _depth--;
        return new HclBlock(TextOf(type), type.Span, labels, new HclBody(new TextSpan(open.End, open.End), [], []),
            new TextSpan(type.Start, open.End));
    }

    private HclLabel ReadLabel()
    {
        var open = Read();
        var text = "";
        while (true)
        {
            var token = Read();
            switch (token.Kind)
            {
                case CloseQuote:
                    return new HclLabel(text, new TextSpan(open.Start, token.End), true);
                case QuotedText:
                    text += Unquoted(token);
                    break;
                case Interpolation or Directive:
                    Report(token.Span, "A label is a text as it stands: nothing can be filled in.");
                    RecoverTo(SequenceEnd);
                    _isLost = false;
                    break;
                default:
                    Report(open.Span, "The closing quote of this label is missing.");
                    return new HclLabel(text, new TextSpan(open.Start, Math.Max(open.End, LastEnd)), true);
            }
        }
    }

    private string Unquoted(HclToken token)
    {
        var text = HclStrings.Unquote(TextOf(token), out var bad);
        if (bad >= 0)
        {
            var end = Math.Min(token.End, token.Start + bad + 2);
            Report(new TextSpan(token.Start + bad, end), "There is no such escape; a backslash itself is written '\\\\'.");
        }

        return text;
    }

    private string TextOf(HclToken token) => _text.Substring(token.Start - _start, token.End - token.Start);

    // Goes on behind the item that is broken: the next line break outside of every bracket that was opened since.
    private void Recover()
    {
        var depth = 0;
        while (true)
        {
            var token = _tokens[_next];
            switch (token.Kind)
            {
                case End:
                    return;
                case Newline when depth <= 0:
                    _next++;
                    return;
                case CloseBrace when depth <= 0 && _depth > 0:
                    return;
                case OpenBrace or OpenBracket or OpenParenthesis or OpenQuote or OpenHeredoc or Interpolation or Directive:
                    depth++;
                    break;
                case CloseBrace or CloseBracket or CloseParenthesis or CloseQuote or CloseHeredoc or SequenceEnd:
                    depth--;
                    break;
            }

            _next++;
        }
    }

    // Goes on behind a closing bracket.
    private HclToken RecoverTo(HclTokenKind close)
    {
        _isLost = true;
        var depth = 0;
        while (true)
        {
            var token = _tokens[_next];
            if (token.Kind == End)
                return token;
            _next++;
            if (depth == 0 && token.Kind == close)
                return token;
            switch (token.Kind)
            {
                case OpenBrace or OpenBracket or OpenParenthesis or OpenQuote or OpenHeredoc or Interpolation or Directive:
                    depth++;
                    break;
                case CloseBrace or CloseBracket or CloseParenthesis or CloseQuote or CloseHeredoc or SequenceEnd:
                    if (--depth < 0)
                    {
                        // It belongs to something around this.
                        _next--;
                        return token;
                    }

                    break;
            }
        }
    }

    private void Report(TextSpan span, string message)
    {
        if (!_isLost && _issues.Count < SyntaxLimits.Issues)
            _issues.Add(new SyntaxIssue(SyntaxIssueKind.Syntax, span, message));
    }

    private void Lose(TextSpan span, string message)
    {
        Report(span, message);
        _isLost = true;
    }

    private void Bound(TextSpan span)
    {
        if (_issues.Count < SyntaxLimits.Issues)
            _issues.Add(new SyntaxIssue(SyntaxIssueKind.Bound, span,
                $"This nests deeper than {SyntaxLimits.Depth} levels and was not read."));
        _isLost = true;
    }
}
