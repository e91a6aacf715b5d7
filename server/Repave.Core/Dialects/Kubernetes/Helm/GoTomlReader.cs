using System.Globalization;
using System.Text;
using Repave.Core.Syntax.GoTemplate;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Reads TOML into values.</summary>
internal sealed class GoTomlReader(string text)
{
    private int _at;
    private int _line = 1;
    private int _depth;

    public GoMap ReadAll()
    {
        var root = new GoMap();
        var table = root;
        while (true)
        {
            SkipLines();
            if (_at >= text.Length)
                return root;
            if (text[_at] == '[')
            {
                var isArray = _at + 1 < text.Length && text[_at + 1] == '[';
                _at += isArray ? 2 : 1;
                var path = Keys();
                Take(isArray ? "]]" : "]");
                table = Open(root, path, isArray);
            }
            else
            {
                var path = Keys();
                Take("=");
                SkipSpace();
                var inner = Walk(table, path);
                inner.Entries[path[path.Count - 1]] = Value();
            }

            SkipSpace();
            if (_at < text.Length && text[_at] is not ('\n' or '\r' or '#'))
                throw Invalid("expected a top-level item to end with a newline, comment, or EOF");
        }
    }

    private static GoMap Inner(GoMap map, string key)
    {
        switch (map[key])
        {
            case GoMap inner:
                return inner;
            case GoList { Items.Count: > 0 } list when list.Items[list.Items.Count - 1] is GoMap last:
                return last;
            default:
                var made = new GoMap();
                map.Entries[key] = made;
                return made;
        }
    }

    private static GoMap Walk(GoMap map, List<string> path)
    {
        for (var i = 0; i < path.Count - 1; i++)
            map = Inner(map, path[i]);
        return map;
    }

    private static GoMap Open(GoMap root, List<string> path, bool isArray)
    {
        var outer = Walk(root, path);
        var key = path[path.Count - 1];
        if (!isArray)
            return Inner(outer, key);
        if (outer[key] is not GoList list)
            outer.Entries[key] = list = new GoList([], "map[string]interface {}");
        var made = new GoMap();
        list.Items.Add(made);
        return made;
    }

    private List<string> Keys()
    {
        var keys = new List<string>();
        do
        {
            SkipSpace();
            if (_at < text.Length && text[_at] is '"' or '\'')
            {
                keys.Add(String());
            }
            else
            {
                var start = _at;
                while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] is '_' or '-'))
                    _at++;
                if (_at == start)
                    throw Invalid("expected a key");
                keys.Add(text.Substring(start, _at - start));
            }

            SkipSpace();
        }
        while (_at < text.Length && text[_at] == '.' && _at++ >= 0);
        return keys;
    }

    private GoValue Value()
    {
        if (_at >= text.Length)
            throw Invalid("unexpected EOF; expected value");
        if (++_depth > 100)
            throw Invalid("values are nested too deeply");
        try
        {
            switch (text[_at])
            {
                case '"' or '\'':
                    return new GoText(String());
                case '[':
                    return Array();
                case '{':
                    return Table();
            }
        }
        finally
        {
            _depth--;
        }

        var start = _at;
        while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] is '_' or '-' or '+' or '.' or ':'))
            _at++;
        var word = text.Substring(start, _at - start);
        if (word is "true" or "false")
            return new GoBool(word == "true");
        if (word.IndexOf(':') < 0 && GoNumbers.ParseInteger(word) is { } integer)
            return new GoInteger(integer, "int64");
        if (word.IndexOf(':') < 0 && GoNumbers.ParseFloat(word.Replace("_", "")) is { } real)
            return new GoFloat(real);
        if (DateTimeOffset.TryParse(word, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) && word.Length >= 8)
            return new GoObject("time.Time") { Payload = moment, Text = GoTime.Format(moment, "2006-01-02 15:04:05 -0700 MST") };
        throw Invalid("expected value");
    }

    private GoList Array()
    {
        var list = new GoList([]);
        _at++;
        while (true)
        {
            SkipLines();
            if (_at >= text.Length)
                throw Invalid("unexpected EOF in array");
            if (text[_at] == ']')
            {
                _at++;
                return list;
            }

            list.Items.Add(Value());
            SkipLines();
            if (_at < text.Length && text[_at] == ',')
                _at++;
            else if (_at >= text.Length || text[_at] != ']')
                throw Invalid("expected a comma (',') or array terminator (']')");
        }
    }

    private GoMap Table()
    {
        var map = new GoMap();
        _at++;
        while (true)
        {
            SkipLines();
            if (_at < text.Length && text[_at] == '}')
            {
                _at++;
                return map;
            }

            var path = Keys();
            Take("=");
            SkipSpace();
            Walk(map, path).Entries[path[path.Count - 1]] = Value();
            SkipLines();
            if (_at < text.Length && text[_at] == ',')
                _at++;
            else if (_at >= text.Length || text[_at] != '}')
                throw Invalid("expected a comma or an inline table terminator");
        }
    }

    private string String()
    {
        var quote = text[_at];
        var isLong = string.CompareOrdinal(text, _at, new string(quote, 3), 0, 3) == 0;
        _at += isLong ? 3 : 1;
        if (isLong && _at < text.Length && text[_at] == '\n')
            _at++;
        var value = new StringBuilder();
        while (true)
        {
            if (_at >= text.Length || (!isLong && text[_at] == '\n'))
                throw Invalid("strings cannot contain newlines");
            if (isLong ? string.CompareOrdinal(text, _at, new string(quote, 3), 0, 3) == 0 : text[_at] == quote)
            {
                _at += isLong ? 3 : 1;
                return value.ToString();
            }

            if (text[_at] == '\\' && quote == '"' && _at + 1 < text.Length)
            {
                var length = text[_at + 1] == 'u' ? 6 : text[_at + 1] == 'U' ? 10 : 2;
                if (text[_at + 1] is '\n' or '\r' or ' ')
                {
                    _at++;
                    while (_at < text.Length && char.IsWhiteSpace(text[_at]))
                        _at++;
                    continue;
                }

                if (_at + length > text.Length || GoQuoting.Unquote("\"" + text.Substring(_at, length) + "\"") is not { } escaped)
                    throw Invalid("invalid escape in string");
                value.Append(escaped);
                _at += length;
                continue;
            }

            value.Append(text[_at++]);
        }
    }

    private void Take(string what)
    {
        SkipSpace();
        if (string.CompareOrdinal(text, _at, what, 0, what.Length) != 0 || _at + what.Length > text.Length)
            throw Invalid($"expected '{what}'");
        _at += what.Length;
    }

    private void SkipSpace()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t')
            _at++;
    }

    private void SkipLines()
    {
        for (; _at < text.Length; _at++)
        {
            if (text[_at] == '#')
            {
                while (_at + 1 < text.Length && text[_at + 1] != '\n')
                    _at++;
            }
            else if (text[_at] == '\n')
            {
                _line++;
            }
            else if (text[_at] is not (' ' or '\t' or '\r'))
            {
                return;
            }
        }
    }

    private GoException Invalid(string problem) => new(new GoError($"toml: line {_line}: {problem}"));
}
