using System.Globalization;
using System.Text;
using static Repave.Core.Syntax.Hcl.HclTokenKind;

namespace Repave.Core.Syntax.Hcl;

/// <summary>Where HCL's tokens stand, as hashicorp/hcl lays them out: lines are indented by the brackets that are open, tokens stand one
/// space apart or none, and the equals signs and the comments of lines that follow each other stand below each other. Only white space
/// changes.</summary>
internal sealed class HclLayout
{
    private readonly List<Piece> _pieces = [];
    private readonly List<Line> _lines = [];
    private int[] _spaces = [];

    // Spaces behind the last break, which stay.
    private int _atEnd;

    private HclLayout()
    {
    }

    /// <summary>A token or a comment. A comment that ends with its line holds the line break as well.</summary>
    private readonly record struct Piece(HclTokenKind Kind, bool IsComment, string Text)
    {
        /// <summary>How many brackets it opens; negative: closes.</summary>
        public int Opens => IsComment ? 0 : Kind switch
        {
            OpenBrace or OpenBracket or OpenParenthesis or Interpolation or Directive => 1,
            CloseBrace or CloseBracket or CloseParenthesis or SequenceEnd => -1,
            _ => 0,
        };

        public bool EndsLine => Kind == Newline || (IsComment && Text.EndsWith('\n'));

        public bool Is(HclTokenKind kind) => !IsComment && Kind == kind;
    }

    /// <summary>The pieces of a line: up to <paramref name="Value"/> what it begins with, then an equals sign and a value, then from
    /// <paramref name="Comment"/> a comment.</summary>
    private readonly record struct Line(int Start, int Value, int Comment, int End)
    {
        public bool HasValue => Value < Comment;

        public bool HasComment => Comment < End;
    }

    /// <summary>A text as it should stand.</summary>
    public static string Of(string text)
    {
        var layout = new HclLayout();
        layout.Read(text);
        layout.FindLines();
        layout._spaces = new int[layout._pieces.Count];
        layout.Indent();
        foreach (var line in layout._lines)
        {
            layout.Space(line.Start, line.Value);
            layout.Space(line.Value, line.Comment);
        }

        layout.Align(static line => line.HasValue, static line => line.Value);
        layout.Align(static line => line.HasComment, static line => line.Comment);
        return layout.Write();
    }

    private void Read(string text)
    {
        var comments = new List<Comment>();
        var tokens = HclLexer.Read(text, [], comments);
        var next = 0;
        var end = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            for (; next < comments.Count && comments[next].Span.Start < token.Start; next++)
            {
                var span = comments[next].Span;
                // A comment that ends with its line is followed by nothing but the line's break.
                var isLine = token.Kind == Newline && token.Start == span.End && (text[span.Start] == '#' || text[span.Start + 1] == '/');
                end = isLine ? token.End : span.End;
                _pieces.Add(new Piece(End, true, text.Substring(span.Start, end - span.Start)));
                if (isLine)
                    token = tokens[++i];
            }

            if (token.Kind == End)
                continue;
            end = token.End;
            _pieces.Add(new Piece(token.Kind, false, text.Substring(token.Start, end - token.Start)));
        }

