using System.Globalization;
using System.Text;

namespace Repave.Core.Dialects.Compose.Loading;

/// <summary>Reads files of variables (<c>.env</c>, <c>env_file</c>) as Compose does.</summary>
internal sealed class EnvText(string text, Func<string, string?> lookup)
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private int _at;

    /// <summary>Why the file cannot be read, as the end of a sentence; null where it can.</summary>
    public string? Problem { get; private set; }

    /// <summary>The variables of a file.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="lookup">The value of a variable that other places know; null if none does.</param>
    /// <param name="problem">Why it cannot be read; null where it can.</param>
    public static IReadOnlyDictionary<string, string> Read(string text, Func<string, string?> lookup, out string? problem)
    {
        var reader = new EnvText(text.TrimStart('\uFEFF').Replace("\r\n", "\n"), lookup);
        reader.Read();
        problem = reader.Problem;
        return reader._values;
    }

    private void Read()
    {
        while (Problem is null)
        {
            while (_at < text.Length && char.IsWhiteSpace(text[_at]))
                _at++;
            if (_at == text.Length)
                return;
            if (text[_at] == '#')
            {
                ToNextLine();
                continue;
            }

            ReadVariable();
        }
    }

    private void ReadVariable()
    {
        if (string.CompareOrdinal(text, _at, "export", 0, 6) == 0 && _at + 6 < text.Length && char.IsWhiteSpace(text[_at + 6]))
        {
            _at += 6;
            SkipSpaces();
        }

        var start = _at;
        while (_at < text.Length && text[_at] is not ('=' or ':' or '\n'))
        {
            if (!IsSpace(text[_at]) && !char.IsLetterOrDigit(text[_at]) && !char.IsNumber(text[_at])
                && text[_at] is not ('_' or '.' or '-' or '[' or ']'))
            {
                var line = text.Take(_at).Count(c => c == '\n') + 1;
                Problem = $"line {line.ToString(CultureInfo.InvariantCulture)} has a '{text[_at]}' in the name of a variable";
                return;
            }

            _at++;
        }

        // At the end of the file a name alone is nothing.
        var isAlone = _at == text.Length;
        var isInherited = !isAlone && text[_at] == '\n';
        var name = isAlone ? "" : text.Substring(start, _at - start).TrimEnd();
        if (!isAlone)
            _at++;
        else
            _at = start;
        if (name.Contains(' '))
        {
            Problem = $"the name '{name}' has a space in it";
            return;
        }

        if (isInherited)
        {
            if (lookup(name) is { } known)
                _values[name] = known;
            return;
        }

        SkipSpaces();
        _values[name] = ReadValue();
    }

    private string ReadValue()
    {
        if (_at >= text.Length || text[_at] is not ('"' or '\''))
        {
            var start = _at;
            ToNextLine();
            var value = text.Substring(start, (_at > start && _at <= text.Length && text[_at - 1] == '\n' ? _at - 1 : _at) - start);
            if (value.IndexOf(" #", StringComparison.Ordinal) is var comment and >= 0)
                value = value.Substring(0, comment);
            return Expand(value.TrimEnd());
        }

        var quote = text[_at++];
        var chars = new StringBuilder();
        var isEscaped = false;
        for (; _at < text.Length; _at++)
        {
            var c = text[_at];
            if (c != quote)
            {
                if (!isEscaped && c == '\\')
                {
                    isEscaped = true;
                    continue;
                }

                if (isEscaped)
                    chars.Append('\\');
                isEscaped = false;
                chars.Append(c);
                continue;
            }

            if (isEscaped)
            {
                isEscaped = false;
                chars.Append(c);
                continue;
            }

            _at++;
            return quote == '"' ? Expand(Unescape(chars.ToString())) : chars.ToString();
        }

        Problem = "a quote is not closed";
        return "";
    }

    private string Expand(string value)
    {
        var filling = new VariableText(name => lookup(name) ?? (_values.TryGetValue(name, out var own) ? own : null));
        var filled = filling.Fill(value);
        Problem ??= filling.Problem;
        return filled;
    }

    private static string Unescape(string value)
    {
        if (value.IndexOf('\\') < 0)
            return value;
        var result = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != '\\' || i + 1 == value.Length)
            {
                result.Append(value[i]);
                continue;
            }

            switch (value[++i])
            {
                case 'a':
                    result.Append('\a');
                    break;
                case 'b':
                    result.Append('\b');
                    break;
                case 'f':
                    result.Append('\f');
                    break;
                case 'n':
                    result.Append('\n');
                    break;
                case 'r':
                    result.Append('\r');
                    break;
                case 't':
                    result.Append('\t');
                    break;
                case 'v':
                    result.Append('\v');
                    break;
                case '\\':
                    result.Append('\\');
                    break;
                case '"':
                    result.Append('"');
                    break;
                case '$':
                    result.Append("$$");
                    break;
                case '0' when i + 3 < value.Length && value.Substring(i + 1, 3).All(c => c is >= '0' and <= '7'):
                    result.Append((char)Convert.ToInt32(value.Substring(i + 1, 3), 8));
                    i += 3;
                    break;
                default:
                    result.Append('\\').Append(value[i]);
                    break;
            }
        }

        return result.ToString();
    }

    private void SkipSpaces()
    {
        while (_at < text.Length && IsSpace(text[_at]))
            _at++;
    }

    private void ToNextLine()
    {
        var end = text.IndexOf('\n', _at);
        _at = end < 0 ? text.Length : end + 1;
    }

    private static bool IsSpace(char c) => c is '\t' or '\v' or '\f' or '\r' or ' ' or '\u0085' or '\u00A0';
}
