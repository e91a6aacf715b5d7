using System.Globalization;
using Repave.Core.Text;
using static Repave.Core.Syntax.Hcl.HclTokenKind;

namespace Repave.Core.Syntax.Hcl;

/// <summary>Expressions.</summary>
internal sealed partial class HclParser
{
    private static readonly Dictionary<HclTokenKind, (HclOperator Operator, int Level)> Operators = new()
    {
        [HclTokenKind.Or] = (HclOperator.Or, 0),
        [HclTokenKind.And] = (HclOperator.And, 1),
        [EqualEqual] = (HclOperator.Equal, 2),
        [HclTokenKind.NotEqual] = (HclOperator.NotEqual, 2),
        [HclTokenKind.Greater] = (HclOperator.Greater, 3),
        [HclTokenKind.GreaterEqual] = (HclOperator.GreaterEqual, 3),
        [HclTokenKind.Less] = (HclOperator.Less, 3),
        [HclTokenKind.LessEqual] = (HclOperator.LessEqual, 3),
        [Plus] = (HclOperator.Add, 4),
        [Minus] = (HclOperator.Subtract, 4),
        [Star] = (HclOperator.Multiply, 5),
        [Slash] = (HclOperator.Divide, 5),
        [Percent] = (HclOperator.Modulo, 5),
    };

    private const int Levels = 6;

    private HclExpression ReadExpression()
    {
        if (++_depth > SyntaxLimits.Depth)
        {
            _depth--;
            var here = Peek.Span;
            Bound(here);
            _next = _tokens.Count - 1;
            return new HclBroken(here, []);
        }

        var condition = ReadBinary(0);
        if (!_isLost && Peek.Kind == Question)
        {
            Read();
            var whenTrue = ReadExpression();
            if (!_isLost && Peek.Kind != Colon)
                Lose(Peek.Span, "A condition's second value, behind a colon, is missing.");
            if (!_isLost)
                Read();
            var whenFalse = _isLost ? new HclBroken(new TextSpan(LastEnd, LastEnd), []) : ReadExpression();
            condition = new HclConditional(Between(condition, whenFalse), condition, whenTrue, whenFalse);
        }

        _depth--;
        return condition;
    }

    private HclExpression ReadBinary(int level)
    {
        if (level == Levels)
            return ReadTraversals();
        var left = ReadBinary(level + 1);
        while (!_isLost && Operators.TryGetValue(Peek.Kind, out var found) && found.Level == level)
        {
            Read();
            var right = ReadBinary(level + 1);
            left = new HclBinary(Between(left, right), found.Operator, left, right);
        }

        return left;
    }

    private HclExpression ReadTraversals() => ReadTraversals(ReadTerm());

    private HclExpression ReadTraversals(HclExpression from)
    {
        var result = from;
        while (!_isLost)
        {
            switch (Peek.Kind)
            {
                case Dot:
                    result = ReadDot(result);
                    break;
                case OpenBracket:
                    result = ReadIndex(result);
                    break;
                default:
                    return result;
            }
        }

        return result;
    }

    private HclExpression ReadDot(HclExpression source)
    {
        var dot = Read();
        var token = Peek;
        switch (token.Kind)
        {
            case Identifier:
                Read();
                return Step(source, new HclStep(new TextSpan(dot.Start, token.End), TextOf(token), null, false));
            case Number:
                Read();
                // "a.0.1" has one number here.
                if (TextOf(token).IndexOf('.') >= 0)
                    Lose(token.Span, "Two indexes in a row are written in brackets: [0][1].");
                return Step(source, new HclStep(new TextSpan(dot.Start, token.End), null, TextOf(token), true));
            case Star:
                Read();
                var item = new HclSplatItem(new TextSpan(dot.Start, token.End));
                HclExpression each = item;
                while (!_isLost && Peek.Kind == Dot)
                {
                    var next = Read();
                    if (Peek.Kind is Identifier or Number)
                    {
                        var name = Read();
                        if (name.Kind == Number && TextOf(name).IndexOf('.') >= 0)
                            Lose(name.Span, "Two indexes in a row are written in brackets: [0][1].");
                        each = Step(each, name.Kind == Identifier
                            ? new HclStep(new TextSpan(next.Start, name.End), TextOf(name), null, false)
                            : new HclStep(new TextSpan(next.Start, name.End), null, TextOf(name), true));
                    }
                    else
                    {
                        Lose(Peek.Kind == Newline ? next.Span : Peek.Span, Peek.Kind == Star
                            ? "A splat within a splat is written in brackets: [*]."
                            : "The name of an attribute is missing behind the dot.");
                    }
                }

                return new HclSplat(new TextSpan(source.Span.Start, LastEnd), source, each, item);
            default:
                Lose(dot.Span, "The name of an attribute is missing behind the dot.");
                return Step(source, new HclStep(dot.Span, "", null, false));
        }
    }

