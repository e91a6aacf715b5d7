using System.Globalization;

namespace Repave.Core.Syntax.Dockerfile;

/// <summary>Durations as Go writes them: <c>1m30s</c>, <c>1.5h</c>, <c>250ms</c>.</summary>
internal static class DockerfileDuration
{
    private static readonly (string Name, double Size)[] Units =
        [("ns", 1), ("us", 1e3), ("µs", 1e3), ("μs", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3600e9)];

    /// <summary>A duration in nanoseconds; null if it is none.</summary>
    public static double? Nanoseconds(string text)
    {
        var at = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        var sign = text.Length > 0 && text[0] == '-' ? -1 : 1;
        if (text.Substring(at) == "0")
            return 0;
        if (at == text.Length)
            return null;
        var sum = 0d;
        while (at < text.Length)
        {
            var start = at;
            while (at < text.Length && text[at] is (>= '0' and <= '9') or '.')
                at++;
            var digits = text.Substring(start, at - start);
            if (!double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                return null;
            start = at;
            while (at < text.Length && text[at] is not ((>= '0' and <= '9') or '.'))
                at++;
            var unit = text.Substring(start, at - start);
            var known = Array.FindIndex(Units, u => u.Name == unit);
            if (known < 0)
                return null;
            sum += number * Units[known].Size;
        }

        return sum > long.MaxValue ? null : sign * sum;
    }
}
