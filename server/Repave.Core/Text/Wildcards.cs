namespace Repave.Core.Text;

/// <summary>Patterns of <c>*</c> (any characters) and <c>?</c> (one), as policies write them.</summary>
internal static class Wildcards
{
    /// <summary>Whether a whole text follows a pattern; case does not count. Never takes more steps than the lengths multiplied.</summary>
    public static bool Fits(string pattern, string text)
    {
        var (p, t, star, from) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, from) = (p++, t);
            }
            else if (p < pattern.Length && (pattern[p] == '?' || char.ToUpperInvariant(pattern[p]) == char.ToUpperInvariant(text[t])))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                // The last asterisk takes one character more; what earlier ones took need not be tried again.
                (p, t) = (star + 1, ++from);
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
            p++;
        return p == pattern.Length;
    }
}
