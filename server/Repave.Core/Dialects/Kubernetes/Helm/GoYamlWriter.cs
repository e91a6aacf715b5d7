using System.Globalization;
using System.Text;
using Repave.Core.Syntax;
using Repave.Core.Syntax.GoTemplate;
using Repave.Core.Syntax.Yaml;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Writes values as Helm's YAML library does: go-yaml v2 on what JSON makes of them, or v3 with indented lists
/// (<c>toYamlPretty</c>).</summary>
internal sealed class GoYamlWriter
{
    private const int MaxDepth = 500;

    // Longer lines are broken at a space.
    private const int Width = 80;

    private static readonly BoundedRegex Base60 = new(@"^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$");

    private readonly GoTextBuilder _text = new();
    private readonly bool _isPretty;

    private GoYamlWriter(bool isPretty) => _isPretty = isPretty;

    /// <summary>A value as YAML, with the line feed at its end.</summary>
    public static GoText Write(GoValue? value, bool isPretty = false)
    {
        var writer = new GoYamlWriter(isPretty);
        writer.Node(value, 0, false, 0, 0);
        return writer._text.ToText();
    }

    /// <summary>Whether a text has to stand in quotes for YAML to read it as a text.</summary>
    public static bool IsAmbiguous(string text) => text.Length == 0 || YamlScalars.KindOf11(text) != ScalarKind.String || text == "<<"
        || IsTimestamp(text) || (text[0] is (>= '0' and <= '9') or '+' or '-' && text.IndexOf(':') > 0 && Base60.Matches(text));

    /// <summary>Whether go-yaml writes a text as a block where it is asked to.</summary>
    public static bool AllowsBlock(string text) => Scan(text).BlockAllowed;

    /// <summary>The order of keys that go-yaml writes mappings in: numbers in them count as numbers.</summary>
    public static int Compare(string one, string other, bool isThird = false)
    {
        var (a, b) = (Runes(one), Runes(other));
        var digits = false;
        for (var i = 0; i < a.Length && i < b.Length; i++)
        {
            if (a[i] == b[i])
            {
                digits = IsDigit(a[i]);
                continue;
            }

            bool al = IsLetter(a[i]), bl = IsLetter(b[i]);
            if (al && bl)
                return a[i].CompareTo(b[i]);
            if (al || bl)
            {
                if (isThird && digits)
                    return al ? -1 : 1;
                return bl ? -1 : 1;
            }

            long an = 0, bn = 0;
            if (a[i] == '0' || b[i] == '0')
            {
                for (var j = i - 1; j >= 0 && IsDigit(a[j]); j--)
                {
                    if (a[j] != '0')
                    {
                        (an, bn) = (1, 1);
                        break;
                    }
                }
            }

            int ai = i, bi = i;
            for (; ai < a.Length && IsDigit(a[ai]); ai++)
                an = unchecked((an * 10) + (a[ai] - '0'));
            for (; bi < b.Length && IsDigit(b[bi]); bi++)
                bn = unchecked((bn * 10) + (b[bi] - '0'));
            return an != bn ? an.CompareTo(bn) : ai != bi ? ai.CompareTo(bi) : a[i].CompareTo(b[i]);
        }

        return a.Length.CompareTo(b.Length);
    }

