using System.Globalization;

namespace Repave.Core.Syntax.Hcl;

/// <summary>Which characters HCL's names are made of.</summary>
internal static class HclCharacters
{
    /// <summary>Behind the last character of the name that begins at an offset; the offset itself if none begins there.</summary>
    public static int NameEnd(string text, int at)
    {
        var start = at;
        while (at < text.Length)
        {
            var c = text[at];
            if (c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_' || (at > start && c is (>= '0' and <= '9') or '-'))
            {
                at++;
                continue;
            }

            if (c < 128 || !IsWord(text, at, at == start))
                break;
            at += char.IsHighSurrogate(c) && at + 1 < text.Length ? 2 : 1;
        }

        return at;
    }

    /// <summary>Whether a whole text is a name.</summary>
    public static bool IsName(string text) => text.Length > 0 && NameEnd(text, 0) == text.Length;

    private static bool IsWord(string text, int at, bool isFirst) => CharUnicodeInfo.GetUnicodeCategory(text, at) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber => true,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber
            or UnicodeCategory.ConnectorPunctuation => !isFirst,
        _ => false,
    };
}
