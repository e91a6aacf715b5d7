using System.Globalization;
using System.Text;

namespace Repave.Core.Dialects.Terraform.Evaluation;

/// <summary>Functions of times.</summary>
internal static partial class Functions
{
    private static void AddTimes(Adder add)
    {
        add("formatdate", [S, S], S, FormatDate);
        add("timeadd", [S, S], S, c => Time(c.Text(0)) is not { } time ? c.Fail(0, "The time is not in the form of RFC 3339.")
            : Duration(c.Text(1)) is not { } duration ? c.Fail(1, "The duration is a number and a unit: ns, us, ms, s, m or h.")
            : TerraformValue.Of(Written(time.Add(duration))));
        add("timecmp", [S, S], N, c => Time(c.Text(0)) is not { } left ? c.Fail(0, "The time is not in the form of RFC 3339.")
            : Time(c.Text(1)) is not { } right ? c.Fail(1, "The time is not in the form of RFC 3339.")
            : TerraformValue.Of(left.CompareTo(right)));
        add("timestamp", [], S, c => c.Unknown, FunctionTraits.NeverKnown);
        add("plantimestamp", [], S, c => c.Unknown, FunctionTraits.NeverKnown);
    }

    private static DateTimeOffset? Time(string text)
    {
        // DateTimeOffset takes more than RFC 3339 does.
        if (text.Length < 20 || text[4] != '-' || text[7] != '-' || text[10] is not ('T' or 't') || text[13] != ':' || text[16] != ':')
            return null;
        var end = text[text.Length - 1];
        if (end is not ('Z' or 'z') && (text.Length < 25 || text[text.Length - 3] != ':' || text[text.Length - 6] is not ('+' or '-')))
            return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
    }

    private static string Written(DateTimeOffset time)
    {
        // Terraform writes no fractions of seconds here.
        var text = time.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        return text + (time.Offset == TimeSpan.Zero ? "Z" : Zone(time.Offset, ":"));
    }

    private static string Zone(TimeSpan offset, string separator) =>
        $"{(offset < TimeSpan.Zero ? '-' : '+')}{Math.Abs(offset.Hours):00}{separator}{Math.Abs(offset.Minutes):00}";

    private static TimeSpan? Duration(string text)
    {
        var at = 0;
        var sign = 1;
        if (at < text.Length && text[at] is '+' or '-')
            sign = text[at++] == '-' ? -1 : 1;
        if (text.Substring(at) == "0")
            return TimeSpan.Zero;
        var seconds = 0m;
        if (at == text.Length || text.Length > 60)
            return null;
        while (at < text.Length)
        {
            var start = at;
            while (at < text.Length && (char.IsDigit(text[at]) || text[at] == '.'))
                at++;
            if (!decimal.TryParse(text.Substring(start, at - start), NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture, out var number))
                return null;
            start = at;
            while (at < text.Length && !char.IsDigit(text[at]) && text[at] != '.')
                at++;
            decimal? unit = text.Substring(start, at - start) switch
            {
                "h" => 3600m,
                "m" => 60m,
                "s" => 1m,
                "ms" => 0.001m,
                "us" or "µs" or "μs" => 0.000001m,
                "ns" => 0.000000001m,
                _ => null,
            };
            if (unit is null || number > 1_000_000_000_000m)
                return null;
            seconds += number * unit.Value;
        }

        return seconds > 9_000_000_000m ? null : TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond) * sign);
    }

    private static TerraformValue FormatDate(FunctionCall call)
    {
        var format = call.Text(0);
        if (Time(call.Text(1)) is not { } time)
            return call.Fail(1, "The time is not in the form of RFC 3339.");
        var result = new StringBuilder();
        for (var i = 0; i < format.Length;)
        {
            var c = format[i];
            if (c == '\'')
            {
                i++;
                var isClosed = false;
                while (i < format.Length)
                {
                    if (format[i] == '\'')
                    {
                        i++;
                        if (i < format.Length && format[i] == '\'')
                        {
                            result.Append('\'');
                            i++;
                            continue;
                        }

                        isClosed = true;
                        break;
                    }

                    result.Append(format[i++]);
                }

                if (!isClosed)
                    return call.Fail(0, "A quote in the format is not closed.");
                continue;
            }

            if (c is not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z')))
            {
                result.Append(c);
                i++;
                continue;
            }

            var start = i;
            while (i < format.Length && format[i] == c)
                i++;
            if (DatePart(format.Substring(start, i - start), time) is not { } part)
                return call.Fail(0,
                    $"'{format.Substring(start, i - start)}' means nothing in a format of dates; literal text stands in single quotes.");
            result.Append(part);
        }

        return TerraformValue.Of(result.ToString());
    }

    private static string? DatePart(string verb, DateTimeOffset time)
    {
        string By(string format) => time.ToString(format, CultureInfo.InvariantCulture);
        return verb switch
        {
            "YYYY" => By("yyyy"),
            "YY" => By("yy"),
            "MMMM" => By("MMMM"),
            "MMM" => By("MMM"),
            "MM" => By("MM"),
            "M" => By("%M"),
            "DD" => By("dd"),
            "D" => By("%d"),
            "EEEE" => By("dddd"),
            "EEE" => By("ddd"),
            "hh" => By("HH"),
            "h" => By("%H"),
            "HH" => By("hh"),
            "H" => By("%h"),
            "AA" => time.Hour < 12 ? "AM" : "PM",
            "aa" => time.Hour < 12 ? "am" : "pm",
            "mm" => By("mm"),
            "m" => By("%m"),
            "ss" => By("ss"),
            "s" => By("%s"),
            "ZZZZZ" => Zone(time.Offset, ":"),
            "ZZZZ" => Zone(time.Offset, ""),
            "ZZZ" => time.Offset == TimeSpan.Zero ? "UTC" : Zone(time.Offset, ""),
            "Z" => time.Offset == TimeSpan.Zero ? "Z" : Zone(time.Offset, ":"),
            _ => null,
        };
    }
}
