using System.Globalization;
using Repave.Core.Syntax.GoTemplate;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Durations as Go's time package reads and writes them, in nanoseconds.</summary>
internal static class GoDuration
{
    public const long Second = 1_000_000_000;

    /// <summary>A duration as <c>Duration.String</c> writes it.</summary>
    public static string Format(long nanoseconds)
    {
        if (nanoseconds == 0)
            return "0s";
        var sign = nanoseconds < 0 ? "-" : "";
        var value = nanoseconds < 0 ? unchecked((ulong)-nanoseconds) : (ulong)nanoseconds;
        if (value < (ulong)Second)
        {
            var (unit, size) = value < 1000 ? ("ns", 1UL) : value < 1_000_000 ? ("µs", 1000UL) : ("ms", 1_000_000UL);
            return sign + Fraction(value / size, value % size, size) + unit;
        }

        var seconds = value / (ulong)Second;
        var text = Fraction(seconds % 60, value % (ulong)Second, (ulong)Second) + "s";
        if (seconds >= 60)
            text = (seconds / 60 % 60).ToString(CultureInfo.InvariantCulture) + "m" + text;
        if (seconds >= 3600)
            text = (seconds / 3600).ToString(CultureInfo.InvariantCulture) + "h" + text;
        return sign + text;
    }

    /// <summary>Reads what <c>time.ParseDuration</c> does; null if that refuses.</summary>
    public static long? Parse(string text)
    {
        var rest = text;
        var negative = false;
        if (rest.Length > 0 && rest[0] is '+' or '-')
        {
            negative = rest[0] == '-';
            rest = rest.Substring(1);
        }

        if (rest == "0")
            return 0;
        if (rest.Length == 0)
            return null;
        decimal total = 0;
        while (rest.Length > 0)
        {
            var digits = 0;
            while (digits < rest.Length && rest[digits] is (>= '0' and <= '9') or '.')
                digits++;
            var end = digits;
            while (end < rest.Length && rest[end] is not ((>= '0' and <= '9') or '.'))
                end++;
            var size = rest.Substring(digits, end - digits) switch
            {
                "ns" => 1m,
                "us" or "µs" or "μs" => 1000m,
                "ms" => 1_000_000m,
                "s" => Second,
                "m" => 60m * Second,
                "h" => 3600m * Second,
                _ => 0m,
            };
            if (size == 0 || digits is 0 or > 20 || !decimal.TryParse(rest.Substring(0, digits), NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture, out var number) || number > long.MaxValue / size)
                return null;
            total += decimal.Truncate(number * size);
            if (total > long.MaxValue)
                return null;
            rest = rest.Substring(end);
        }

        return negative ? -(long)total : (long)total;
    }

    private static string Fraction(ulong whole, ulong part, ulong size)
    {
        var text = whole.ToString(CultureInfo.InvariantCulture);
        if (part == 0)
            return text;
        var width = size.ToString(CultureInfo.InvariantCulture).Length - 1;
        return text + "." + part.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0').TrimEnd('0');
    }
}
