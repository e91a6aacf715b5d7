using System.Globalization;
using System.Text;
using Repave.Core.Syntax.GoTemplate;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Reads JSON into values, with the messages of Go's encoding/json.</summary>
internal sealed class GoJsonReader(GoText source)
{
    private const int MaxDepth = 1000;

    private readonly string _text = source.Text;
    private int _at;

    public GoValue? ReadAll()
    {
        var value = Value(0);
        SkipSpace();
        return _at == _text.Length ? value : throw Invalid("after top-level value");
    }

    private GoValue? Value(int depth)
    {
        if (depth > MaxDepth)
            throw new GoException(new GoError("exceeded max depth"));
        SkipSpace();
        if (_at == _text.Length)
            throw Ended();
        switch (_text[_at])
        {
            case '{':
                return Object(depth);
            case '[':
                return Array(depth);
            case '"':
                return String();
            case 't':
                Word("true");
                return new GoBool(true);
            case 'f':
                Word("false");
                return new GoBool(false);
            case 'n':
                Word("null");
                return null;
            case '-' or (>= '0' and <= '9'):
                return Number();
            default:
                throw Invalid("looking for beginning of value");
        }
    }

    private GoMap Object(int depth)
    {
        var map = new GoMap();
        _at++;
        SkipSpace();
        if (Take('}'))
            return map;
        while (true)
        {
            SkipSpace();
            if (_at == _text.Length)
                throw Ended();
            if (_text[_at] != '"')
                throw Invalid("looking for beginning of object key string");
            var key = String().Text;
            SkipSpace();
            if (_at == _text.Length)
                throw Ended();
            if (!Take(':'))
                throw Invalid("after object key");
            map.Entries[key] = Value(depth + 1);
            SkipSpace();
            if (_at == _text.Length)
                throw Ended();
            if (Take('}'))
                return map;
            if (!Take(','))
                throw Invalid("after object key:value pair");
        }
    }

    private GoList Array(int depth)
    {
        var list = new GoList([]);
        _at++;
        SkipSpace();
        if (Take(']'))
            return list;
        while (true)
        {
            list.Items.Add(Value(depth + 1));
            SkipSpace();
            if (_at == _text.Length)
                throw Ended();
            if (Take(']'))
                return list;
            if (!Take(','))
                throw Invalid("after array element");
        }
    }

    private GoText String()
    {
        var start = ++_at;
        for (; _at < _text.Length && _text[_at] is not ('"' or '\\'); _at++)
        {
            if (_text[_at] < ' ')
                throw Invalid("in string literal");
        }

        if (_at == _text.Length)
            throw Ended();
        if (_text[_at] == '"')
        {
            _at++;
            return source.Slice(start, _at - 1 - start);
        }

        var text = new StringBuilder(_text, start, _at - start, Math.Max(16, _at - start));
        for (; ; _at++)
        {
            if (_at == _text.Length)
                throw Ended();
            var c = _text[_at];
            if (c == '"')
                break;
            if (c < ' ')
                throw Invalid("in string literal");
            if (c != '\\')
            {
                text.Append(c);
                continue;
            }

            if (++_at == _text.Length)
                throw Ended();
            if (_text[_at] == 'u')
            {
                if (_at + 4 >= _text.Length || !int.TryParse(_text.Substring(_at + 1, 4), NumberStyles.AllowHexSpecifier,
                    CultureInfo.InvariantCulture, out var code))
                    throw Invalid("in \\u hexadecimal character escape");
                text.Append((char)code);
                _at += 4;
                continue;
            }

            text.Append(_text[_at] switch
            {
                '"' => '"',
                '\\' => '\\',
                '/' => '/',
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                _ => throw Invalid("in string escape code"),
            });
        }

        _at++;
        return new GoText(text.ToString(), source.Slice(start, 0).Trace);
    }

    private GoFloat Number()
    {
        var start = _at;
        Take('-');
        if (_at == _text.Length)
            throw Ended();
        if (!Take('0') && !Digits())
            throw Invalid("in numeric literal");
        if (Take('.') && !Digits())
            throw _at == _text.Length ? Ended() : Invalid("after decimal point in numeric literal");
        if (_at < _text.Length && _text[_at] is 'e' or 'E')
        {
            _at++;
            if (_at < _text.Length && _text[_at] is '+' or '-')
                _at++;
            if (!Digits())
                throw _at == _text.Length ? Ended() : Invalid("in exponent of numeric literal");
        }

        var text = _text.Substring(start, _at - start);
        return GoNumbers.ParseFloat(text) is { } number ? new GoFloat(number) { Trace = source.Slice(start, _at - start).Trace }
            : throw new GoException(new GoError($"json: cannot unmarshal number {text} into Go value of type float64"));
    }

    private bool Digits()
    {
        var start = _at;
        while (_at < _text.Length && _text[_at] is >= '0' and <= '9')
            _at++;
        return _at > start;
    }

    private void Word(string word)
    {
        for (var i = 0; i < word.Length; i++, _at++)
        {
            if (_at == _text.Length)
                throw Ended();
            if (_text[_at] != word[i])
                throw Invalid($"in literal {word} (expecting '{word[i]}')");
        }
    }

    private bool Take(char c)
    {
        if (_at >= _text.Length || _text[_at] != c)
            return false;
        _at++;
        return true;
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\t' or '\r' or '\n')
            _at++;
    }

    private static GoException Ended() => new(new GoError("unexpected end of JSON input"));

    private GoException Invalid(string context) => _at >= _text.Length ? Ended()
        : new(new GoError("invalid character " + (_text[_at] switch
        {
            '\'' => "'\\''",
            '"' => "'\"'",
            var c => GoQuoting.QuoteCharacter(c),
        }) + " " + context));
}
