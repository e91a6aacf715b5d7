using System.Globalization;
using System.Text;
using Repave.Core.Text;

namespace Repave.Core.Syntax.Json;

/// <summary>Builds a document's tree from JSON. After an error it goes on: what stands behind a forgotten comma is read all
/// the same.</summary>
internal sealed class JsonDocumentParser
{
    private readonly string _text;
    private readonly List<SyntaxIssue> _issues = [];
    private readonly List<ScalarNode> _scalars = [];
    private readonly List<Comment> _comments = [];
    private int _at;
    private bool _isCut;

    private JsonDocumentParser(string text) => _text = text;

    private bool IsAtEnd => _at >= _text.Length || _isCut;

    public static JsonDocument Parse(string text)
    {
        var parser = new JsonDocumentParser(text);
        var root = parser.ReadDocument();
        return new JsonDocument(text, new SyntaxTree(root, parser._scalars), parser._issues, parser._comments);
    }

    public static SyntaxTree ParseTree(string text)
    {
        var parser = new JsonDocumentParser(text);
        return new SyntaxTree(parser.ReadDocument(), parser._scalars);
    }

    private Node? ReadDocument()
    {
        Skip();
        if (IsAtEnd)
            return null;
        var root = ReadValue(0);
        Skip();
        if (!IsAtEnd)
            Report(SyntaxIssueKind.Syntax, _at, _at + 1,
                "The value ends before this: a bracket is closed too early, or this is left over.");
        if (_issues.Count > 1)
            _issues.Sort((a, b) => a.Span.Start.CompareTo(b.Span.Start));
        return root;
    }

    private Node ReadValue(int depth)
    {
        switch (_text[_at])
        {
            case '{' or '[' when depth >= SyntaxLimits.Depth:
                Report(SyntaxIssueKind.Bound, _at, _at + 1,
                    $"Collections nest deeper than {SyntaxLimits.Depth} levels here; the rest of the document was not read.");
                _isCut = true;
                return Missing(_at);
            case '{':
                return ReadMap(depth);
            case '[':
                return ReadList(depth);
            case '"':
                return ReadText();
            default:
                return ReadWord();
        }
    }

    private MapNode ReadMap(int depth)
    {
        var start = _at++;
        var map = new MapNode(new TextSpan(start, start), NodeStyle.Flow);
        var names = new HashSet<string>(StringComparer.Ordinal);
        int? comma = null;
        while (true)
        {
            Skip();
            if (EndOf(start, '}', ref comma))
                break;
            if (_text[_at] == ',')
            {
                Report(SyntaxIssueKind.Deviation, _at, _at + 1, "An entry is missing before this comma.");
                _at++;
                continue;
            }

            if (map.Entries.Count > 0 && comma is null)
                Report(SyntaxIssueKind.Deviation, _at, _at + 1, "A comma is missing before this.");
            comma = null;
            var key = ReadKey();
            if (!names.Add(key.Value))
                Report(SyntaxIssueKind.DuplicateKey, key.Span.Start, key.Span.End,
                    $"The key '{key.Value}' is already set in this mapping; readers refuse it or keep only one of the two.");
            Skip();
            var colon = _at;
            if (!IsAtEnd && _text[_at] == ':')
                _at++;
            else
                Report(SyntaxIssueKind.Deviation, key.Span.Start, key.Span.End, $"A colon is missing behind the key '{key.Value}'.");
            Skip();
            Node value;
            if (IsAtEnd || _text[_at] is ',' or '}' or ']')
            {
                value = Missing(key.Span.End);
                if (colon < _text.Length && _text[colon] == ':')
                    Report(SyntaxIssueKind.Syntax, colon, colon + 1, $"The key '{key.Value}' has no value.");
            }
            else
            {
                value = ReadValue(depth + 1);
            }

            map.Add(new MapEntry(key, value));
            Skip();
            if (!IsAtEnd && _text[_at] == ',')
                comma = _at++;
        }

        map.Span = new TextSpan(start, _at);
        return map;
    }

