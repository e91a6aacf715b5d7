using System.Text;

namespace Repave.Core.Syntax.Dockerfile;

/// <summary>What a variable stands for.</summary>
/// <param name="Text">Its value; null if it has one that only the build knows.</param>
public readonly record struct DockerfileValue(string? Text);

/// <summary>A variable in a word.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Start">Where it begins in the word, with the dollar sign.</param>
/// <param name="NameStart">Where its name begins in the word.</param>
/// <param name="IsSet">Whether it is set there.</param>
public readonly record struct DockerfileUse(string Name, int Start, int NameStart, bool IsSet);

/// <summary>A word with its variables filled in.</summary>
/// <param name="Text">The text; null if a part of it is known only to the build.</param>
/// <param name="Uses">The variables in it, in their order.</param>
/// <param name="Error">Why a build refuses it; null if it does not.</param>
/// <param name="ErrorStart">Where in the word that begins.</param>
/// <param name="ErrorEnd">Where it ends.</param>
public sealed record DockerfileExpanded(string? Text, IReadOnlyList<DockerfileUse> Uses, string? Error, int ErrorStart, int ErrorEnd);

/// <summary>Fills variables in and takes quotes off, as BuildKit's shell words do: <c>$NAME</c>, <c>${NAME}</c> and the modifiers
/// <c>:-</c>, <c>-</c>, <c>:+</c>, <c>+</c>, <c>:?</c>, <c>?</c>, <c>#</c>, <c>##</c>, <c>%</c>, <c>%%</c>, <c>/</c>, <c>//</c>.</summary>
public sealed class DockerfileExpansion
{
    private const int MaxDepth = 32;

    // Nobody writes longer values than this to cut them with patterns.
    private const int MaxPatternText = 400;

    private readonly string _text;
    private readonly char _escape;
    private readonly Func<string, DockerfileValue?> _lookup;
    private readonly bool _keepsQuotes;
    private readonly List<DockerfileUse> _uses = [];
    private string? _error;
    private int _errorStart;
    private int _errorEnd;
    private int _at;
    private int _depth;
    private bool _isUnknown;

    private DockerfileExpansion(string text, char escape, Func<string, DockerfileValue?> lookup, bool keepsQuotes) =>
        (_text, _escape, _lookup, _keepsQuotes) = (text, escape, lookup, keepsQuotes);

    /// <summary>Fills a word's variables in.</summary>
    /// <param name="raw">The word as it is written.</param>
    /// <param name="escape">The file's escape character.</param>
    /// <param name="lookup">What a variable stands for; null where it is not set.</param>
    /// <param name="keepsQuotes">Whether quotes mean nothing, as in here-documents.</param>
    public static DockerfileExpanded Expand(
        string raw, char escape, Func<string, DockerfileValue?> lookup, bool keepsQuotes = false)
    {
        if (raw.IndexOfAny(['$', '\'', '"', escape]) < 0)
            return new DockerfileExpanded(raw, [], null, 0, 0);
        var expansion = new DockerfileExpansion(raw, escape, lookup, keepsQuotes);
        var text = expansion.ReadUntil('\0', rawEscapes: false);
        return new DockerfileExpanded(
            expansion._isUnknown || expansion._error is not null ? null : text, expansion._uses, expansion._error, expansion._errorStart,
            expansion._errorEnd);
    }

    /// <summary>The names of the variables in a word, whatever they stand for.</summary>
    public static IReadOnlyList<DockerfileUse> UsesIn(string raw, char escape, bool keepsQuotes = false) =>
        raw.IndexOf('$') < 0 ? [] : Expand(raw, escape, static _ => null, keepsQuotes).Uses;

    /// <summary>A word without its quotes; variables stay as they are written.</summary>
    internal static string Unquoted(string raw, char escape)
    {
        if (raw.IndexOfAny(['\'', '"', escape]) < 0)
            return raw;
        var word = new StringBuilder(raw.Length);
        var quote = '\0';
        for (var i = 0; i < raw.Length; i++)
        {
            var c = raw[i];
            if (c == escape && quote != '\'')
            {
                if (i + 1 == raw.Length)
                    break;
                var next = raw[++i];
                // In double quotes most of what looks escaped is not.
                if (quote == '"' && next is not ('"' or '$') && next != escape)
                    word.Append(c);
                word.Append(next);
            }
            else if (quote == '\0' && c is '"' or '\'')
            {
                quote = c;
            }
            else if (quote != '\0' && c == quote)
            {
                quote = '\0';
            }
            else
            {
                word.Append(c);
            }
        }

        return word.ToString();
    }

