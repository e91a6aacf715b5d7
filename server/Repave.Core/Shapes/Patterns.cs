using System.Text.RegularExpressions;

namespace Repave.Core.Shapes;

/// <summary>Makes the regular expressions that schemas bring.</summary>
public static class Patterns
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(100);

    /// <summary>The expression with a bound on its time; null if this platform cannot read it, which then checks nothing.</summary>
    public static Regex? TryCreate(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, Limit);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
