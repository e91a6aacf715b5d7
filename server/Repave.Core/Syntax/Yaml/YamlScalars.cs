using System.Globalization;

namespace Repave.Core.Syntax.Yaml;

/// <summary>How readers take unquoted scalars: YAML 1.1 as go-yaml v2 reads it (which kubectl and the API server use:
/// <c>yes</c>, <c>on</c> and <c>y</c> are booleans, <c>0777</c> is octal), and the YAML 1.2 core schema.</summary>
public static class YamlScalars
{
    /// <summary>YAML 1.1, the way go-yaml v2's resolve.go decides it.</summary>
    public static ScalarKind KindOf11(string value)
    {
        if (value.Length == 0)
            return ScalarKind.Null;
        var first = value[0];
        switch (first)
        {
            case '~' or 'y' or 'Y' or 'n' or 'N' or 't' or 'T' or 'f' or 'F' or 'o' or 'O':
                return value switch
                {
                    "~" or "null" or "Null" or "NULL" => ScalarKind.Null,
                    "y" or "Y" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" or "true" or "True" or "TRUE" => ScalarKind.Boolean,
                    "n" or "N" or "no" or "No" or "NO" or "off" or "Off" or "OFF" or "false" or "False" or "FALSE" => ScalarKind.Boolean,
                    _ => ScalarKind.String,
                };
            case '.':
                if (value is ".nan" or ".NaN" or ".NAN" or ".inf" or ".Inf" or ".INF")
                    return ScalarKind.Float;
                return IsFloat11(value) ? ScalarKind.Float : ScalarKind.String;
            case '+' or '-' or (>= '0' and <= '9'):
                if (value is "-.inf" or "-.Inf" or "-.INF" or "+.inf" or "+.Inf" or "+.INF")
                    return ScalarKind.Float;
                return NumberKind11(value.Contains('_') ? value.Replace("_", "") : value);
            default:
                return ScalarKind.String;
        }
    }

    /// <summary>The YAML 1.2 core schema; every JSON number, truth value and null is the same in it.</summary>
    public static ScalarKind KindOf12(string value)
    {
        if (value.Length == 0)
            return ScalarKind.Null;
        switch (value)
        {
            case "~" or "null" or "Null" or "NULL":
                return ScalarKind.Null;
            case "true" or "True" or "TRUE" or "false" or "False" or "FALSE":
                return ScalarKind.Boolean;
            case ".nan" or ".NaN" or ".NAN" or ".inf" or ".Inf" or ".INF" or "-.inf" or "-.Inf" or "-.INF" or "+.inf" or "+.Inf" or "+.INF":
                return ScalarKind.Float;
        }

        if (value.StartsWith("0o", StringComparison.Ordinal) && value.Length > 2)
            return All(value, 2, c => c is >= '0' and <= '7') ? ScalarKind.Integer : ScalarKind.String;
        if (value.StartsWith("0x", StringComparison.Ordinal) && value.Length > 2)
            return All(value, 2, IsHex) ? ScalarKind.Integer : ScalarKind.String;
        var digits = value[0] is '+' or '-' ? 1 : 0;
        if (digits < value.Length && All(value, digits, c => c is >= '0' and <= '9'))
            return ScalarKind.Integer;
        return IsDecimalFloat(value) ? ScalarKind.Float : ScalarKind.String;
    }

    /// <summary>The truth value of a scalar that <see cref="KindOf11"/> takes for a boolean.</summary>
    public static bool BooleanOf(string value) =>
        value.Length > 0 && (value[0] is 'y' or 'Y' or 't' or 'T' || value is "on" or "On" or "ON");

    /// <summary>The whole number that a YAML 1.1 reader reads, or null where it is none or does not fit 64 bits. A number
    /// written with a fraction or an exponent that is whole (<c>1e3</c>, <c>2.0</c>) counts, as it does for JSON readers.</summary>
    public static long? IntegerOf(string value)
    {
        var text = value.Contains('_') ? value.Replace("_", "") : value;
        if (text.Length == 0)
            return null;
        var negative = text[0] == '-';
        var start = text[0] is '+' or '-' ? 1 : 0;
        if (start < text.Length && text[start] == '0' && text.Length > start + 1 && text[start + 1] is not ('.' or 'e' or 'E'))
        {
            var (radix, digits) = RadixAt(text, start);
            if (TryParseRadix(text, digits, radix, out var magnitude))
            {
                return magnitude <= long.MaxValue ? negative ? -(long)magnitude : (long)magnitude
                    : negative && magnitude == 1UL << 63 ? long.MinValue : null;
            }
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return whole;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && real == Math.Floor(real)
            && Math.Abs(real) < 9e18)
            return (long)real;
        return null;
    }