    /// <summary>Where what begins with <c>${</c> ends; less than 0 if it is not closed or no variable.</summary>
    internal static int EndOfBraces(string text, int dollar, char escape)
    {
        var expansion = new DockerfileExpansion(text, escape, static _ => null, false) { _at = dollar };
        expansion.ReadDollar();
        return expansion._error is null ? expansion._at : -1;
    }

    private string ReadUntil(char stop, bool rawEscapes)
    {
        var word = new StringBuilder();
        while (_at < _text.Length && _error is null)
        {
            var c = _text[_at];
            if (c == stop && stop != '\0')
            {
                _at++;
                return word.ToString();
            }

            if (c == '$')
            {
                word.Append(ReadDollar());
            }
            else if (c is '\'' or '"' && !_keepsQuotes)
            {
                word.Append(c == '"' ? ReadDoubleQuotes() : ReadSingleQuotes());
            }
            else
            {
                _at++;
                if (c == _escape)
                {
                    if (rawEscapes)
                        word.Append(c);
                    if (_at == _text.Length)
                        break;
                    c = _text[_at++];
                }

                word.Append(c);
            }
        }

        if (stop != '\0')
            Fail(_at, "A closing brace is missing.");
        return word.ToString();
    }

    private string ReadSingleQuotes()
    {
        var start = _at++;
        var close = _text.IndexOf('\'', _at);
        if (close < 0)
        {
            Fail(start, "This single quote is not closed.");
            return "";
        }

        var text = _text.Substring(_at, close - _at);
        _at = close + 1;
        return text;
    }

    private string ReadDoubleQuotes()
    {
        var start = _at++;
        var text = new StringBuilder();
        while (_at < _text.Length && _error is null)
        {
            var c = _text[_at];
            if (c == '"')
            {
                _at++;
                return text.ToString();
            }

            if (c == '$')
            {
                text.Append(ReadDollar());
                continue;
            }

            _at++;
            if (c == _escape)
            {
                if (_at == _text.Length)
                    break;
                if (_text[_at] is '"' or '$' || _text[_at] == _escape)
                    c = _text[_at++];
            }

            text.Append(c);
        }

        Fail(start, "This double quote is not closed.");
        return "";
    }

    private string ReadDollar()
    {
        var start = _at++;
        if (_at >= _text.Length || _text[_at] != '{')
        {
            var simple = ReadName();
            return simple.Length == 0 ? "$" : ValueOf(simple, start, _at - simple.Length) is { } value ? Known(value) : "";
        }

        _at++;
        if (_at >= _text.Length)
            return Fail(start, "A closing brace is missing.");
        if (_text[_at] is '{' or '}' or ':')
            return Fail(start, "A variable's name is missing between these braces.");
        var nameStart = _at;
        var name = ReadName();
        if (_at >= _text.Length)
            return Fail(start, "A closing brace is missing.");
        var modifier = _text[_at++];
        if (modifier == '}')
            return ValueOf(name, start, nameStart) is { } plain ? Known(plain) : "";
        if (++_depth > MaxDepth)
            return Fail(start, "This is nested too deep.");
        var text = ReadModified(name, modifier, start, nameStart);
        _depth--;
        return text;
    }

    private string ReadModified(string name, char modifier, int start, int nameStart)
    {
        var orEmpty = modifier == ':';
        if (orEmpty)
        {
            if (_at >= _text.Length)
                return Fail(start, "A closing brace is missing.");
            modifier = _text[_at++];
        }

        if (modifier == '/' && !orEmpty)
            return ReadReplacement(name, start, nameStart);
        var isPattern = modifier is '#' or '%';
        if (modifier is not ('+' or '-' or '?') && (!isPattern || orEmpty))
            return Fail(start, $"A build knows no '{(orEmpty ? ":" : "")}{modifier}' behind a variable's name.");
        var value = ValueOf(name, start, nameStart);
        // Whether what follows is unknown matters only where it is taken.
        var (wasUnknown, word) = (_isUnknown, "");
        _isUnknown = false;
        word = ReadUntil('}', isPattern);
        var wordIsUnknown = _isUnknown;
        _isUnknown = wasUnknown;
        if (_error is not null)
            return "";
        var isMissing = value is null || (orEmpty && value is { Text: "" });
        switch (modifier)
        {
            case '-' when isMissing:
            case '+' when !isMissing:
                // A value that nobody knows may be empty.
                _isUnknown |= wordIsUnknown || (modifier == '+' && orEmpty && value is { Text: null });
                return word;
            case '-':
                return Known(value!.Value);
            case '+':
                return "";
            case '?':
                return value is { } given ? Known(given) : Unknown();
            default:
                if (GlobTokens(word, modifier, out var tokens, out var isGreedy) is { } wrong)
                    return Fail(start, wrong);
                return value is { } cut ? Cut(Known(cut), tokens, modifier == '%', isGreedy) : "";
        }
    }