    private ListNode ReadList(int depth)
    {
        var start = _at++;
        var list = new ListNode(new TextSpan(start, start), NodeStyle.Flow);
        int? comma = null;
        while (true)
        {
            Skip();
            if (EndOf(start, ']', ref comma))
                break;
            if (_text[_at] == ',')
            {
                Report(SyntaxIssueKind.Deviation, _at, _at + 1, "An item is missing before this comma.");
                _at++;
                continue;
            }

            if (_text[_at] == ':')
            {
                Report(SyntaxIssueKind.Syntax, _at, _at + 1, "A colon cannot stand in a list.");
                _at++;
                continue;
            }

            if (list.Items.Count > 0 && comma is null)
                Report(SyntaxIssueKind.Deviation, _at, _at + 1, "A comma is missing before this.");
            comma = null;
            list.Add(ReadValue(depth + 1));
            Skip();
            if (!IsAtEnd && _text[_at] == ',')
                comma = _at++;
        }

        list.Span = new TextSpan(start, _at);
        return list;
    }

    // Whether a collection ends here: at its bracket, at one that belongs to something around it, or with the text.
    private bool EndOf(int start, char bracket, ref int? comma)
    {
        if (IsAtEnd)
        {
            if (!_isCut)
                Report(SyntaxIssueKind.Syntax, start, start + 1, "The bracket that opens here is not closed.");
            // Those around it are not closed either; said once.
            _isCut = true;
            return true;
        }

        if (_text[_at] is not ('}' or ']'))
            return false;
        if (_text[_at] != bracket)
            Report(SyntaxIssueKind.Syntax, _at, _at + 1, $"The bracket that is open here is closed by '{bracket}', not by '{_text[_at]}'.");
        else if (comma is { } trailing)
            Report(SyntaxIssueKind.Deviation, trailing, trailing + 1, "JSON has no trailing commas: remove this comma.");
        comma = null;
        _at++;
        return true;
    }

    private ScalarNode ReadKey()
    {
        if (_text[_at] == '"')
            return ReadText();
        var start = _at;
        if (_text[_at] == ':')
        {
            Report(SyntaxIssueKind.Syntax, _at, _at + 1, "A key is missing before this colon.");
            return Missing(start);
        }

        if (_text[_at] is '{' or '[')
        {
            Report(SyntaxIssueKind.Syntax, _at, _at + 1, "A key in double quotes is missing before this bracket.");
            return Missing(start);
        }

        var word = TakeWord();
        Report(SyntaxIssueKind.Deviation, start, _at, "JSON writes keys in double quotes.");
        return Take(new ScalarNode(new TextSpan(start, _at), word.Trim('\''), NodeStyle.DoubleQuoted, JsonScalarReading.Instance));
    }

    private ScalarNode ReadWord()
    {
        var start = _at;
        var word = TakeWord();
        if (word.Length == 0)
        {
            // A character that begins nothing; it is left out.
            _at++;
            Report(SyntaxIssueKind.Syntax, start, _at, $"'{_text[start]}' cannot stand here.");
            return Missing(start);
        }

        var isText = word[0] == '\'';
        if (isText)
            Report(SyntaxIssueKind.Deviation, start, _at, "JSON writes texts in double quotes.");
        else if (word is not ("true" or "false" or "null") && JsonScalarReading.NumberKindOf(word) is null)
            Report(SyntaxIssueKind.Syntax, start, _at, $"'{Short(word)}' is not a JSON value: put a text in double quotes.");
        return Take(new ScalarNode(
            new TextSpan(start, _at),
            isText ? word.Trim('\'') : word,
            isText ? NodeStyle.DoubleQuoted : NodeStyle.Plain,
            JsonScalarReading.Instance));
    }

    private string TakeWord()
    {
        var start = _at;
        if (_text[_at] == '\'')
        {
            _at++;
            while (_at < _text.Length && _text[_at] is not ('\'' or '\r' or '\n'))
                _at++;
            if (_at < _text.Length && _text[_at] == '\'')
                _at++;
            return _text.Substring(start, _at - start);
        }

        while (_at < _text.Length && _text[_at] is not (' ' or '\t' or '\r' or '\n' or ',' or ':' or '{' or '}' or '[' or ']' or '"'))
            _at++;
        return _text.Substring(start, _at - start);
    }

