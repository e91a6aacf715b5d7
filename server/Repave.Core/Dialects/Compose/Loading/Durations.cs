using System.Globalization;
using System.Text;

namespace Repave.Core.Dialects.Compose.Loading;

/// <summary>Durations as Go writes them, with days and weeks besides.</summary>
internal static class Durations
{
    private const long Microsecond = 1_000;
    private const long Millisecond = 1_000_000;
    private const long Second = 1_000_000_000;

    /// <summary>A duration in nanoseconds; null where the text is none.</summary>
    public static long? Parse(string text)
    {
        var at = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        var isNegative = at > 0 && text[0] == '-';
        if (text.Substring(at) == "0")
            return 0;
        if (at == text.Length)
            return null;
        decimal total = 0;
        while (at < text.Length)
        {
            var start = at;
            while (at < text.Length && text[at] is (>= '0' and <= '9') or '.')
                at++;
            if (at - start > 20 || !decimal.TryParse(text.Substring(start, at - start), NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture, out var number))
                return null;
            start = at;
            while (at < text.Length && text[at] is not ((>= '0' and <= '9') or '.'))
                at++;
            var unit = text.Substring(start, at - start) switch
            {
                "ns" => 1,
                "us" or "µs" or "μs" => Microsecond,
                "ms" => Millisecond,
                "s" => Second,
                "m" => 60 * Second,
                "h" => 3600 * Second,
                "d" => 24 * 3600 * Second,
                "w" => 7 * 24 * 3600 * Second,
                _ => 0,
            };
            if (unit == 0 || number > long.MaxValue / unit)
                return null;
            total += number * unit;
            if (total > long.MaxValue)
                return null;
        }

        return isNegative ? -(long)total : (long)total;
    }

    /// <summary>A duration as <c>time.Duration</c> is written (<c>1m30s</c>).</summary>
    public static string Format(long nanoseconds)
    {
        if (nanoseconds == 0)
            return "0s";
        var sign = nanoseconds < 0 ? "-" : "";
        var rest = (decimal)(nanoseconds < 0 ? unchecked((ulong)-nanoseconds) : (ulong)nanoseconds);
        if (rest < Microsecond)
            return $"{sign}{Number(rest)}ns";
        if (rest < Millisecond)
            return $"{sign}{Number(rest / Microsecond)}µs";
        if (rest < Second)
            return $"{sign}{Number(rest / Millisecond)}ms";
        var minutes = Math.Floor(rest / (60 * Second));
        var text = new StringBuilder(sign);
        if (minutes >= 60)
            text.Append(Number(Math.Floor(minutes / 60))).Append('h');
        if (minutes > 0)
            text.Append(Number(minutes % 60)).Append('m');
        return text.Append(Number(rest % (60 * Second) / Second)).Append('s').ToString();
    }

    private static string Number(decimal value) => value.ToString("0.#########", CultureInfo.InvariantCulture);
}
