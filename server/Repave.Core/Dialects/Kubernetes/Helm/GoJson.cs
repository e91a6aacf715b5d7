using System.Globalization;
using System.Text;
using Repave.Core.Syntax.GoTemplate;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>JSON as Go's encoding/json reads and writes it.</summary>
internal static class GoJson
{
    private const int MaxDepth = 500;

    /// <summary>A value as JSON.</summary>
    /// <param name="value">The value.</param>
    /// <param name="escapesHtml">Whether <c>&lt;</c>, <c>&gt;</c> and <c>&amp;</c> are escaped.</param>
    /// <param name="indent">What each level is indented by; null for one line.</param>
    public static GoText Write(GoValue? value, bool escapesHtml = true, string? indent = null)
    {
        var text = new GoTextBuilder();
        Write(text, value, escapesHtml, indent, 0);
        return text.ToText();
    }

    /// <summary>A number as JSON has it.</summary>
    public static string Number(double value)
    {
        var magnitude = Math.Abs(value);
        if (magnitude != 0 && (magnitude < 1e-6 || magnitude >= 1e21))
        {
            var text = GoNumbers.Format(value, 'e');
            // e-09 is written e-9.
            var at = text.Length - 4;
            return at > 0 && text[at] == 'e' && text[at + 1] == '-' && text[at + 2] == '0'
                ? text.Substring(0, at + 2) + text.Substring(at + 3) : text;
        }

        return GoNumbers.Format(value, 'f');
    }

    /// <summary>Reads JSON.</summary>
    /// <exception cref="GoException">It is none.</exception>
    public static GoValue? Read(GoText text)
    {
        var reader = new GoJsonReader(text);
        return reader.ReadAll();
    }

    private static void Write(GoTextBuilder text, GoValue? value, bool escapesHtml, string? indent, int depth)
    {
        if (depth > MaxDepth)
            throw new GoException(new GoError("the value is nested too deeply"));
        switch (value)
        {
            case null or GoList { IsNil: true }:
                text.Append("null");
                break;
            case GoBool boolean:
                text.Append(boolean.Value ? "true" : "false", WithoutCopy(value));
                break;
            case GoInteger integer:
                text.Append(integer.Value.ToString(CultureInfo.InvariantCulture), WithoutCopy(value));
                break;
            case GoFloat real:
                if (double.IsNaN(real.Value) || double.IsInfinity(real.Value))
                    throw new GoException(new GoError("json: unsupported value: " + GoNumbers.Format(real.Value, 'g')));
                text.Append(Number(real.Value), WithoutCopy(value));
                break;
            case GoText { IsBytes: true } bytes:
                text.Append('"').Append(Convert.ToBase64String(GoQuoting.BytesOf(bytes.Text)), WithoutCopy(value)).Append('"');
                break;
            case GoText plain:
                Quote(text, plain, escapesHtml);
                break;
            case GoObject { Text: { } shown }:
                Quote(text, new GoText(shown), escapesHtml);
                break;
            case GoObject { Inner: { } inner }:
                Write(text, inner, escapesHtml, indent, depth);
                break;
            case GoList list:
                WriteItems(text, '[', ']', list.Items, item => Write(text, item, escapesHtml, indent, depth + 1), indent, depth);
                break;
            case GoMap map:
                WriteEntries(text, map.Sorted, escapesHtml, indent, depth);
                break;
            case GoObject structure:
                WriteEntries(text, structure.Fields, escapesHtml, indent, depth);
                break;
        }
    }

    private static void WriteEntries(
        GoTextBuilder text, IEnumerable<KeyValuePair<string, GoValue?>> entries, bool escapesHtml, string? indent, int depth) =>
        WriteItems(
            text,
            '{',
            '}',
            [.. entries],
            entry =>
            {
                Quote(text, new GoText(entry.Key, entry.Value is null ? null : WithoutCopy(entry.Value)), escapesHtml);
                text.Append(indent is null ? ":" : ": ");
                Write(text, entry.Value, escapesHtml, indent, depth + 1);
            },
            indent,
            depth);

    private static void WriteItems<T>(
        GoTextBuilder text, char open, char close, IReadOnlyList<T> items, Action<T> write, string? indent, int depth)
    {
        text.Append(open);
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
                text.Append(',');
            NewLine(text, indent, depth + 1);
            write(items[i]);
        }

        if (items.Count > 0)
            NewLine(text, indent, depth);
        text.Append(close);
    }

    private static void NewLine(GoTextBuilder text, string? indent, int depth)
    {
        if (indent is null)
            return;
        text.Append('\n');
        for (var i = 0; i < depth; i++)
            text.Append(indent);
    }

    private static Trace? WithoutCopy(GoValue value) => value.Trace?.AsWhole();

    private static void Quote(GoTextBuilder text, GoText value, bool escapesHtml)
    {
        text.Append('"');
        var plain = value.Text;
        var start = 0;
        for (var i = 0; i < plain.Length; i++)
        {
            var escape = plain[i] switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\b' => "\\b",
                '\f' => "\\f",
                < ' ' and var c => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture),
                '<' or '>' or '&' when escapesHtml => "\\u" + ((int)plain[i]).ToString("x4", CultureInfo.InvariantCulture),
                '\u2028' => "\\u2028",
                '\u2029' => "\\u2029",
                _ when GoQuoting.IsByte(plain, i) => "\\ufffd",
                _ => null,
            };
            if (char.IsSurrogatePair(plain, i))
                i++;
            if (escape is null)
                continue;
            text.Append(value, start, i - start).Append(escape);
            start = i + 1;
        }

        text.Append(value, start, plain.Length - start).Append('"');
    }
}
