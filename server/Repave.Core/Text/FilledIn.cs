using System.Text;
using Repave.Core.Syntax;

namespace Repave.Core.Text;

/// <summary>Values of configurations that other tools fill in before they are read: <c>${…}</c> and <c>{{…}}</c>.</summary>
internal static class FilledIn
{
    /// <summary>Whether a text holds a place that is filled in.</summary>
    public static bool Is(string value) => value.Contains("${", StringComparison.Ordinal) || value.Contains("{{", StringComparison.Ordinal);

    /// <summary>A text with something else in the place of each <c>{{…}}</c>; one that does not end goes to the end of the text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fill">What comes into a place, by what stands between its braces.</param>
    public static string Replace(string text, Func<string, string> fill)
    {
        var filled = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            var start = text.IndexOf("{{", at, StringComparison.Ordinal);
            filled.Append(text, at, (start < 0 ? text.Length : start) - at);
            if (start < 0)
                break;
            var end = text.IndexOf("}}", start + 2, StringComparison.Ordinal);
            filled.Append(fill(text.Substring(start + 2, (end < 0 ? text.Length : end) - start - 2)));
            at = end < 0 ? text.Length : end + 2;
        }

        return filled.ToString();
    }

    /// <summary>Whether a value holds a place that is filled in.</summary>
    public static bool Is(ScalarNode scalar) => Is(scalar.Value);
}
