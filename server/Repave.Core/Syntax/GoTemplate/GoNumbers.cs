using System.Globalization;
using System.Text;

namespace Repave.Core.Syntax.GoTemplate;

/// <summary>Numbers as Go reads and writes them.</summary>
internal static class GoNumbers
{
    /// <summary>A whole number as <c>strconv.ParseInt(text, 0, 64)</c> reads it: with a base before it, and underscores.</summary>
    public static long? ParseInteger(string text, int radix = 0)
    {
        if (!Magnitude(text, radix, out var negative, out var magnitude))
            return null;
        return negative ? magnitude <= 1UL << 63 ? unchecked(-(long)magnitude) : null : magnitude <= long.MaxValue ? (long)magnitude : null;
    }

    /// <summary>Whether a text is a whole number that fits 64 bits without a sign.</summary>
    public static bool IsUnsigned(string text) => text.Length > 0 && text[0] is not ('+' or '-') && Magnitude(text, 0, out _, out _);

    /// <summary>A number as <c>strconv.ParseFloat</c> reads it; null where it does not, or where it is too large.</summary>
    public static double? ParseFloat(string text)
    {
        var start = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        var rest = text.Substring(start).ToLowerInvariant();
        var sign = start > 0 && text[0] == '-' ? -1.0 : 1.0;
        if (rest is "inf" or "infinity")
            return sign * double.PositiveInfinity;
        if (rest == "nan")
            return double.NaN;
        if (rest.Length == 0 || rest[0] is not ((>= '0' and <= '9') or '.') || rest.StartsWith("0x", StringComparison.Ordinal))
            return null;
        foreach (var c in rest)
        {
            if (c is not ((>= '0' and <= '9') or '.' or 'e' or '+' or '-'))
                return null;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && !double.IsInfinity(value)
            ? value : null;
    }

    /// <summary>A number as <c>strconv.FormatFloat(value, format, -1, 64)</c> writes it.</summary>
    public static string Format(double value, char format)
    {
        if (double.IsNaN(value))
            return "NaN";
        if (double.IsInfinity(value))
            return value > 0 ? "+Inf" : "-Inf";
        var (negative, digits, exponent) = Shortest(value);
        var sign = negative ? "-" : "";
        // The exponent of a number written as d.ddd.
        var power = exponent - 1;
        if (format == 'e' || (format == 'g' && (power < -4 || power >= 6)))
            return sign + WithExponent(digits, power);
        return sign + WithPoint(digits, exponent);
    }

    /// <summary>The shortest digits that read back as the number, and how many of them stand before the point.</summary>
    public static (bool Negative, string Digits, int Exponent) Shortest(double value)
    {
        var negative = value < 0 || (value == 0 && BitConverter.DoubleToInt64Bits(value) < 0);
        if (value == 0)
            return (negative, "0", 1);
        // "R" on .NET Framework is not always the shortest: fewer digits are tried first.
        var text = Math.Abs(value).ToString("E16", CultureInfo.InvariantCulture);
        for (var count = 14; count <= 16; count++)
        {
            var tried = Math.Abs(value).ToString("E" + count.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            if (double.Parse(tried, NumberStyles.Float, CultureInfo.InvariantCulture) == Math.Abs(value))
            {
                text = tried;
                break;
            }
        }

        var mark = text.IndexOf('E');
        var digits = text.Substring(0, mark).Replace(".", "").TrimEnd('0');
        return (negative, digits, int.Parse(text.Substring(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) + 1);
    }

    private static string WithExponent(string digits, int power)
    {
        var text = new StringBuilder().Append(digits[0]);
        if (digits.Length > 1)
            text.Append('.').Append(digits, 1, digits.Length - 1);
        return text.Append('e').Append(power < 0 ? '-' : '+').Append(Math.Abs(power).ToString("00", CultureInfo.InvariantCulture))
            .ToString();
    }

    private static string WithPoint(string digits, int exponent)
    {
        if (exponent <= 0)
            return "0." + new string('0', -exponent) + digits;
        return exponent >= digits.Length ? digits + new string('0', exponent - digits.Length)
            : digits.Substring(0, exponent) + "." + digits.Substring(exponent);
    }

    private static bool Magnitude(string text, int radix, out bool negative, out ulong magnitude)
    {
        magnitude = 0;
        negative = text.Length > 0 && text[0] == '-';
        var at = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        var underscores = radix == 0;
        if (radix == 0)
        {
            radix = 10;
            if (at + 1 < text.Length && text[at] == '0')
            {
                (radix, at) = text[at + 1] switch
                {
                    'x' or 'X' => (16, at + 2),
                    'b' or 'B' => (2, at + 2),
                    'o' or 'O' => (8, at + 2),
                    _ => (8, at + 1),
                };
            }
        }

        if (at >= text.Length)
            return false;
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (c == '_' && underscores && at + 1 < text.Length && text[at + 1] != '_')
                continue;
            var digit = c switch
            {
                >= '0' and <= '9' => c - '0',
                >= 'a' and <= 'z' => c - 'a' + 10,
                >= 'A' and <= 'Z' => c - 'A' + 10,
                _ => 99,
            };
            if (digit >= radix || magnitude > (ulong.MaxValue - (ulong)digit) / (ulong)radix)
                return false;
            magnitude = (magnitude * (ulong)radix) + (ulong)digit;
        }

        return true;
    }
}