    private HclExpression ReadIndex(HclExpression source)
    {
        var open = Read();
        if (Peek.Kind == Star)
        {
            Read();
            if (Peek.Kind != CloseBracket)
            {
                Report(Peek.Span, "The closing bracket is missing behind the star.");
                RecoverTo(CloseBracket);
            }
            else
            {
                Read();
            }

            var item = new HclSplatItem(new TextSpan(open.Start, LastEnd));
            var each = ReadTraversals(item);
            return new HclSplat(new TextSpan(source.Span.Start, LastEnd), source, each, item);
        }

        var newlines = _newlines;
        _newlines = false;
        var key = ReadExpression();
        if (_isLost)
        {
            RecoverTo(CloseBracket);
        }
        else if (Peek.Kind == CloseBracket)
        {
            Read();
        }
        else
        {
            Report(Peek.Span, "The closing bracket of this index is missing.");
            RecoverTo(CloseBracket);
        }

        _newlines = newlines;
        var span = new TextSpan(open.Start, Math.Max(open.End, LastEnd));
        return key switch
        {
            HclLiteral { Kind: HclLiteralKind.Number } number => Step(source, new HclStep(span, null, number.Written, true)),
            HclTemplate { IsWrap: false } template when template.Text is { } text => Step(source, new HclStep(span, text, null, true)),
            _ => new HclIndex(new TextSpan(source.Span.Start, span.End), source, key),
        };
    }

    private static HclExpression Step(HclExpression source, HclStep step)
    {
        var span = new TextSpan(source.Span.Start, Math.Max(source.Span.End, step.Span.End));
        return source switch
        {
            HclTraversal traversal => new HclTraversal(span, traversal.Root, traversal.RootSpan, [.. traversal.Steps, step]),
            HclRelative relative => new HclRelative(span, relative.Source, [.. relative.Steps, step]),
            _ => new HclRelative(span, source, [step]),
        };
    }

    private HclExpression ReadTerm()
    {
        var token = Peek;
        switch (token.Kind)
        {
            case OpenParenthesis:
                {
                    Read();
                    var newlines = _newlines;
                    _newlines = false;
                    var inner = ReadExpression();
                    if (_isLost)
                        RecoverTo(CloseParenthesis);
                    else if (Peek.Kind != CloseParenthesis)
                        Lose(Peek.Span, "The closing parenthesis is missing.");
                    else
                        Read();
                    _newlines = newlines;
                    return new HclParentheses(new TextSpan(token.Start, Math.Max(token.End, LastEnd)), inner);
                }

            case Number:
                Read();
                // "1.2.3" is one token, and no number.
                if (!double.TryParse(TextOf(token), NumberStyles.Float, CultureInfo.InvariantCulture, out _))
                    Report(token.Span, $"'{TextOf(token)}' is not a number.");
                return new HclLiteral(token.Span, HclLiteralKind.Number, TextOf(token));
            case Identifier:
                Read();
                if (Peek.Kind is OpenParenthesis or DoubleColon)
                    return ReadCall(token);
                var name = TextOf(token);
                return name switch
                {
                    "true" or "false" => new HclLiteral(token.Span, HclLiteralKind.Boolean, name),
                    "null" => new HclLiteral(token.Span, HclLiteralKind.Null, name),
                    _ => new HclTraversal(token.Span, name, token.Span, []),
                };
            case OpenQuote:
                Read();
                return ReadTemplate(token.Span, CloseQuote, isHeredoc: false, isFlush: false);
            case OpenHeredoc:
                Read();
                return ReadTemplate(token.Span, CloseHeredoc, isHeredoc: true, isFlush: _text[token.Start - _start + 2] == '-');
            case Minus or Bang:
                {
                    Read();
                    if (++_depth > SyntaxLimits.Depth)
                    {
                        _depth--;
                        Bound(token.Span);
                        _next = _tokens.Count - 1;
                        return new HclBroken(token.Span, []);
                    }

                    var operand = ReadTraversals();
                    _depth--;
                    return new HclUnary(new TextSpan(token.Start, Math.Max(token.End, operand.Span.End)),
                        token.Kind == Minus ? HclOperator.Negate : HclOperator.Not, operand);
                }

            case OpenBracket:
                return ReadTuple();
            case OpenBrace:
                return ReadObject();
            default:
                Lose(token.Kind is Newline or End ? new TextSpan(LastEnd, LastEnd) : token.Span, token.Kind is Newline or End
                    ? "A value is missing here." : "No value begins like this.");
                return new HclBroken(new TextSpan(LastEnd, LastEnd), []);
        }
    }