    /// <summary>The number that a scalar stands for, or null where it is none.</summary>
    public static double? NumberOf(string value)
    {
        switch (value)
        {
            case ".nan" or ".NaN" or ".NAN":
                return double.NaN;
            case ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF":
                return double.PositiveInfinity;
            case "-.inf" or "-.Inf" or "-.INF":
                return double.NegativeInfinity;
        }

        if (IntegerOf(value) is { } whole)
            return whole;
        return double.TryParse(value.Replace("_", ""), NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? real : null;
    }

    private static ScalarKind NumberKind11(string text)
    {
        var start = text.Length > 0 && (text[0] is '+' or '-') ? 1 : 0;
        if (start == text.Length)
            return ScalarKind.String;
        if (text[start] == '0' && text.Length > start + 1)
        {
            var (radix, digits) = RadixAt(text, start);
            if (digits < text.Length && TryParseRadix(text, digits, radix, out var magnitude)
                && (text[0] != '-' || magnitude <= 1UL << 63))
                return ScalarKind.Integer;
        }
        else if (All(text, start, c => c is >= '0' and <= '9'))
        {
            return text.Length - start <= 20 ? ScalarKind.Integer : IsFloat11(text) ? ScalarKind.Float : ScalarKind.String;
        }

        return IsFloat11(text) ? ScalarKind.Float : ScalarKind.String;
    }

    // What follows a leading zero: the base, and where its digits begin.
    private static (int Radix, int Digits) RadixAt(string text, int zero) => text[zero + 1] switch
    {
        'x' or 'X' => (16, zero + 2),
        'b' or 'B' => (2, zero + 2),
        'o' or 'O' => (8, zero + 2),
        _ => (8, zero + 1),
    };

    private static bool TryParseRadix(string text, int start, int radix, out ulong value)
    {
        value = 0;
        if (start >= text.Length)
            return false;
        for (var i = start; i < text.Length; i++)
        {
            var c = text[i];
            var digit = c switch
            {
                >= '0' and <= '9' => c - '0',
                >= 'a' and <= 'f' => c - 'a' + 10,
                >= 'A' and <= 'F' => c - 'A' + 10,
                _ => 99,
            };
            if (digit >= radix || value > (ulong.MaxValue - (ulong)digit) / (ulong)radix)
                return false;
            value = (value * (ulong)radix) + (ulong)digit;
        }

        return true;
    }

    // What is too large for a number is a text to Go.
    private static bool IsFloat11(string text) =>
        IsDecimalFloat(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && !double.IsInfinity(number);

    // [-+]? ( \.[0-9]+ | [0-9]+ (\.[0-9]*)? ) ([eE][-+]?[0-9]+)?
    private static bool IsDecimalFloat(string text)
    {
        var i = 0;
        if (i < text.Length && (text[i] is '+' or '-'))
            i++;
        var whole = Digits(text, ref i);
        var fraction = 0;
        if (i < text.Length && text[i] == '.')
        {
            i++;
            fraction = Digits(text, ref i);
            if (whole == 0 && fraction == 0)
                return false;
        }

        if (whole == 0 && fraction == 0)
            return false;
        if (i < text.Length && (text[i] is 'e' or 'E'))
        {
            i++;
            if (i < text.Length && (text[i] is '+' or '-'))
                i++;
            if (Digits(text, ref i) == 0)
                return false;
        }

        return i == text.Length;
    }

    private static int Digits(string text, ref int i)
    {
        var start = i;
        while (i < text.Length && text[i] is >= '0' and <= '9')
            i++;
        return i - start;
    }

    private static bool IsHex(char c) => c is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F');

    private static bool All(string text, int start, Func<char, bool> test)
    {
        for (var i = start; i < text.Length; i++)
        {
            if (!test(text[i]))
                return false;
        }

        return start < text.Length;
    }
}
