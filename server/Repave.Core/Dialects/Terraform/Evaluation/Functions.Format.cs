using System.Globalization;
using System.Numerics;
using System.Text;
using Repave.Core.Dialects.Terraform.Packs;

namespace Repave.Core.Dialects.Terraform.Evaluation;

/// <summary>The functions format and formatlist.</summary>
internal static partial class Functions
{
    private static TerraformValue FormatList(FunctionCall call)
    {
        var count = -1;
        for (var i = 1; i < call.Count; i++)
        {
            if (call[i].IsUnknown || (call[i].IsNull && call[i].Type.Kind == SchemaTypeKind.Any))
                return call.Unknown;
            if (call[i].IsNull || call[i].Type.Kind is not (SchemaTypeKind.List or SchemaTypeKind.Set or SchemaTypeKind.Tuple))
                continue;
            if (count >= 0 && call[i].Items.Count != count)
                return call.Fail(i, $"The lists differ in length: {count} and {call[i].Items.Count}.");
            count = call[i].Items.Count;
        }

        var results = new List<TerraformValue>();
        for (var at = 0; at < (count < 0 ? 1 : count); at++)
        {
            // What is null within a list is an item without a value, whatever its type.
            for (var i = 1; i < call.Count; i++)
            {
                if (call[i].Items.Count > at && call[i].Items[at].IsNull)
                    return call.Fail(i, "An item of the list is null, which the format has no verb for.");
            }

            var values = call.All.Select((value, i) => i > 0 && value.HasContent
                && value.Kind is SchemaTypeKind.List or SchemaTypeKind.Set or SchemaTypeKind.Tuple ? value.Items[at] : value).ToList();
            results.Add(Format(call, values, 0));
        }

        return TerraformValue.List(S, results);
    }

    // The verbs of Terraform's format, which are most of Go's.
    private static TerraformValue Format(FunctionCall call, IReadOnlyList<TerraformValue> values, int formatAt)
    {
        if (values[formatAt].IsNull)
            return call.Fail(0, "The format is null.");
        if (values[formatAt].Text is not { } format)
            return TerraformValue.UnknownOf(S);
        var result = new StringBuilder();
        var next = formatAt + 1;
        var highest = formatAt;
        var isKnown = true;
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%')
            {
                result.Append(format[i]);
                continue;
            }

            var flags = "";
            var width = -1;
            var precision = -1;
            i++;
            while (i < format.Length && format[i] is '+' or '-' or ' ' or '#' or '0')
                flags += format[i++];
            var start = i;
            while (i < format.Length && char.IsDigit(format[i]))
                i++;
            if (i > start)
                width = Bounded(format.Substring(start, i - start));
            if (i < format.Length && format[i] == '.')
            {
                start = ++i;
                while (i < format.Length && char.IsDigit(format[i]))
                    i++;
                precision = i > start ? Bounded(format.Substring(start, i - start)) : 0;
            }

            var at = next;
            if (i < format.Length && format[i] == '[')
            {
                var close = format.IndexOf(']', i);
                if (close < 0 || Bounded(format.Substring(i + 1, close - i - 1)) is var index && index <= 0)
                    return Bad();
                at = formatAt + index;
                i = close + 1;
            }

            if (i >= format.Length)
                return Bad();
            if (format[i] == '%')
            {
                result.Append('%');
                continue;
            }

            if (at >= values.Count)
                return call.Fail(0, $"The format asks for {at - formatAt} values, and there are {values.Count - formatAt - 1}.");
            highest = Math.Max(highest, at);
            next = at + 1;
            // A null of no type at all may become anything.
            if (!values[at].IsWhollyKnown || (values[at].IsNull && values[at].Type.Kind == SchemaTypeKind.Any))
            {
                isKnown = false;
                continue;
            }

            if (Verb(format[i], flags, width, precision, values[at], out var reason) is not { } written)
                return call.Fail(Math.Min(at, call.Count - 1), reason);
            result.Append(written);
        }

        if (highest + 1 < values.Count)
            return call.Fail(highest + 1, $"The format uses {highest - formatAt} of the {values.Count - formatAt - 1} values.");
        return isKnown && result.Length < MaxLength ? TerraformValue.Of(result.ToString()) : TerraformValue.UnknownOf(S);

        TerraformValue Bad() => call.Fail(0, "A verb of the format is not finished.");

        static int Bounded(string digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number < 10_000 ? number : 0;
    }

    private static string? Verb(char verb, string flags, int width, int precision, TerraformValue value, out string reason)
    {
        reason = "";
        switch (verb)
        {
            case 'v' when flags.Contains('#') || value.IsNull || !value.Type.IsPrimitive:
                return Pad(JsonWriter.Write(value), flags, width);
            case 'v':
                return value.Number is { } plain ? Number('g', flags, width, precision, plain, out reason)
                    : Pad(value.Text ?? (value.Boolean == true ? "true" : "false"), flags, width);
        }

        if (value.IsNull)
        {
            reason = "The value is null, which the format has no verb for.";
            return null;
        }

        switch (verb)
        {
            case 't':
                if (Conversion.To(value, B, out reason) is not { } truth)
                    break;
                return Pad(truth.Boolean == true ? "true" : "false", flags, width);
            case 's' or 'q':
                if (Conversion.To(value, S, out reason)?.Text is not { } text)
                    break;
                if (precision >= 0)
                    text = string.Concat(Characters(text).Take(precision));
                return Pad(verb == 'q' ? JsonWriter.Quote(text) : text, flags, width);
            case 'd' or 'b' or 'o' or 'x' or 'X' or 'e' or 'E' or 'f' or 'F' or 'g' or 'G':
                if (Conversion.To(value, N, out reason)?.Number is not { } number)
                    break;
                return Number(verb, flags, width, precision, number, out reason);
            default:
                reason = $"There is no verb '%{verb}'.";
                return null;
        }

        reason = $"The value does not fit '%{verb}': {reason}.";
        return null;
    }

