using System.Text;

namespace Repave.Core.Dialects.Dockerfile;

/// <summary>Variables in instructions: <c>$NAME</c>, <c>${NAME}</c>, <c>${NAME:-default}</c>.</summary>
internal static class DockerfileVariables
{
    /// <summary>The text with its variables filled in; null if one of them has no value, or is written in another form.</summary>
    public static string? Resolve(string text, IReadOnlyDictionary<string, string> values)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '$')
            {
                result.Append(text[i]);
                continue;
            }

            var braced = i + 1 < text.Length && text[i + 1] == '{';
            var start = i + (braced ? 2 : 1);
            var end = start;
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
                end++;
            if (end == start)
                return null;
            var value = values.TryGetValue(text.Substring(start, end - start), out var known) ? known : null;
            if (braced)
            {
                var close = text.IndexOf('}', end);
                if (close < 0)
                    return null;
                var operation = text.Substring(end, close - end);
                if (operation.StartsWith(":-", StringComparison.Ordinal))
                    value = string.IsNullOrEmpty(value) ? operation.Substring(2) : value;
                else if (operation.Length > 0)
                    return null;
                end = close + 1;
            }

            if (value is null || value.IndexOf('$') >= 0)
                return null;
            result.Append(value);
            i = end - 1;
        }

        return result.ToString();
    }
}
