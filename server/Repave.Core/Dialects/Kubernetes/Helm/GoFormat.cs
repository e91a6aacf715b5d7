using System.Globalization;
using System.Text;
using Repave.Core.Syntax.GoTemplate;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Values as Go's fmt package writes them.</summary>
internal static class GoFormat
{
    private const int MaxDepth = 200;
    private const int MaxWidth = 1_000_000;

    /// <summary>A value as an action prints it.</summary>
    /// <param name="value">The value.</param>
    /// <param name="nothing">What stands for nil.</param>
    public static GoText Print(GoValue? value, string nothing = "<nil>") => value switch
    {
        null => new GoText(nothing),
        GoText { IsBytes: false } text => text,
        _ => new GoText(Value(value), WithoutCopy(value.Trace)),
    };

    /// <summary>A value as <c>%v</c> writes it.</summary>
    public static string Value(GoValue? value)
    {
        var text = new StringBuilder();
        Write(text, value, 'v', new Flags(), 0);
        return text.ToString();
    }

    /// <summary><c>fmt.Sprint</c>: a space between two of which neither is a text.</summary>
    public static GoText Sprint(IReadOnlyList<GoValue?> values)
    {
        var text = new GoTextBuilder();
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0 && !IsText(values[i]) && !IsText(values[i - 1]))
                text.Append(' ');
            text.Append(Print(values[i]));
        }

        return text.ToText();
    }

    /// <summary><c>fmt.Sprintln</c>.</summary>
    public static GoText Sprintln(IReadOnlyList<GoValue?> values)
    {
        var text = new GoTextBuilder();
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0)
                text.Append(' ');
            text.Append(Print(values[i]));
        }

        return text.Append('\n').ToText();
    }

    /// <summary><c>fmt.Sprintf</c>.</summary>
    public static GoText Sprintf(GoText formatText, IReadOnlyList<GoValue?> values)
    {
        var format = formatText.Text;
        var text = new GoTextBuilder();
        var next = 0;
        var reordered = false;
        for (var i = 0; i < format.Length;)
        {
            var percent = format.IndexOf('%', i);
            if (percent < 0)
                percent = format.Length;
            text.Append(formatText, i, percent - i);
            if (percent == format.Length)
                break;
            i = Verb(format, percent + 1, values, ref next, ref reordered, text);
        }

        if (!reordered && next < values.Count)
        {
            text.Append("%!(EXTRA ");
            for (var i = next; i < values.Count; i++)
            {
                if (i > next)
                    text.Append(", ");
                text.Append(values[i] is null ? "<nil>" : values[i]!.TypeName + "=").Append(values[i] is null ? GoText.Empty
                    : Print(values[i]));
            }

            text.Append(')');
        }

        return text.ToText();
    }

    private static bool IsText(GoValue? value) => value is GoText { IsBytes: false };

    private static Trace? WithoutCopy(Trace? trace) => trace?.AsWhole();

    private static int Verb(
        string format, int i, IReadOnlyList<GoValue?> values, ref int next, ref bool reordered, GoTextBuilder text)
    {
        var flags = new Flags();
        for (; i < format.Length; i++)
        {
            switch (format[i])
            {
                case '#': flags.Sharp = true; continue;
                case '0': flags.Zero = true; continue;
                case '+': flags.Plus = true; continue;
                case '-': flags.Minus = true; continue;
                case ' ': flags.Space = true; continue;
            }

            break;
        }

        var bad = false;
        ArgumentNumber(format, ref i, values.Count, ref next, ref reordered, ref bad);
        if (i < format.Length && format[i] == '*')
        {
            i++;
            flags.Width = Star(values, ref next, text, "%!(BADWIDTH)");
            if (flags.Width < 0)
            {
                flags.Minus = true;
                flags.Width = -flags.Width;
            }
        }
        else
        {
            flags.Width = ReadNumber(format, ref i);
        }

        if (i < format.Length && format[i] == '.')
        {
            i++;
            ArgumentNumber(format, ref i, values.Count, ref next, ref reordered, ref bad);
            if (i < format.Length && format[i] == '*')
            {
                i++;
                flags.Precision = Star(values, ref next, text, "%!(BADPREC)");
                if (flags.Precision < 0)
                {
                    flags.Precision = null;
                    text.Append("%!(BADPREC)");
                }
            }
            else
            {
                flags.Precision = ReadNumber(format, ref i) ?? 0;
            }
        }

        ArgumentNumber(format, ref i, values.Count, ref next, ref reordered, ref bad);
        if (i >= format.Length)
        {
            text.Append("%!(NOVERB)");
            return i;
        }

        var pair = char.IsSurrogatePair(format, i);
        var verb = format[i];
        var shown = pair ? format.Substring(i, 2) : verb.ToString();
        i += pair ? 2 : 1;
        if (verb == '%')
        {
            text.Append('%');
        }
        else if (bad)
        {
            text.Append("%!" + shown + "(BADINDEX)");
        }
        else if (next >= values.Count)
        {
            text.Append("%!" + shown + "(MISSING)");
        }
        else
        {
            var value = values[next++];
            if (value is GoText { IsBytes: false } plain && verb is 's' or 'v' && flags.IsPlain)
            {
                text.Append((GoText)value);
            }
            else
            {
                var one = new StringBuilder();
                if (flags.Minus)
                    flags.Zero = false;
                Write(one, value, pair ? '\uFFFF' : verb, flags, 0);
                text.Append(one.ToString(), WithoutCopy(value?.Trace));
            }
        }

        return i;
    }

    private static int? Star(IReadOnlyList<GoValue?> values, ref int next, GoTextBuilder text, string bad)
    {
        if (next < values.Count && values[next] is GoInteger { Value: > -MaxWidth and < MaxWidth and var width })
        {
            next++;
            return (int)width;
        }

        next++;
        text.Append(bad);
        return null;
    }

    private static int? ReadNumber(string format, ref int i)
    {
        var start = i;
        var number = 0;
        for (; i < format.Length && format[i] is >= '0' and <= '9'; i++)
            number = Math.Min((number * 10) + (format[i] - '0'), MaxWidth);
        return i == start ? null : number;
    }

    private static void ArgumentNumber(string format, ref int i, int count, ref int next, ref bool reordered, ref bool bad)
    {
        if (i >= format.Length || format[i] != '[')
            return;
        reordered = true;
        var close = format.IndexOf(']', i);
        if (close < 0)
        {
            bad = true;
            i++;
            return;
        }

        if (int.TryParse(format.Substring(i + 1, close - i - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index >= 1 && index <= count)
            next = index - 1;
        else
            bad = true;
        i = close + 1;
    }

    private static void Write(StringBuilder text, GoValue? value, char verb, Flags flags, int depth)
    {
        GoLimits.Check(text.Length);
        if (value is null)
        {
            if (verb is 'T' or 'v')
                Pad(text, verb == 'v' && flags.Sharp && depth > 0 ? "interface {}(nil)" : "<nil>", flags);
            else
                text.Append("%!").Append(verb).Append("(<nil>)");
            return;
        }

        switch (verb)
        {
            case 'T':
                Pad(text, value.TypeName, flags);
                return;
            case 'p':
                text.Append(Bad(value, verb));
                return;
        }

        if (depth > MaxDepth)
        {
            text.Append("...");
            return;
        }

        switch (value)
        {
            case GoBool boolean:
                if (verb is 't' or 'v')
                    Pad(text, boolean.Value ? "true" : "false", flags);
                else
                    text.Append(Bad(value, verb));
                break;
            case GoInteger { TypeName: "time.Duration" } duration when verb is 'v' or 's' && !flags.Sharp:
                Pad(text, GoDuration.Format(duration.Value), flags);
                break;
            case GoInteger { TypeName: "time.Duration" } duration when verb == 'q':
                Pad(text, GoQuoting.Quote(GoDuration.Format(duration.Value)), flags);
                break;
            case GoInteger integer:
                WriteInteger(text, integer, verb, flags);
                break;
            case GoFloat real:
                WriteFloat(text, real, verb, flags);
                break;
            case GoText { IsBytes: true } bytes when verb is 'v' or 'd':
                text.Append('[').Append(string.Join(" ", GoQuoting.BytesOf(bytes.Text))).Append(']');
                break;
            case GoText plain:
                WriteText(text, plain.Text, value, verb, flags);
                break;
            case GoObject { Text: { } shown } when verb is 'v' or 's' or 'q' or 'x' or 'X' && !flags.Sharp:
                WriteText(text, shown, value, verb, flags);
                break;
            case GoObject { Inner: { } inner }:
                Write(text, inner, verb, flags, depth);
                break;
            case GoList list:
                WriteList(text, list, verb, flags, depth);
                break;
            case GoMap map:
                WriteMap(text, map, verb, flags, depth);
                break;
            case GoObject structure:
                WriteStructure(text, structure, verb, flags, depth);
                break;
        }
    }

    private static void WriteList(StringBuilder text, GoList list, char verb, Flags flags, int depth)
    {
        var asGo = verb == 'v' && flags.Sharp;
        if (asGo && list.IsNil)
        {
            text.Append(list.TypeName).Append("(nil)");
            return;
        }

        text.Append(asGo ? list.TypeName + "{" : "[");
        for (var i = 0; i < list.Items.Count; i++)
        {
            if (i > 0)
                text.Append(asGo ? ", " : " ");
            Write(text, list.Items[i], verb, flags, depth + 1);
        }

        text.Append(asGo ? '}' : ']');
    }

    private static void WriteMap(StringBuilder text, GoMap map, char verb, Flags flags, int depth)
    {
        var asGo = verb == 'v' && flags.Sharp;
        text.Append(asGo ? map.TypeName + "{" : "map[");
        var first = true;
        foreach (var entry in map.Sorted)
        {
            if (!first)
                text.Append(asGo ? ", " : " ");
            first = false;
            Write(text, new GoText(entry.Key), verb, flags, depth + 1);
            text.Append(':');
            Write(text, entry.Value, verb, flags, depth + 1);
        }

        text.Append(asGo ? '}' : ']');
    }

    private static void WriteStructure(StringBuilder text, GoObject structure, char verb, Flags flags, int depth)
    {
        if (structure.TypeName.StartsWith('*'))
            text.Append('&');
        text.Append('{');
        var first = true;
        foreach (var field in structure.Fields)
        {
            if (!first)
                text.Append(' ');
            first = false;
            if (flags.Plus)
                text.Append(field.Key).Append(':');
            Write(text, field.Value, verb, flags, depth + 1);
        }

        text.Append('}');
    }

    private static void WriteInteger(StringBuilder text, GoInteger integer, char verb, Flags flags)
    {
        var value = integer.Value;
        var negative = value < 0;
        var magnitude = negative ? unchecked((ulong)-value) : (ulong)value;
        string digits;
        switch (verb)
        {
            case 'v' when flags.Sharp && integer.TypeName.StartsWith("uint", StringComparison.Ordinal):
                digits = "0x" + magnitude.ToString("x", CultureInfo.InvariantCulture);
                break;
            case 'd' or 'v':
                digits = magnitude.ToString(CultureInfo.InvariantCulture);
                break;
            case 'b':
                digits = (flags.Sharp ? "0b" : "") + Radix(magnitude, 2);
                break;
            case 'o' or 'O':
                digits = Radix(magnitude, 8);
                digits = verb == 'O' ? "0o" + digits : flags.Sharp && digits[0] != '0' ? "0" + digits : digits;
                break;
            case 'x':
                digits = (flags.Sharp ? "0x" : "") + magnitude.ToString("x", CultureInfo.InvariantCulture);
                break;
            case 'X':
                digits = (flags.Sharp ? "0X" : "") + magnitude.ToString("X", CultureInfo.InvariantCulture);
                break;
            case 'c':
                Pad(text, Rune(value), flags);
                return;
            case 'q':
                Pad(text, GoQuoting.QuoteCharacter(value is >= 0 and <= 0x10FFFF ? (int)value : 0xFFFD, flags.Plus), flags);
                return;
            case 'U':
                digits = "U+" + magnitude.ToString("X4", CultureInfo.InvariantCulture)
                    + (flags.Sharp && value is >= 0 and <= 0x10FFFF ? $" '{Rune(value)}'" : "");
                Pad(text, digits, flags with { Zero = false });
                return;
            default:
                text.Append(Bad(integer, verb));
                return;
        }

        if (flags.Precision is { } precision)
        {
            if (precision == 0 && value == 0)
                digits = "";
            flags.Zero = false;
            digits = digits.PadLeft(precision, '0');
        }

        PadNumber(text, negative ? "-" : flags.Plus ? "+" : flags.Space ? " " : "", digits, flags);
    }

    private static void WriteFloat(StringBuilder text, GoFloat real, char verb, Flags flags)
    {
        var value = real.Value;
        if (verb is not ('v' or 'e' or 'E' or 'f' or 'F' or 'g' or 'G'))
        {
            text.Append(Bad(real, verb));
            return;
        }

        if (double.IsNaN(value) || double.IsInfinity(value))
        {
            PadNumber(text, double.IsNaN(value) ? (flags.Plus ? "+" : "") : value < 0 ? "-" : flags.Plus ? "+" : flags.Space ? " " : "",
                double.IsNaN(value) ? "NaN" : double.IsInfinity(value) && (value < 0 || flags.Plus || flags.Space) ? "Inf" : "+Inf",
                flags with { Zero = false });
            return;
        }

        var (negative, _, _) = GoNumbers.Shortest(value);
        var magnitude = Math.Abs(value);
        var digits = verb switch
        {
            'v' => flags.Precision is { } p ? General(magnitude, p) : GoNumbers.Format(magnitude, 'g'),
            'g' or 'G' => flags.Precision is { } p ? General(magnitude, p) : GoNumbers.Format(magnitude, 'g'),
            'f' or 'F' => Fixed(magnitude, flags.Precision ?? 6),
            _ => Exponent(magnitude, flags.Precision ?? 6),
        };
        if (verb is 'E' or 'G')
            digits = digits.ToUpperInvariant();
        PadNumber(text, negative ? "-" : flags.Plus ? "+" : flags.Space ? " " : "", digits, flags);
    }

    /// <summary>A number with so many digits after the point, rounded as Go does: exactly, to even.</summary>
    public static string Fixed(double value, int precision)
    {
        precision = Math.Min(precision, 1000);
        var (numerator, denominator) = Exact(Math.Abs(value));
        var scaled = numerator * System.Numerics.BigInteger.Pow(10, precision);
        var digits = Round(scaled, denominator).ToString(CultureInfo.InvariantCulture).PadLeft(precision + 1, '0');
        return (value < 0 ? "-" : "")
            + (precision == 0 ? digits : digits.Substring(0, digits.Length - precision) + "."
                + digits.Substring(digits.Length - precision));
    }

    private static string Exponent(double value, int precision)
    {
        precision = Math.Min(precision, 1000);
        if (value == 0)
            return (precision == 0 ? "0" : "0." + new string('0', precision)) + "e+00";
        var (digits, power) = Digits(value, precision + 1);
        return digits[0] + (precision == 0 ? "" : "." + digits.Substring(1)) + "e" + (power < 0 ? "-" : "+")
            + Math.Abs(power).ToString("00", CultureInfo.InvariantCulture);
    }

    private static string General(double value, int precision)
    {
        precision = Math.Max(1, Math.Min(precision, 1000));
        if (value == 0)
            return "0";
        var (digits, power) = Digits(value, precision);
        digits = digits.TrimEnd('0');
        if (power < -4 || power >= Math.Max(precision, digits.Length > precision ? digits.Length : precision))
        {
            return digits[0] + (digits.Length > 1 ? "." + digits.Substring(1) : "") + "e" + (power < 0 ? "-" : "+")
                + Math.Abs(power).ToString("00", CultureInfo.InvariantCulture);
        }

        if (power < 0)
            return "0." + new string('0', -power - 1) + digits;
        return digits.Length <= power + 1 ? digits.PadRight(power + 1, '0') : digits.Substring(0, power + 1) + "."
            + digits.Substring(power + 1);
    }

    private static (string Digits, int Power) Digits(double value, int count)
    {
        var (numerator, denominator) = Exact(value);
        var power = (int)Math.Floor(Math.Log10(value));
        while (true)
        {
            var shift = count - 1 - power;
            var rounded = shift >= 0 ? Round(numerator * System.Numerics.BigInteger.Pow(10, shift), denominator)
                : Round(numerator, denominator * System.Numerics.BigInteger.Pow(10, -shift));
            var digits = rounded.ToString(CultureInfo.InvariantCulture);
            if (digits.Length == count)
                return (digits, power);
            power += digits.Length > count ? 1 : -1;
        }
    }

    private static (System.Numerics.BigInteger Numerator, System.Numerics.BigInteger Denominator) Exact(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF);
        var mantissa = bits & 0xFFFFFFFFFFFFFL;
        if (exponent == 0)
            exponent++;
        else
            mantissa |= 1L << 52;
        exponent -= 1075;
        return exponent >= 0 ? (new System.Numerics.BigInteger(mantissa) << exponent, 1)
            : (mantissa, System.Numerics.BigInteger.One << -exponent);
    }

    private static System.Numerics.BigInteger Round(System.Numerics.BigInteger numerator, System.Numerics.BigInteger denominator)
    {
        var whole = System.Numerics.BigInteger.DivRem(numerator, denominator, out var rest);
        var twice = (rest * 2).CompareTo(denominator);
        return twice > 0 || (twice == 0 && !whole.IsEven) ? whole + 1 : whole;
    }

    private static void WriteText(StringBuilder text, string value, GoValue of, char verb, Flags flags)
    {
        if (verb is 's' or 'v' or 'q' && flags.Precision is { } precision)
            value = GoQuoting.Truncate(value, precision);
        switch (verb)
        {
            case 'v' when flags.Sharp:
                Pad(text, GoQuoting.Quote(value), flags);
                break;
            case 's' or 'v':
                Pad(text, value, flags);
                break;
            case 'q':
                Pad(text, flags.Sharp && value.IndexOf('`') < 0 && value.IndexOfAny(['\n', '\r']) < 0 ? "`" + value + "`"
                    : GoQuoting.Quote(value, flags.Plus), flags);
                break;
            case 'x' or 'X':
                var bytes = GoQuoting.BytesOf(value);
                var count = Math.Min(bytes.Length, flags.Precision ?? bytes.Length);
                var hexadecimal = new StringBuilder(flags.Sharp && count > 0 ? "0" + verb : "");
                for (var i = 0; i < count; i++)
                {
                    if (flags.Space && i > 0)
                        hexadecimal.Append(flags.Sharp ? " 0" + verb : " ");
                    hexadecimal.Append(bytes[i].ToString(verb == 'x' ? "x2" : "X2", CultureInfo.InvariantCulture));
                }

                Pad(text, hexadecimal.ToString(), flags);
                break;
            default:
                text.Append(Bad(of, verb));
                break;
        }
    }

    private static string Bad(GoValue value, char verb) => "%!" + verb + "(" + value.TypeName + "=" + Value(value) + ")";

    private static string Rune(long value) =>
        value is < 0 or > 0x10FFFF or (>= 0xD800 and <= 0xDFFF) ? "\uFFFD" : char.ConvertFromUtf32((int)value);

    private static string Radix(ulong value, uint radix)
    {
        if (value == 0)
            return "0";
        var digits = new StringBuilder();
        for (; value > 0; value /= radix)
            digits.Insert(0, (char)('0' + (value % radix)));
        return digits.ToString();
    }

    private static void PadNumber(StringBuilder text, string sign, string digits, Flags flags)
    {
        if (flags.Zero && !flags.Minus && flags.Width is { } width && sign.Length + digits.Length < width)
        {
            GoLimits.Check(text.Length + width);
            var prefix = digits.StartsWith("0x", StringComparison.Ordinal) || digits.StartsWith("0X", StringComparison.Ordinal)
                || digits.StartsWith("0b", StringComparison.Ordinal) ? 2 : 0;
            text.Append(sign).Append(digits, 0, prefix).Append('0', width - sign.Length - digits.Length).Append(digits, prefix,
                digits.Length - prefix);
            return;
        }

        Pad(text, sign + digits, flags with { Zero = false });
    }

    private static void Pad(StringBuilder text, string value, Flags flags)
    {
        var width = flags.Width ?? 0;
        var length = width == 0 ? 0 : CountOf(value);
        if (length >= width)
        {
            text.Append(value);
            return;
        }

        GoLimits.Check(text.Length + width);
        if (flags.Minus)
            text.Append(value).Append(' ', width - length);
        else
            text.Append(flags.Zero ? '0' : ' ', width - length).Append(value);
    }

    private static int CountOf(string text)
    {
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsLowSurrogate(text[i]) || i == 0 || !char.IsHighSurrogate(text[i - 1]))
                count++;
        }

        return count;
    }

    private record struct Flags
    {
        public bool Sharp { get; set; }

        public bool Zero { get; set; }

        public bool Plus { get; set; }

        public bool Minus { get; set; }

        public bool Space { get; set; }

        public int? Width { get; set; }

        public int? Precision { get; set; }

        public readonly bool IsPlain => !Sharp && Width is null && Precision is null;
    }
}