    private ScalarNode ReadText()
    {
        var start = _at++;
        var plain = _at;
        while (_at < _text.Length && _text[_at] is not ('"' or '\\' or < ' '))
            _at++;
        if (_at < _text.Length && _text[_at] == '"')
        {
            // Nearly every text holds no escapes.
            _at++;
            return Take(new ScalarNode(new TextSpan(start, _at), _text.Substring(plain, _at - 1 - plain), NodeStyle.DoubleQuoted,
                JsonScalarReading.Instance));
        }

        var value = new StringBuilder(_text, plain, _at - plain, Math.Max(16, _at - plain + 16));
        while (_at < _text.Length && _text[_at] is not ('"' or '\r' or '\n'))
        {
            var c = _text[_at];
            if (c == '\\')
            {
                ReadEscape(value);
                continue;
            }

            if (c < ' ')
                Report(SyntaxIssueKind.Deviation, _at, _at + 1,
                    $"This control character must be written \\u{((int)c).ToString("x4", CultureInfo.InvariantCulture)} in JSON.");
            value.Append(c);
            _at++;
        }

        if (_at < _text.Length && _text[_at] == '"')
            _at++;
        else
            Report(SyntaxIssueKind.Syntax, start, _at, "The closing quote of this text is missing.");
        return Take(new ScalarNode(new TextSpan(start, _at), value.ToString(), NodeStyle.DoubleQuoted, JsonScalarReading.Instance));
    }

    private void ReadEscape(StringBuilder value)
    {
        var start = _at++;
        var c = _at < _text.Length ? _text[_at] : '\0';
        var plain = c switch
        {
            '"' or '\\' or '/' => c,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => '\0',
        };
        if (plain != '\0')
        {
            value.Append(plain);
            _at++;
            return;
        }

        if (c == 'u' && _at + 4 < _text.Length
            && ushort.TryParse(_text.Substring(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
        {
            var isHalf = char.IsHighSurrogate((char)unit)
                ? !IsLowHalf(_at + 5)
                : char.IsLowSurrogate((char)unit) && !(value.Length > 0 && char.IsHighSurrogate(value[value.Length - 1]));
            if (isHalf)
                Report(SyntaxIssueKind.Deviation, start, _at + 5,
                    "This is half a character, for which readers put another: write both of its halves.");
            value.Append((char)unit);
            _at += 5;
            return;
        }

        Report(SyntaxIssueKind.Syntax, start, Math.Min(start + 2, _text.Length), "JSON has no such escape; write \\\\ for a backslash.");
        value.Append('\\');
    }

    private bool IsLowHalf(int at) =>
        at + 5 < _text.Length && _text[at] == '\\' && _text[at + 1] == 'u'
        && ushort.TryParse(_text.Substring(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
        && char.IsLowSurrogate((char)unit);

    private ScalarNode Missing(int at) => Take(new ScalarNode(new TextSpan(at, at), "", NodeStyle.Plain, JsonScalarReading.Instance));

    private ScalarNode Take(ScalarNode scalar)
    {
        _scalars.Add(scalar);
        return scalar;
    }

    // White space, and comments, which JSON does not have.
    private void Skip()
    {
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (c is ' ' or '\t' or '\r' or '\n' or '\uFEFF')
            {
                _at++;
                continue;
            }

            var isLine = c == '#' || (c == '/' && _at + 1 < _text.Length && _text[_at + 1] == '/');
            if (!isLine && !(c == '/' && _at + 1 < _text.Length && _text[_at + 1] == '*'))
                return;
            var start = _at;
            var end = isLine ? _text.IndexOfAny(['\r', '\n'], start) : _text.IndexOf("*/", start + 2, StringComparison.Ordinal);
            _at = end < 0 ? _text.Length : isLine ? end : end + 2;
            Report(SyntaxIssueKind.Deviation, start, _at, "JSON has no comments.");
            if (isLine)
                AddComment(start, c == '#' ? 1 : 2);
        }
    }

    private void AddComment(int start, int mark)
    {
        var before = start - 1;
        while (before >= 0 && _text[before] is ' ' or '\t')
            before--;
        var isOwnLine = before < 0 || _text[before] is '\n' or '\r' or '\uFEFF';
        _comments.Add(new Comment(new TextSpan(start, _at), _text.Substring(start + mark, _at - start - mark).Trim(), isOwnLine));
    }

    private void Report(SyntaxIssueKind kind, int start, int end, string message)
    {
        if (_issues.Count < SyntaxLimits.Issues)
            _issues.Add(new SyntaxIssue(kind, new TextSpan(start, Math.Min(Math.Max(end, start), _text.Length)), message));
    }

    private static string Short(string word) => word.Length <= 40 ? word : word.Substring(0, 40) + "…";
}