    private static string? Number(char verb, string flags, int width, int precision, TerraformNumber number, out string reason)
    {
        reason = "";
        string digits;
        var isNegative = number.IsNegative;
        switch (verb)
        {
            case 'd' or 'b' or 'o' or 'x' or 'X' when number.Sign == 0:
                isNegative = false;
                digits = "0";
                break;
            case 'e' or 'E' or 'f' or 'F' or 'g' or 'G' when number.IsInfinite:
                digits = "Inf";
                flags = flags.Replace("0", "") + (isNegative ? "" : "+");
                break;
            case 'd' or 'b' or 'o' or 'x' or 'X':
                if (!number.IsWhole)
                {
                    reason = $"The value does not fit '%{verb}': a whole number is required.";
                    return null;
                }

                var whole = BigInteger.Abs(number.Whole);
                digits = verb switch
                {
                    'd' => whole.ToString(CultureInfo.InvariantCulture),
                    'b' => InBase(whole, 2),
                    'o' => InBase(whole, 8),
                    'x' => InBase(whole, 16),
                    _ => InBase(whole, 16).ToUpperInvariant(),
                };
                break;
            default:
                var value = Math.Abs(number.Double);
                digits = verb switch
                {
                    'f' or 'F' => value.ToString("F" + (precision < 0 ? 6 : Math.Min(precision, 99)).ToString(CultureInfo.InvariantCulture),
                        CultureInfo.InvariantCulture),
                    'e' or 'E' =>
                        Exponent(value.ToString($"{verb}{(precision < 0 ? 6 : Math.Min(precision, 99))}", CultureInfo.InvariantCulture)),
                    _ when precision < 0 => Shortest(number.IsNegative ? number.Negative() : number, verb),
                    _ => General(value, precision, verb),
                };
                break;
        }

        var sign = isNegative ? "-" : flags.Contains('+') ? "+" : flags.Contains(' ') ? " " : "";
        if (flags.Contains('0') && !flags.Contains('-') && width > 0)
            digits = digits.PadLeft(Math.Max(0, width - sign.Length), '0');
        return Pad(sign + digits, flags.Replace("0", ""), width);
    }

    // Go writes at least two digits of an exponent, .NET three.
    private static string Exponent(string text)
    {
        var at = text.IndexOfAny(['e', 'E']);
        var digits = text.Substring(at + 2).TrimStart('0').PadLeft(2, '0');
        return text.Substring(0, at + 2) + digits;
    }

    // As many digits as tell the number apart, with an exponent where it is 6 or more, or less than -4.
    private static string Shortest(TerraformNumber number, char verb)
    {
        var plain = number.ToString();
        var point = plain.IndexOf('.') is var at and >= 0 ? at : plain.Length;
        var digits = plain.Replace(".", "");
        var zeros = digits.Length - digits.TrimStart('0').Length;
        if (zeros == digits.Length)
            return "0";
        digits = digits.Substring(zeros).TrimEnd('0');
        var exponent = point - zeros - 1;
        if (exponent is >= -4 and < 6)
            return plain;
        var mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits.Substring(1)}";
        return string.Format(CultureInfo.InvariantCulture, "{0}{1}{2}{3:00}", mantissa, verb == 'g' ? "e" : "E", exponent < 0 ? "-" : "+",
            Math.Abs(exponent));
    }

    private static string General(double value, int precision, char verb)
    {
        var shortest = precision < 0 ? value.ToString("R", CultureInfo.InvariantCulture)
            : value.ToString($"G{Math.Max(1, Math.Min(precision, 17))}", CultureInfo.InvariantCulture);
        var exponent = value == 0 ? 0 : (int)Math.Floor(Math.Log10(value));
        var limit = precision < 0 ? 21 : Math.Max(1, precision);
        if (exponent < -4 || exponent >= limit)
        {
            var digits = precision < 0 ? shortest.Replace(".", "").TrimStart('0').Split('E')[0].TrimEnd('0').Length - 1
                : Math.Max(1, precision) - 1;
            var text = value.ToString($"{(verb == 'g' ? 'e' : 'E')}{Math.Max(0, digits)}", CultureInfo.InvariantCulture);
            return Exponent(text);
        }

        return shortest.IndexOf('E') < 0 ? shortest
            : decimal.TryParse(shortest, NumberStyles.Float, CultureInfo.InvariantCulture, out var plain)
                ? plain.ToString(CultureInfo.InvariantCulture) : shortest;
    }

    private static string InBase(BigInteger value, int numberBase)
    {
        if (value.IsZero)
            return "0";
        var digits = new StringBuilder();
        for (; !value.IsZero; value /= numberBase)
            digits.Insert(0, "0123456789abcdef"[(int)(value % numberBase)]);
        return digits.ToString();
    }

    private static string Pad(string text, string flags, int width)
    {
        if (width < 0)
            return text;
        var missing = width - Characters(text).Count;
        if (missing <= 0)
            return text;
        return flags.Contains('-') ? text + new string(' ', missing) : new string(flags.Contains('0') ? '0' : ' ', missing) + text;
    }
}