        _atEnd = text.Length - end;
    }

    private void FindLines()
    {
        var start = 0;
        for (var i = 0; i < _pieces.Count; i++)
        {
            if (!_pieces[i].EndsLine && i + 1 < _pieces.Count)
                continue;
            var end = i + 1;
            var comment = end - start > 1 && _pieces[i].IsComment ? i : end;
            _lines.Add(new Line(start, ValueOf(start, comment), comment, end));
            start = end;
        }
    }

    // A value that ends on its line begins with the first equals sign; that of other lines belongs to what they begin with.
    private int ValueOf(int start, int end)
    {
        for (var i = start + 1; i < end; i++)
        {
            if (_pieces[i].Is(Equal))
                return Opened(i, end) == 0 ? i : end;
        }

        return end;
    }

    private int Opened(int start, int end)
    {
        var opened = 0;
        for (var i = start; i < end && !_pieces[i].Is(OpenHeredoc); i++)
            opened += _pieces[i].Opens;
        return opened;
    }

    private void Indent()
    {
        // For each line that goes in, how many brackets it opened that are still open.
        var open = new Stack<int>();
        foreach (var line in _lines)
        {
            if (_pieces[line.Start].Is(Newline))
                continue;
            var opened = Opened(line.Start, line.Value);
            if (opened < 0)
                Close(open, -opened);
            _spaces[line.Start] = 2 * open.Count;
            if (opened > 0)
                open.Push(opened);
        }
    }

    private static void Close(Stack<int> open, int count)
    {
        while (count > 0 && open.Count > 0)
        {
            var last = open.Pop();
            if (last > count)
                open.Push(last - count);
            count -= last;
        }
    }

    private void Space(int start, int end)
    {
        for (var i = start + 1; i < end; i++)
            _spaces[i] = StandApart(i > start + 1 ? _pieces[i - 2] : null, _pieces[i - 1], _pieces[i]) ? 1 : 0;
    }

    // Whether there is a space between two tokens of a line.
    private static bool StandApart(Piece? before, Piece left, Piece right)
    {
        var (l, r) = (left.IsComment ? End : left.Kind, right.IsComment ? End : right.Kind);
        if (r == Newline || (l == Identifier && r is OpenParenthesis or DoubleColon) || (l == DoubleColon && r == Identifier)
            || l == Dot || r is Dot or Comma or Ellipsis)
            return false;
        if (l == Comma)
            return true;
        if (l is QuotedText or HeredocText or OpenQuote or OpenHeredoc || r is QuotedText or HeredocText or CloseQuote or CloseHeredoc)
            return false;
        // What a for expression goes through may begin with a bracket, which is no index of the word before.
        if (l == Identifier && left.Text == "in" && before?.Is(Identifier) == true)
            return true;
        if ((r == OpenBracket && (l is Identifier or Number || left.Opens < 0)) || l == Bang)
            return false;
        if (l == Minus)
            return !IsSign(before);
        if (l == OpenBrace || r == CloseBrace)
            return l != OpenBrace || r != CloseBrace;
        if ((l is Interpolation or Directive && r == OpenBrace) || (l == CloseBrace && r == SequenceEnd))
            return true;
        return !(l == SequenceEnd && r is Interpolation or Directive) && left.Opens <= 0 && right.Opens >= 0;
    }

    // A minus behind what no value ends with is a sign.
    private static bool IsSign(Piece? before) => before is not { } piece || (!piece.IsComment && piece.Kind is OpenParenthesis or OpenBrace
        or OpenBracket or Equal or Colon or Comma or Question or Plus or Star or Slash or Percent or Minus or EqualEqual or NotEqual
        or Greater or GreaterEqual or Less or LessEqual or And or Or or Bang);

    // Of lines that follow each other and all have a part, these parts stand below each other.
    private void Align(Func<Line, bool> has, Func<Line, int> part)
    {
        for (var first = 0; first < _lines.Count; first++)
        {
            var end = first;
            var widest = 0;
            for (; end < _lines.Count && has(_lines[end]); end++)
                widest = Math.Max(widest, Width(_lines[end].Start, part(_lines[end])));
            for (; first < end; first++)
                _spaces[part(_lines[first])] = widest - Width(_lines[first].Start, part(_lines[first])) + 1;
        }
    }

    // In characters as people count them.
    private int Width(int start, int end)
    {
        var width = 0;
        for (var i = start; i < end; i++)
            width += _spaces[i] + WidthOf(_pieces[i].Text);
        return width;
    }

    private static int WidthOf(string text)
    {
        foreach (var c in text)
        {
            if (c is '\r' or >= '\u0080')
                return new StringInfo(text).LengthInTextElements;
        }

        return text.Length;
    }

    private string Write()
    {
        var text = new StringBuilder();
        for (var i = 0; i < _pieces.Count; i++)
            text.Append(' ', _spaces[i]).Append(_pieces[i].Text);
        return text.Append(' ', _atEnd).ToString();
    }
}