    private HclExpression ReadCall(HclToken first)
    {
        var name = TextOf(first);
        var nameEnd = first.End;
        while (Peek.Kind == DoubleColon)
        {
            Read();
            var next = Peek;
            if (next.Kind != Identifier)
            {
                Lose(next.Span, "The name of a function is missing behind '::'.");
                return new HclBroken(new TextSpan(first.Start, LastEnd), []);
            }

            Read();
            name += "::" + TextOf(next);
            nameEnd = next.End;
        }

        if (Peek.Kind != OpenParenthesis)
        {
            Lose(Peek.Span, "The arguments of this function, in parentheses, are missing.");
            return new HclBroken(new TextSpan(first.Start, LastEnd), []);
        }

        Read();
        var newlines = _newlines;
        _newlines = false;
        var arguments = new List<HclExpression>();
        var expands = false;
        while (true)
        {
            if (Peek.Kind == CloseParenthesis)
            {
                Read();
                break;
            }

            arguments.Add(ReadExpression());
            if (_isLost)
            {
                RecoverTo(CloseParenthesis);
                break;
            }

            var separator = Peek;
            if (separator.Kind == CloseParenthesis)
                continue;
            if (separator.Kind == Ellipsis)
            {
                Read();
                expands = true;
                if (Peek.Kind == CloseParenthesis)
                    continue;
                Report(Peek.Span, "The closing parenthesis is missing behind '...'.");
                RecoverTo(CloseParenthesis);
                break;
            }

            if (separator.Kind != Comma)
            {
                Report(separator.Kind == End ? new TextSpan(first.Start, nameEnd) : separator.Span, separator.Kind == End
                    ? "The closing parenthesis of this call is missing." : "A comma is missing between two arguments.");
                RecoverTo(CloseParenthesis);
                break;
            }

            Read();
        }

        _newlines = newlines;
        return new HclCall(new TextSpan(first.Start, Math.Max(nameEnd, LastEnd)), name, new TextSpan(first.Start, nameEnd), arguments,
            expands);
    }

    private HclExpression ReadTuple()
    {
        var open = Read();
        var newlines = _newlines;
        _newlines = false;
        if (Peek.Kind == Identifier && TextOf(Peek) == "for")
        {
            var loop = ReadFor(open, CloseBracket);
            _newlines = newlines;
            return loop;
        }

        var items = new List<HclExpression>();
        while (true)
        {
            if (Peek.Kind == CloseBracket)
            {
                Read();
                break;
            }

            items.Add(ReadExpression());
            if (_isLost)
            {
                RecoverTo(CloseBracket);
                break;
            }

            if (Peek.Kind == CloseBracket)
                continue;
            if (Peek.Kind != Comma)
            {
                Report(Peek.Kind == End ? open.Span : Peek.Span, Peek.Kind == End
                    ? "The closing bracket of this list is missing." : "A comma is missing between two items.");
                RecoverTo(CloseBracket);
                break;
            }

            Read();
        }

        _newlines = newlines;
        return new HclTuple(new TextSpan(open.Start, Math.Max(open.End, LastEnd)), items);
    }

