using System.Globalization;
using System.Text;

namespace Repave.Core.Syntax.Hcl;

/// <summary>Escapes in texts.</summary>
internal static class HclStrings
{
    /// <summary>The text of a quoted literal, its escapes undone.</summary>
    /// <param name="text">As it is written.</param>
    /// <param name="bad">The place of the first escape that there is not, counted from the text's start; -1 if there is none.</param>
    public static string Unquote(string text, out int bad)
    {
        bad = -1;
        if (text.IndexOf('\\') < 0)
            return Normal(Unescape(text));
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                result.Append(text[i]);
                continue;
            }

            var next = i + 1 < text.Length ? text[i + 1] : '\0';
            switch (next)
            {
                case 'n':
                    result.Append('\n');
                    break;
                case 'r':
                    result.Append('\r');
                    break;
                case 't':
                    result.Append('\t');
                    break;
                case '"' or '\\':
                    result.Append(next);
                    break;
                case 'u' or 'U' when Code(text, i + 2, next == 'u' ? 4 : 8) is { } code:
                    result.Append(code);
                    i += next == 'u' ? 4 : 8;
                    break;
                default:
                    if (bad < 0)
                        bad = i;
                    result.Append('\\').Append(next);
                    break;
            }

            i++;
        }

        return Normal(Unescape(result.ToString()));
    }

    /// <summary>The text of a literal outside of quotes, where only template sequences have an escape.</summary>
    public static string Unescape(string text) =>
        text is ['$' or '%', '$' or '%', '{', ..] && text[0] == text[1] ? text.Substring(1) : text;

    /// <summary>A text in Unicode's composed form, which all of HCL's texts have.</summary>
    public static string Normal(string text)
    {
        foreach (var c in text)
        {
            if (c < 0x300)
                continue;
            try
            {
                return text.Normalize(NormalizationForm.FormC);
            }
            catch (ArgumentException)
            {
                // Half a surrogate pair.
                return text;
            }
        }

        return text;
    }

    /// <summary>A text as it is written between quotes.</summary>
    public static string Escape(string text)
    {
        var result = new StringBuilder(text.Length + 2);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\n':
                    result.Append("\\n");
                    break;
                case '\r':
                    result.Append("\\r");
                    break;
                case '\t':
                    result.Append("\\t");
                    break;
                case '"' or '\\':
                    result.Append('\\').Append(text[i]);
                    break;
                case '$' or '%' when i + 1 < text.Length && text[i + 1] == '{':
                    result.Append(text[i]).Append(text[i]);
                    break;
                default:
                    result.Append(text[i]);
                    break;
            }
        }

        return result.ToString();
    }

    private static string? Code(string text, int at, int length)
    {
        if (at + length > text.Length
            || !uint.TryParse(text.Substring(at, length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            return null;
        return code > 0x10FFFF || code is >= 0xD800 and <= 0xDFFF ? "\uFFFD" : char.ConvertFromUtf32((int)code);
    }
}
