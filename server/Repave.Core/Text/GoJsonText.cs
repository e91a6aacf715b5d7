using System.Globalization;
using System.Text;

namespace Repave.Core.Text;

/// <summary>Texts in JSON as Go's encoding/json writes them, which several tools hash or compare.</summary>
internal static class GoJsonText
{
    /// <summary>A text in quotes; what is half of a character stands as U+FFFD.</summary>
    public static string Quote(string text) => Append(new StringBuilder(text.Length + 2), text).ToString();

    /// <summary>Adds a text in quotes.</summary>
    public static StringBuilder Append(StringBuilder result, string text)
    {
        result.Append('"');
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            switch (c)
            {
                case '"' or '\\':
                    result.Append('\\').Append(c);
                    break;
                case '\n':
                    result.Append("\\n");
                    break;
                case '\r':
                    result.Append("\\r");
                    break;
                case '\t':
                    result.Append("\\t");
                    break;
                case '\b':
                    result.Append("\\b");
                    break;
                case '\f':
                    result.Append("\\f");
                    break;
                case < ' ' or '<' or '>' or '&' or '\u2028' or '\u2029':
                    result.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default:
                    if (char.IsSurrogate(c) && !(char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                        && !(char.IsLowSurrogate(c) && i > 0 && char.IsHighSurrogate(text[i - 1])))
                        result.Append("\\ufffd");
                    else
                        result.Append(c);
                    break;
            }
        }

        return result.Append('"');
    }
}
