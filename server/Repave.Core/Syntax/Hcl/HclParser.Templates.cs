using System.Globalization;
using Repave.Core.Text;
using static Repave.Core.Syntax.Hcl.HclTokenKind;

namespace Repave.Core.Syntax.Hcl;

/// <summary>Texts in quotes, heredocs, and the sequences in them.</summary>
internal sealed partial class HclParser
{
    private enum Mark
    {
        Text,
        Value,
        If,
        Else,
        EndIf,
        For,
        EndFor,
    }

    /// <summary>A piece of a template before its directives are put together.</summary>
    private sealed class Piece(Mark mark, TextSpan span)
    {
        public Mark Mark { get; } = mark;

        public TextSpan Span { get; } = span;

        public string Text { get; set; } = "";

        public HclExpression? Value { get; set; }

        public string? KeyName { get; set; }

        public string ValueName { get; set; } = "";
    }

    private HclTemplate ReadTemplate(TextSpan open, HclTokenKind close, bool isHeredoc, bool isFlush)
    {
        var newlines = _newlines;
        _newlines = true;
        if (++_depth > SyntaxLimits.Depth)
        {
            Bound(open);
            _next = _tokens.Count - 1;
            _depth--;
            _newlines = newlines;
            return new HclTemplate(open, [], isHeredoc, false);
        }

        var pieces = ReadPieces(open, close);
        _depth--;
        _newlines = newlines;
        var span = new TextSpan(open.Start, Math.Max(open.End, LastEnd));
        if (isFlush)
            TakeIndentation(pieces);
        Meld(pieces);
        // One interpolation alone is its value, not a text of it.
        if (pieces is [{ Mark: Mark.Value, Value: { } only }])
            return new HclTemplate(span, [only], isHeredoc, isWrap: true);
        var at = 0;
        var parts = Assemble(pieces, ref at, null);
        return new HclTemplate(span, parts, isHeredoc, isWrap: false);
    }

    private List<Piece> ReadPieces(TextSpan open, HclTokenKind close)
    {
        var pieces = new List<Piece>();
        var trimsNext = false;
        while (true)
        {
            var token = Read();
            if (token.Kind == close)
                return pieces;
            var trims = trimsNext;
            trimsNext = false;
            switch (token.Kind)
            {
                case QuotedText or HeredocText:
                    var text = token.Kind == QuotedText ? Unquoted(token) : HclStrings.Normal(HclStrings.Unescape(TextOf(token)));
                    pieces.Add(new Piece(Mark.Text, token.Span) { Text = trims ? text.TrimStart() : text });
                    break;
                case Interpolation:
                    TrimBefore(pieces, token);
                    _newlines = false;
                    var wasLost = _isLost;
                    var value = ReadExpression();
                    trimsNext = EndSequence(open, close);
                    if (!wasLost && _isLost && _tokens[_next].Kind != End)
                    {
                        // The rest of the text is read, so that what stands behind it keeps its place.
                        _isLost = true;
                    }

                    pieces.Add(new Piece(Mark.Value, new TextSpan(token.Start, Math.Max(token.End, LastEnd))) { Value = value });
                    _newlines = true;
                    break;
                case Directive:
                    TrimBefore(pieces, token);
                    _newlines = false;
                    if (ReadDirective(token) is { } piece)
                    {
                        pieces.Add(piece);
                        trimsNext = EndSequence(open, close);
                    }
                    else
                    {
                        RecoverTo(SequenceEnd);
                    }

                    _newlines = true;
                    break;
                case End:
                    Lose(open, close == CloseHeredoc
                        ? "The end of this heredoc is missing: its marker alone on a line, with a line break behind it."
                        : "The end of this text is missing.");
                    return pieces;
                default:
                    Lose(token.Span, "This does not belong into a text.");
                    RecoverTo(close);
                    return pieces;
            }
        }
    }

    private void TrimBefore(List<Piece> pieces, HclToken token)
    {
        if (token.End - token.Start == 3 && pieces.Count > 0 && pieces[pieces.Count - 1] is { Mark: Mark.Text } before
            && before.Span.End == token.Start)
            before.Text = before.Text.TrimEnd();
    }

    // Reads the end of a sequence, and says whether it takes the white space behind it.
    private bool EndSequence(TextSpan open, HclTokenKind close)
    {
        if (!_isLost && Peek.Kind == SequenceEnd)
        {
            var end = Read();
            return end.End - end.Start == 2;
        }

        var isOver = Peek.Kind == End || (close == CloseQuote && Peek.Kind is CloseQuote or OpenQuote);
        Report(isOver ? open : Peek.Span, isOver
            ? "A sequence in this text is not closed: a brace is missing."
            : "A brace should close the sequence here; a literal '${' is written '$${'.");
        RecoverTo(SequenceEnd);
        return false;
    }

    private Piece? ReadDirective(HclToken open)
    {
        var word = Peek;
        if (word.Kind != Identifier)
        {
            Lose(word.Span, "A directive begins with if, else, endif, for or endfor; a literal '%{' is written '%%{'.");
            return null;
        }

        Read();
        var span = new TextSpan(open.Start, word.End);
        switch (TextOf(word))
        {
            case "if":
                return new Piece(Mark.If, span) { Value = ReadExpression() };
            case "else":
                return new Piece(Mark.Else, span);
            case "endif":
                return new Piece(Mark.EndIf, span);
            case "endfor":
                return new Piece(Mark.EndFor, span);
            case "for":
                string? keyName = null;
                var valueName = "";
                if (!ReadName(ref valueName))
                    return null;
                if (Peek.Kind == Comma)
                {
                    Read();
                    keyName = valueName;
                    if (!ReadName(ref valueName))
                        return null;
                }

                ReadWord("in", "The word 'in' and what to go through are missing in this 'for'.");
                return _isLost ? null : new Piece(Mark.For, span) { KeyName = keyName, ValueName = valueName, Value = ReadExpression() };
            default:
                Lose(word.Span, "A directive begins with if, else, endif, for or endfor; a literal '%{' is written '%%{'.");
                return null;
        }
    }