    private HclExpression ReadObject()
    {
        var open = Read();
        var newlines = _newlines;
        _newlines = false;
        var place = _next;
        if (Peek.Kind == Identifier && TextOf(Peek) == "for")
        {
            var loop = ReadFor(open, CloseBrace);
            _newlines = newlines;
            return loop;
        }

        _next = place;
        _newlines = true;
        var entries = new List<HclEntry>();
        while (true)
        {
            if (Peek.Kind == Newline)
            {
                Read();
                continue;
            }

            if (Peek.Kind == CloseBrace)
            {
                Read();
                break;
            }

            var key = ReadExpression();
            if (_isLost)
            {
                RecoverTo(CloseBrace);
                break;
            }

            if (Peek.Kind is not (Equal or Colon))
            {
                Report(Peek.Kind == End ? open.Span : key.Span, Peek.Kind == End
                    ? "The closing brace of this object is missing." : "A value, behind an equals sign, is missing for this key.");
                entries.Add(new HclEntry(key, new HclBroken(new TextSpan(LastEnd, LastEnd), [])));
                RecoverTo(CloseBrace);
                break;
            }

            Read();
            var value = ReadExpression();
            entries.Add(new HclEntry(key, value));
            if (_isLost)
            {
                RecoverTo(CloseBrace);
                break;
            }

            if (Peek.Kind == CloseBrace)
                continue;
            if (Peek.Kind is not (Comma or Newline))
            {
                Report(Peek.Kind == End ? open.Span : Peek.Span, Peek.Kind == End
                    ? "The closing brace of this object is missing." : "A comma or a line break is missing before the next key.");
                RecoverTo(CloseBrace);
                break;
            }

            Read();
        }

        _newlines = newlines;
        return new HclObject(new TextSpan(open.Start, Math.Max(open.End, LastEnd)), entries);
    }

    private HclExpression ReadFor(HclToken open, HclTokenKind close)
    {
        Read();
        string? keyName = null;
        var valueName = "";
        var parts = new List<HclExpression>();
        HclExpression? key = null;
        HclExpression? condition = null;
        var groups = default(HclToken);
        if (ReadName(ref valueName))
        {
            if (Peek.Kind == Comma)
            {
                Read();
                keyName = valueName;
                ReadName(ref valueName);
            }

            ReadWord("in", "The word 'in' and what to go through are missing in this 'for'.");
        }

        HclExpression Part()
        {
            if (_isLost)
                return new HclBroken(new TextSpan(LastEnd, LastEnd), []);
            var part = ReadExpression();
            parts.Add(part);
            return part;
        }

        var collection = Part();
        if (!_isLost && Peek.Kind != Colon)
            Lose(Peek.Span, "A colon and what to make of each item are missing in this 'for'.");
        if (!_isLost)
            Read();
        var value = Part();
        if (!_isLost && Peek.Kind == FatArrow)
        {
            Read();
            key = value;
            value = Part();
        }

        if (!_isLost && Peek.Kind == Ellipsis)
            groups = Read();
        if (!_isLost && Peek.Kind == Identifier && TextOf(Peek) == "if")
        {
            Read();
            condition = Part();
        }

        if (!_isLost && Peek.Kind == close)
        {
            Read();
        }
        else
        {
            Report(Peek.Span, "This 'for' goes on where its closing bracket should stand.");
            RecoverTo(close);
        }

        var span = new TextSpan(open.Start, Math.Max(open.End, LastEnd));
        if (_isLost)
            return new HclBroken(span, parts);
        var makesObject = close == CloseBrace;
        if (!makesObject && key is not null)
            Report(key.Span, "A 'for' that makes a list has no keys.");
        if (!makesObject && groups.End > 0)
            Report(groups.Span, "A 'for' that makes a list has no '...'.");
        if (makesObject && key is null)
            Report(value.Span, "A 'for' that makes an object needs a key: 'key => value'.");
        return new HclFor(span, keyName, valueName, collection, key, value, condition, groups.End > 0, makesObject);
    }

    private bool ReadName(ref string name)
    {
        if (Peek.Kind == Identifier)
        {
            name = TextOf(Read());
            return true;
        }

        Lose(Peek.Span, "A name for each item is missing in this 'for'.");
        return false;
    }

    private void ReadWord(string word, string message)
    {
        if (_isLost)
            return;
        if (Peek.Kind == Identifier && TextOf(Peek) == word)
            Read();
        else
            Lose(Peek.Span, message);
    }

    private static TextSpan Between(HclExpression first, HclExpression last) =>
        new(first.Span.Start, Math.Max(first.Span.End, last.Span.End));
}