    private static int[] Runes(string text)
    {
        var runes = new int[text.Length];
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i))
                runes[count++] = char.ConvertToUtf32(text, i++);
            else
                runes[count++] = text[i];
        }

        Array.Resize(ref runes, count);
        return runes;
    }

    private static bool IsDigit(int rune) => rune < 0x10000 && char.IsDigit((char)rune);

    private static bool IsLetter(int rune) => rune < 0x10000 ? char.IsLetter((char)rune) : char.IsLetter(char.ConvertFromUtf32(rune), 0);

    // What go-yaml takes for a point in time.
    private static bool IsTimestamp(string text)
    {
        if (text.Length < 8 || text[4] != '-')
            return false;
        for (var i = 0; i < 4; i++)
        {
            if (text[i] is not (>= '0' and <= '9'))
                return false;
        }

        string[] formats =
        [
            "yyyy-M-d'T'H:m:s.FFFFFFFK", "yyyy-M-d't'H:m:s.FFFFFFFK", "yyyy-M-d H:m:s.FFFFFFF", "yyyy-M-d",
        ];
        for (var i = 0; i < formats.Length; i++)
        {
            if (DateTimeOffset.TryParseExact(text, formats[i], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _)
                && (i > 1 || text.EndsWith('Z') || text.IndexOfAny(['+', '-'], 10) > 0))
                return true;
        }

        return false;
    }

    private void Node(GoValue? value, int indent, bool isInList, int depth, int column)
    {
        if (depth > MaxDepth)
            throw new GoException(new GoError("the value is nested too deeply"));
        switch (value)
        {
            case GoObject { Inner: { } inner }:
                Node(inner, indent, isInList, depth, column);
                break;
            case GoMap map:
                Map(map, indent, isInList, depth);
                break;
            case GoList { IsNil: false } list:
                List(list, indent, isInList, depth);
                break;
            case GoObject { Text: null } structure:
                Map(new GoMap(new Dictionary<string, GoValue?>(structure.Fields, StringComparer.Ordinal)), indent, isInList, depth);
                break;
            default:
                Scalar(value, indent, column);
                _text.Append('\n');
                break;
        }
    }

    private void Map(GoMap map, int indent, bool isInList, int depth)
    {
        if (map.Entries.Count == 0)
        {
            _text.Append("{}\n", WithoutCopy(map.Trace));
            return;
        }

        var first = true;
        foreach (var entry in map.Entries.OrderBy(e => e.Key, new KeyOrder(_isPretty)))
        {
            if (!(first && isInList))
                _text.Append(' ', indent);
            first = false;
            var trace = WithoutCopy(TraceOf(entry.Value, 0));
            var isSimple = entry.Key.IndexOf('\n') < 0 && entry.Key.Length <= 128;
            if (!isSimple)
                _text.Append("? ");
            var key = Flow(new GoText(entry.Key, trace), indent, null);
            _text.Append(key);
            _text.Append(isSimple ? ":" : "\n" + new string(' ', indent) + ":", trace);
            switch (entry.Value)
            {
                case GoMap { Entries.Count: > 0 } or GoObject { Inner: null, Text: null } when isSimple:
                    _text.Append('\n');
                    Node(entry.Value, indent + 2, false, depth + 1, indent + 2);
                    break;
                case GoList { Items.Count: > 0 } when isSimple:
                    _text.Append('\n');
                    Node(entry.Value, _isPretty ? indent + 2 : indent, false, depth + 1, indent);
                    break;
                default:
                    _text.Append(' ');
                    Node(entry.Value, indent + 2, !isSimple, depth + 1, indent + key.Text.Length + 2);
                    break;
            }
        }
    }

    private void List(GoList list, int indent, bool isInList, int depth)
    {
        if (list.Items.Count == 0)
        {
            _text.Append("[]\n", WithoutCopy(list.Trace));
            return;
        }

        for (var i = 0; i < list.Items.Count; i++)
        {
            if (!(i == 0 && isInList))
                _text.Append(' ', indent);
            _text.Append("- ", WithoutCopy(list.Items[i]?.Trace));
            Node(list.Items[i], indent + 2, true, depth + 1, indent + 2);
        }
    }

    private void Scalar(GoValue? value, int indent, int column)
    {
        switch (value)
        {
            case null or GoList:
                _text.Append("null", WithoutCopy(value?.Trace));
                break;
            case GoBool boolean:
                _text.Append(boolean.Value ? "true" : "false", WithoutCopy(value.Trace));
                break;
            case GoInteger integer:
                _text.Append(integer.Value.ToString(CultureInfo.InvariantCulture), WithoutCopy(value.Trace));
                break;
            case GoFloat real:
                _text.Append(Number(real.Value), WithoutCopy(value.Trace));
                break;
            case GoText { IsBytes: true } bytes:
                Text(new GoText(Convert.ToBase64String(GoQuoting.BytesOf(bytes.Text)), value.Trace), indent, column);
                break;
            case GoText text:
                Text(text, indent, column);
                break;
            case GoObject { Text: { } shown }:
                Text(new GoText(shown, value.Trace), indent, column);
                break;
        }
    }

    // JSON writes a number, and YAML then reads a whole one or another from that.
    private string Number(double value)
    {
        if (double.IsNaN(value) || double.IsInfinity(value))
        {
            return _isPretty ? double.IsNaN(value) ? ".nan" : value > 0 ? ".inf" : "-.inf"
                : throw new GoException(new GoError("json: unsupported value: " + GoNumbers.Format(value, 'g')));
        }

        if (_isPretty)
            return GoNumbers.Format(value, 'g');
        var json = GoJson.Number(value);
        return json.IndexOfAny(['.', 'e']) >= 0 || json.Length > 19 ? GoNumbers.Format(value, 'g') : json == "-0" ? "0" : json;
    }

    private void Text(GoText text, int indent, int column)
    {
        if (text.Text.IndexOf('\n') >= 0 && Scan(text.Text).BlockAllowed)
            Literal(text, indent);
        else
            _text.Append(Flow(text, Math.Max(indent, 2), _isPretty ? null : column));
    }

    private void Literal(GoText text, int indent)
    {
        var value = text.Text;
        _text.Append('|');
        if (value[0] is ' ' or '\n')
            _text.Append('2');
        if (value[value.Length - 1] != '\n')
            _text.Append('-');
        else if (value.Length == 1 || value[value.Length - 2] == '\n')
            _text.Append('+');
        var pad = Math.Max(indent, 2);
        var start = 0;
        while (start < value.Length)
        {
            var end = value.IndexOf('\n', start);
            if (end < 0)
                end = value.Length;
            _text.Append('\n');
            if (end > start)
                _text.Append(' ', pad).Append(text, start, end - start);
            start = end + 1;
        }
    }

    // Plain, single or double quotes, as go-yaml chooses.
    private static GoText Flow(GoText text, int indent, int? column)
    {
        var value = text.Text;
        var scan = Scan(value);
        if (!IsUtf8(value))
            return new GoText("!!binary " + Convert.ToBase64String(GoQuoting.BytesOf(value)), text.Trace);
        var isDouble = IsAmbiguous(value) || value.IndexOf('\n') >= 0;
        if (!isDouble && scan.PlainAllowed)
            return column is { } from ? Folded(text, indent, from, false) : text;
        return !isDouble && scan.SingleAllowed ? Single(text, indent, column) : Double(text, indent, column);
    }

    private static GoText Single(GoText text, int indent, int? column)
    {
        var value = text.Text;
        if (value.IndexOf('\'') >= 0)
        {
            var doubled = new GoTextBuilder();
            var start = 0;
            for (var at = value.IndexOf('\''); at >= 0; at = value.IndexOf('\'', at + 1))
            {
                doubled.Append(text, start, at + 1 - start).Append('\'');
                start = at + 1;
            }

            text = doubled.Append(text, start, value.Length - start).ToText();
        }

        return new GoTextBuilder().Append('\'').Append(column is { } from ? Folded(text, indent, from + 1, true) : text).Append('\'')
            .ToText();
    }

    // Lines are broken where one is too long and a single space follows.
    private static GoText Folded(GoText text, int indent, int column, bool isQuoted)
    {
        var value = text.Text;
        if (column + value.Length <= Width)
            return text;
        GoTextBuilder? folded = null;
        var start = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var isSpace = value[i] == ' ';
            if (isSpace && column > Width && (i == 0 || value[i - 1] != ' ') && i + 1 < value.Length && value[i + 1] != ' '
                && (!isQuoted || i > 0))
            {
                folded ??= new GoTextBuilder();
                folded.Append(text, start, i - start).Append('\n').Append(' ', indent);
                start = i + 1;
                column = indent;
            }
            else if (!char.IsLowSurrogate(value[i]))
            {
                column++;
            }
        }

        return folded is null ? text : folded.Append(text, start, value.Length - start).ToText();
    }

    private static GoText Double(GoText text, int indent, int? column)
    {
        var value = text.Text;
        var quoted = new GoTextBuilder().Append('"');
        column++;
        var start = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var pair = char.IsSurrogatePair(value, i);
            if (value[i] == ' ' && column > Width && i > 0 && i < value.Length - 1 && value[i - 1] != ' ')
            {
                quoted.Append(text, start, i - start).Append('\n').Append(' ', indent);
                if (value[i + 1] == ' ')
                    quoted.Append('\\');
                start = i + 1;
                column = indent + (value[i + 1] == ' ' ? 1 : 0);
                continue;
            }

            if (value[i] is not ('"' or '\\') && IsPrintable(value, i)
                && value[i] is not ('\n' or '\uFEFF' or '\x85' or '\u2028' or '\u2029'))
            {
                column++;
                i += pair ? 1 : 0;
                continue;
            }

            quoted.Append(text, start, i - start);
            var before = quoted.Length;
            quoted.Append(value[i] switch
            {
                '\0' => "\\0",
                '\a' => "\\a",
                '\b' => "\\b",
                '\t' => "\\t",
                '\n' => "\\n",
                '\v' => "\\v",
                '\f' => "\\f",
                '\r' => "\\r",
                '\x1b' => "\\e",
                '"' => "\\\"",
                '\\' => "\\\\",
                '\x85' => "\\N",
                '\xA0' => "\\_",
                '\u2028' => "\\L",
                '\u2029' => "\\P",
                _ when pair => "\\U" + char.ConvertToUtf32(value, i).ToString("X8", CultureInfo.InvariantCulture),
                <= '\xFF' and var c => "\\x" + ((int)c).ToString("X2", CultureInfo.InvariantCulture),
                var c => "\\u" + ((int)c).ToString("X4", CultureInfo.InvariantCulture),
            });
            column += quoted.Length - before;
            i += pair ? 1 : 0;
            start = i + 1;
        }

        return quoted.Append(text, start, value.Length - start).Append('"').ToText();
    }

    private static bool IsUtf8(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && GoQuoting.IsByte(text, i))
                return false;
        }

        return true;
    }

    private static bool IsPrintable(string text, int at)
    {
        var c = text[at];
        return c == '\n' || c is >= ' ' and <= '~' || (c >= '\xA0' && c != '\uFEFF' && c is not ('\uFFFE' or '\uFFFF')
            && !GoQuoting.IsByte(text, at)
            && !(char.IsSurrogatePair(text, at) is false && char.IsHighSurrogate(c)));
    }

    // What yaml_emitter_analyze_scalar finds.
    private static (bool PlainAllowed, bool SingleAllowed, bool BlockAllowed) Scan(string value)
    {
        if (value.Length == 0)
            return (true, true, false);
        var indicators = value.StartsWith("---", StringComparison.Ordinal) || value.StartsWith("...", StringComparison.Ordinal);
        bool breaks = false, special = false, leading = false, trailingSpace = false, trailingBreak = false, breakSpace = false,
            spaceBreak = false;
        bool previousSpace = false, previousBreak = false, precededByWhite = true;
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            var followedByWhite = i + 1 >= value.Length || value[i + 1] is ' ' or '\t' or '\n' or '\r';
            if (i == 0)
            {
                indicators |= "#,[]{}&*!|>'\"%@`".IndexOf(c) >= 0 || (c is '?' or ':' or '-' && followedByWhite);
            }
            else
            {
                indicators |= (c == ':' && followedByWhite) || (c == '#' && precededByWhite);
            }

            if (char.IsLowSurrogate(c) && char.IsHighSurrogate(value[i - (i > 0 ? 1 : 0)]))
            {
                (previousSpace, previousBreak, precededByWhite) = (false, false, false);
                continue;
            }

            if (!IsPrintable(value, i) && c is not ('\r' or '\x85' or '\u2028' or '\u2029'))
                special = true;
            if (c is '\r' or '\x85')
                special = true;
            if (c == ' ')
            {
                leading |= i == 0;
                trailingSpace |= i + 1 == value.Length;
                breakSpace |= previousBreak;
                (previousSpace, previousBreak) = (true, false);
            }
            else if (c is '\n' or '\r' or '\x85' or '\u2028' or '\u2029')
            {
                breaks = true;
                leading |= i == 0;
                trailingBreak |= i + 1 == value.Length;
                spaceBreak |= previousSpace;
                (previousSpace, previousBreak) = (false, true);
            }
            else
            {
                (previousSpace, previousBreak) = (false, false);
            }

            precededByWhite = c is ' ' or '\t' or '\n' or '\r' or '\x85' or '\u2028' or '\u2029';
        }

        var plain = !leading && !trailingSpace && !trailingBreak && !breakSpace && !spaceBreak && !special && !breaks && !indicators;
        return (plain, !breakSpace && !spaceBreak && !special, !trailingSpace && !spaceBreak && !special);
    }

    // Where what stands in a mapping or list first comes from.
    private static Trace? TraceOf(GoValue? value, int depth)
    {
        if (value is null || depth > 20)
            return null;
        return value.Trace ?? value switch
        {
            GoMap { Entries.Count: > 0 } map => TraceOf(map.Entries.Values.First(), depth + 1),
            GoList { Items.Count: > 0 } list => TraceOf(list.Items[0], depth + 1),
            _ => null,
        };
    }

    private static Trace? WithoutCopy(Trace? trace) => trace?.AsWhole();

    private sealed class KeyOrder(bool isThird) : IComparer<string>
    {
        public int Compare(string? x, string? y) => GoYamlWriter.Compare(x!, y!, isThird);
    }
}