    // "<<-": what all lines are indented by is no part of the text.
    private static void TakeIndentation(List<Piece> pieces)
    {
        var least = int.MaxValue;
        var beginsLine = true;
        var adjust = new List<Piece>();
        foreach (var piece in pieces)
        {
            if (beginsLine)
            {
                beginsLine = false;
                var spaces = 0;
                if (piece.Mark == Mark.Text)
                {
                    var trimmed = piece.Text.TrimStart();
                    if (trimmed.Length == 0 && piece.Text.EndsWith("\n", StringComparison.Ordinal))
                    {
                        spaces = int.MaxValue;
                    }
                    else
                    {
                        spaces = piece.Text.Length - trimmed.Length;
                        adjust.Add(piece);
                    }
                }

                least = Math.Min(least, spaces);
            }

            if (piece.Mark == Mark.Text && piece.Text.EndsWith("\n", StringComparison.Ordinal))
                beginsLine = true;
        }

        foreach (var piece in adjust)
            piece.Text = piece.Text.Substring(Math.Min(least, piece.Text.Length));
    }

    private static void Meld(List<Piece> pieces)
    {
        var melded = new List<Piece>(pieces.Count);
        var text = new System.Text.StringBuilder();
        for (var i = 0; i < pieces.Count; i++)
        {
            if (pieces[i].Mark != Mark.Text)
            {
                melded.Add(pieces[i]);
                continue;
            }

            var start = pieces[i].Span.Start;
            text.Clear();
            while (i < pieces.Count && pieces[i].Mark == Mark.Text)
                text.Append(pieces[i++].Text);
            i--;
            melded.Add(new Piece(Mark.Text, new TextSpan(start, pieces[i].Span.End)) { Text = text.ToString() });
        }

        pieces.Clear();
        pieces.AddRange(melded);
    }

    // Directives and what they hold, up to the end of the one that is open.
    private List<HclExpression> Assemble(List<Piece> pieces, ref int at, Piece? open)
    {
        var parts = new List<HclExpression>();
        if (++_depth > SyntaxLimits.Depth)
        {
            _depth--;
            Bound(open?.Span ?? default);
            at = pieces.Count;
            return parts;
        }

        while (at < pieces.Count)
        {
            var piece = pieces[at];
            switch (piece.Mark)
            {
                case Mark.Text:
                    at++;
                    parts.Add(new HclText(piece.Span, piece.Text));
                    break;
                case Mark.Value:
                    at++;
                    parts.Add(piece.Value!);
                    break;
                case Mark.If:
                    at++;
                    parts.Add(AssembleIf(pieces, ref at, piece));
                    break;
                case Mark.For:
                    at++;
                    parts.Add(AssembleFor(pieces, ref at, piece));
                    break;
                default:
                    if (open is not null)
                    {
                        _depth--;
                        return parts;
                    }

                    at++;
                    Report(piece.Span, "This directive ends none.");
                    break;
            }
        }

        _depth--;
        return parts;
    }

    private HclExpression AssembleIf(List<Piece> pieces, ref int at, Piece open)
    {
        var whenTrue = Content(Assemble(pieces, ref at, open), open);
        var whenFalse = Content([], open);
        if (at < pieces.Count && pieces[at].Mark == Mark.Else)
        {
            var other = pieces[at++];
            whenFalse = Content(Assemble(pieces, ref at, open), other);
        }

        if (at < pieces.Count && pieces[at].Mark == Mark.EndIf)
            at++;
        else
            Unfinished(pieces, ref at, open, "endif");
        return new HclConditional(new TextSpan(open.Span.Start, whenFalse.Span.End), open.Value!, whenTrue, whenFalse);
    }

    private HclExpression AssembleFor(List<Piece> pieces, ref int at, Piece open)
    {
        var content = Content(Assemble(pieces, ref at, open), open);
        if (at < pieces.Count && pieces[at].Mark == Mark.EndFor)
            at++;
        else
            Unfinished(pieces, ref at, open, "endfor");
        var span = new TextSpan(open.Span.Start, content.Span.End);
        return new HclTemplateFor(span,
            new HclFor(span, open.KeyName, open.ValueName, open.Value!, null, content, null, groups: false, makesObject: false));
    }

    private void Unfinished(List<Piece> pieces, ref int at, Piece open, string end)
    {
        Report(at < pieces.Count ? pieces[at].Span : open.Span,
            string.Format(CultureInfo.InvariantCulture, "A '%{{ {0} }}' is missing.", end));
        if (at < pieces.Count)
            at++;
    }

    private static HclTemplate Content(List<HclExpression> parts, Piece open) =>
        new(parts.Count == 0 ? new TextSpan(open.Span.End, open.Span.End)
            : new TextSpan(parts[0].Span.Start, Math.Max(parts[0].Span.Start, parts[parts.Count - 1].Span.End)), parts, false, false);
}