    private string ReadReplacement(string name, int start, int nameStart)
    {
        var all = _at < _text.Length && _text[_at] == '/';
        if (all)
            _at++;
        var value = ValueOf(name, start, nameStart);
        var pattern = ReadUntil('/', true);
        var replacement = _error is null ? ReadUntil('}', true) : "";
        if (_error is not null)
            return "";
        if (GlobTokens(pattern, '\0', out var tokens, out _) is { } wrong)
            return Fail(start, wrong);
        return value is { } known ? Replace(Known(known), tokens, replacement, all) : "";
    }

    private string ReadName()
    {
        var start = _at;
        if (_at >= _text.Length)
            return "";
        if (char.IsDigit(_text[_at]))
        {
            while (_at < _text.Length && char.IsDigit(_text[_at]))
                _at++;
            return _text.Substring(start, _at - start);
        }

        if (_text[_at] is '@' or '*' or '#' or '?' or '-' or '$' or '!')
            return _text.Substring(_at++, 1);
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] == '_'))
            _at++;
        return _text.Substring(start, _at - start);
    }

    private DockerfileValue? ValueOf(string name, int start, int nameStart)
    {
        var value = _lookup(name);
        if (_uses.Count < 1000)
            _uses.Add(new DockerfileUse(name, start, nameStart, value is not null));
        return value;
    }

    private string Known(DockerfileValue value) => value.Text ?? Unknown();

    private string Unknown()
    {
        _isUnknown = true;
        return "";
    }

    private string Fail(int start, string message)
    {
        if (_error is null)
            (_error, _errorStart, _errorEnd) = (message, Math.Min(start, Math.Max(0, _text.Length - 1)), _text.Length);
        return "";
    }

    // A shell's pattern: '*' and '?', and a backslash before what is meant as it stands. Says what is wrong with it, or null.
    private static string? GlobTokens(string pattern, char modifier, out List<char?> tokens, out bool isGreedy)
    {
        isGreedy = modifier != '\0' && pattern.Length > 0 && pattern[0] == modifier;
        tokens = [];
        for (var i = isGreedy ? 1 : 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c != '\\')
            {
                // No character is null, so what stands for any is told from one: '?' as null, '*' as the null character.
                tokens.Add(c switch { '*' => '\0', '?' => null, _ => c });
                continue;
            }

            if (i + 1 == pattern.Length || pattern[i + 1] is not ('*' or '?' or '\\' or '}' or '/'))
                return "In a pattern a backslash stands before '*', '?', '/', '}' or another one.";
            tokens.Add(pattern[++i]);
        }

        return null;
    }

    private string Cut(string value, List<char?> tokens, bool atEnd, bool isGreedy)
    {
        if (_isUnknown || value.Length > MaxPatternText || tokens.Count > MaxPatternText)
            return Unknown();
        for (var i = 0; i <= value.Length; i++)
        {
            var length = isGreedy ? value.Length - i : i;
            var start = atEnd ? value.Length - length : 0;
            if (Matches(value, start, start + length, tokens))
                return atEnd ? value.Substring(0, start) : value.Substring(length);
        }

        return value;
    }

    private string Replace(string value, List<char?> tokens, string replacement, bool all)
    {
        if (_isUnknown || value.Length > MaxPatternText / 4 || tokens.Count is 0 or > MaxPatternText / 4)
            return tokens.Count == 0 && !_isUnknown ? value : Unknown();
        var result = new StringBuilder();
        var at = 0;
        while (at < value.Length)
        {
            var length = value.Length - at;
            while (length > 0 && !Matches(value, at, at + length, tokens))
                length--;
            if (length == 0)
            {
                result.Append(value[at++]);
                continue;
            }

            result.Append(replacement);
            at += length;
            if (!all)
                break;
        }

        return result.Append(value, at, value.Length - at).ToString();
    }

    private static bool Matches(string value, int start, int end, List<char?> tokens)
    {
        var (at, token, star, mark) = (start, 0, -1, start);
        while (at < end)
        {
            if (token < tokens.Count && tokens[token] == '\0')
            {
                (star, mark) = (token++, at);
            }
            else if (token < tokens.Count && (tokens[token] is null || tokens[token] == value[at]))
            {
                token++;
                at++;
            }
            else if (star >= 0)
            {
                token = star + 1;
                at = ++mark;
            }
            else
            {
                return false;
            }
        }

        while (token < tokens.Count && tokens[token] == '\0')
            token++;
        return token == tokens.Count;
    }
}
