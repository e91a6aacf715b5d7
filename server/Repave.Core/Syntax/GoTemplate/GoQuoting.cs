using System.Globalization;
using System.Text;

namespace Repave.Core.Syntax.GoTemplate;

/// <summary>Texts as Go writes and reads them in quotes. Go's texts are bytes: a byte that is no UTF-8 is kept as half a character, from
/// U+DC80 on.</summary>
internal static class GoQuoting
{
    private static readonly UTF8Encoding Strict = new(false, true);

    /// <summary>How many bytes a text has.</summary>
    public static int LengthOf(string text)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c < 0x80 || IsByte(text, i))
            {
                length++;
            }
            else if (c < 0x800)
            {
                length += 2;
            }
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                length += 4;
                i++;
            }
            else
            {
                length += 3;
            }
        }

        return length;
    }

    /// <summary>Whether every character is a byte.</summary>
    public static bool IsAscii(string text)
    {
        foreach (var c in text)
        {
            if (c >= 0x80)
                return false;
        }

        return true;
    }

    /// <summary>The bytes of a text.</summary>
    public static byte[] BytesOf(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c < 0x80)
            {
                bytes.Add((byte)c);
            }
            else if (IsByte(text, i))
            {
                bytes.Add((byte)(c - 0xDC00));
            }
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                bytes.AddRange(Strict.GetBytes(text.Substring(i, 2)));
                i++;
            }
            else
            {
                bytes.AddRange(char.IsSurrogate(c) ? [0xEF, 0xBF, 0xBD] : Strict.GetBytes(c.ToString()));
            }
        }

        return [.. bytes];
    }

    /// <summary>The text of bytes.</summary>
    public static string TextOf(byte[] bytes) => TextOf(bytes, 0, bytes.Length);

    /// <summary>The text of a part of bytes.</summary>
    public static string TextOf(byte[] bytes, int start, int count)
    {
        try
        {
            return Strict.GetString(bytes, start, count);
        }
        catch (ArgumentException)
        {
            // Bytes that are no UTF-8 are among them.
        }

        var text = new StringBuilder(count);
        for (var i = start; i < start + count;)
        {
            var width = WidthAt(bytes, i, start + count);
            if (width == 0)
                text.Append((char)(0xDC00 + bytes[i++]));
            else
                text.Append(Strict.GetString(bytes, i, width));
            i += width;
        }

        return text.ToString();
    }

    /// <summary>The first characters of a text.</summary>
    public static string Truncate(string text, int characters)
    {
        var end = 0;
        for (; characters > 0 && end < text.Length; characters--)
            end += char.IsSurrogatePair(text, end) ? 2 : 1;
        return text.Substring(0, end);
    }

    /// <summary>Whether half a character stands for a byte.</summary>
    public static bool IsByte(string text, int at) =>
        text[at] is >= '\uDC80' and <= '\uDCFF' && (at == 0 || !char.IsHighSurrogate(text[at - 1]));

    /// <summary>A text in double quotes, as <c>strconv.Quote</c> writes it.</summary>
    public static string Quote(string text, bool asciiOnly = false)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        for (var i = 0; i < text.Length; i++)
            i += AppendQuoted(quoted, text, i, '"', asciiOnly) - 1;
        return quoted.Append('"').ToString();
    }

    /// <summary>A character in single quotes.</summary>
    public static string QuoteCharacter(int rune, bool asciiOnly = false)
    {
        var text = rune is < 0 or > 0x10FFFF or (>= 0xD800 and <= 0xDFFF) ? "\uFFFD" : char.ConvertFromUtf32(rune);
        var quoted = new StringBuilder("'");
        AppendQuoted(quoted, text, 0, '\'', asciiOnly);
        return quoted.Append('\'').ToString();
    }

    /// <summary>Whether Go takes a character for one that can be printed.</summary>
    public static bool IsPrintable(string text, int at)
    {
        if (text[at] == ' ')
            return true;
        return CharUnicodeInfo.GetUnicodeCategory(text, at) is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
    }

    /// <summary>What stands between quotes (double, single or back quotes), with its escapes read; null if Go does not take it.</summary>
    public static string? Unquote(string quoted)
    {
        if (quoted.Length < 2 || quoted[0] != quoted[quoted.Length - 1])
            return null;
        var inner = quoted.Substring(1, quoted.Length - 2);
        if (quoted[0] == '`')
            return inner.Contains('`') ? null : inner.Replace("\r", "");
        if (inner.IndexOf('\\') < 0)
            return inner.IndexOf(quoted[0]) < 0 && inner.IndexOf('\n') < 0 ? inner : null;
        var bytes = new List<byte>();
        var plain = 0;
        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] == quoted[0] || inner[i] == '\n')
                return null;
            if (inner[i] != '\\')
                continue;
            bytes.AddRange(BytesOf(inner.Substring(plain, i - plain)));
            if (++i == inner.Length || !ReadEscape(inner, ref i, quoted[0], bytes))
                return null;
            plain = i + 1;
        }

        bytes.AddRange(BytesOf(inner.Substring(plain)));
        return TextOf([.. bytes]);
    }

    private static bool ReadEscape(string text, ref int at, char quote, List<byte> bytes)
    {
        switch (text[at])
        {
            case 'a': bytes.Add(7); return true;
            case 'b': bytes.Add(8); return true;
            case 'f': bytes.Add(12); return true;
            case 'n': bytes.Add(10); return true;
            case 'r': bytes.Add(13); return true;
            case 't': bytes.Add(9); return true;
            case 'v': bytes.Add(11); return true;
            case '\\': bytes.Add((byte)'\\'); return true;
            case '\'' or '"':
                bytes.Add((byte)text[at]);
                return text[at] == quote;
            case 'x': return ReadDigits(text, ref at, 2, 16, bytes, true);
            case 'u': return ReadDigits(text, ref at, 4, 16, bytes, false);
            case 'U': return ReadDigits(text, ref at, 8, 16, bytes, false);
            case >= '0' and <= '7':
                at--;
                return ReadDigits(text, ref at, 3, 8, bytes, true);
            default:
                return false;
        }
    }

    private static bool ReadDigits(string text, ref int at, int count, int radix, List<byte> bytes, bool isByte)
    {
        if (at + count >= text.Length)
            return false;
        long value = 0;
        for (var i = 1; i <= count; i++)
        {
            var digit = text[at + i] switch
            {
                >= '0' and <= '9' and var c => c - '0',
                >= 'a' and <= 'f' and var c => c - 'a' + 10,
                >= 'A' and <= 'F' and var c => c - 'A' + 10,
                _ => 99,
            };
            if (digit >= radix)
                return false;
            value = (value * radix) + digit;
        }

        at += count;
        if (isByte)
        {
            bytes.Add((byte)value);
            return value <= 255;
        }

        if (value is > 0x10FFFF or (>= 0xD800 and <= 0xDFFF))
            return false;
        bytes.AddRange(Strict.GetBytes(char.ConvertFromUtf32((int)value)));
        return true;
    }

    // Gives how many characters were taken.
    private static int AppendQuoted(StringBuilder quoted, string text, int at, char quote, bool asciiOnly)
    {
        var c = text[at];
        if (IsByte(text, at))
        {
            quoted.Append("\\x").Append((c - 0xDC00).ToString("x2", CultureInfo.InvariantCulture));
            return 1;
        }

        var pair = char.IsSurrogatePair(text, at);
        if (c == quote || c == '\\')
        {
            quoted.Append('\\').Append(c);
        }
        else if (c < 0x80 ? c is >= ' ' and < '\x7f' : !asciiOnly && IsPrintable(text, at))
        {
            quoted.Append(text, at, pair ? 2 : 1);
        }
        else
        {
            quoted.Append(c switch
            {
                '\a' => "\\a",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\v' => "\\v",
                < ' ' or '\x7f' => "\\x" + ((int)c).ToString("x2", CultureInfo.InvariantCulture),
                _ when pair => "\\U" + char.ConvertToUtf32(text, at).ToString("x8", CultureInfo.InvariantCulture),
                _ => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture),
            });
        }

        return pair ? 2 : 1;
    }

    // The width of the UTF-8 character that begins here; 0 if none does.
    private static int WidthAt(byte[] bytes, int at, int end)
    {
        var first = bytes[at];
        var width = first < 0x80 ? 1 : first is >= 0xC2 and < 0xE0 ? 2 : first is >= 0xE0 and < 0xF0 ? 3 : first is >= 0xF0 and < 0xF5
            ? 4 : 0;
        if (width == 0 || at + width > end)
            return 0;
        for (var i = 1; i < width; i++)
        {
            if ((bytes[at + i] & 0xC0) != 0x80)
                return 0;
        }

        if ((first == 0xE0 && bytes[at + 1] < 0xA0) || (first == 0xED && bytes[at + 1] >= 0xA0)
            || (first == 0xF0 && bytes[at + 1] < 0x90) || (first == 0xF4 && bytes[at + 1] >= 0x90))
            return 0;
        return width;
    }
}
