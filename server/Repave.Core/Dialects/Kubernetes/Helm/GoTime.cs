using System.Globalization;
using System.Text;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Moments as Go's time package writes and reads them, by a layout that shows a reference moment.</summary>
internal static class GoTime
{
    private static readonly string[] Elements =
    [
        "January", "Jan", "Monday", "Mon", "MST", "2006", "-07:00:00", "-070000", "-07:00", "-0700", "-07", "Z07:00:00", "Z070000",
        "Z07:00", "Z0700", "Z07", "002", "__2", "_2", "01", "02", "03", "04", "05", "06", "15", "PM", "pm", "1", "2", "3", "4", "5",
    ];

    public static string Format(DateTimeOffset moment, string layout)
    {
        var text = new StringBuilder();
        for (var i = 0; i < layout.Length;)
        {
            var element = ElementAt(layout, i);
            if (element is null)
            {
                text.Append(layout[i++]);
                continue;
            }

            i += element.Length;
            text.Append(Write(moment, element));
        }

        return text.ToString();
    }

    /// <summary>Null where the text does not fit the layout.</summary>
    public static DateTimeOffset? Parse(string text, string layout)
    {
        var format = new StringBuilder();
        for (var i = 0; i < layout.Length;)
        {
            var element = ElementAt(layout, i);
            if (element is null)
            {
                format.Append('\\').Append(layout[i++]);
                continue;
            }

            i += element.Length;
            format.Append(element switch
            {
                "January" => "MMMM",
                "Jan" => "MMM",
                "Monday" => "dddd",
                "Mon" => "ddd",
                "2006" => "yyyy",
                "06" => "yy",
                "01" => "MM",
                "1" => "%M",
                "02" => "dd",
                "_2" or "2" => "%d",
                "15" => "HH",
                "03" => "hh",
                "3" => "%h",
                "04" => "mm",
                "4" => "%m",
                "05" => "ss",
                "5" => "%s",
                "PM" or "pm" => "tt",
                "-07:00" or "Z07:00" => "K",
                "-0700" or "Z0700" => "zzz",
                "MST" => "\\U\\T\\C",
                _ when element[0] is '.' or ',' => "FFFFFFF",
                _ => "",
            });
        }

        return DateTimeOffset.TryParseExact(text, format.ToString().Replace("%", ""), CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out var moment) ? moment : null;
    }

    private static string? ElementAt(string layout, int at)
    {
        if (layout[at] is '.' or ',' && at + 1 < layout.Length && layout[at + 1] is '0' or '9')
        {
            var end = at + 1;
            while (end < layout.Length && layout[end] == layout[at + 1])
                end++;
            if (end == layout.Length || layout[end] is not (>= '0' and <= '9'))
                return layout.Substring(at, end - at);
        }

        foreach (var element in Elements)
        {
            if (string.CompareOrdinal(layout, at, element, 0, element.Length) == 0
                && !(element == "Jan" && at + 3 < layout.Length && char.IsLower(layout[at + 3]))
                && !(element == "Mon" && at + 3 < layout.Length && char.IsLower(layout[at + 3])))
                return element;
        }

        return null;
    }

    private static string Write(DateTimeOffset moment, string element)
    {
        var hour = moment.Hour % 12 == 0 ? 12 : moment.Hour % 12;
        return element switch
        {
            "January" => moment.ToString("MMMM", CultureInfo.InvariantCulture),
            "Jan" => moment.ToString("MMM", CultureInfo.InvariantCulture),
            "Monday" => moment.ToString("dddd", CultureInfo.InvariantCulture),
            "Mon" => moment.ToString("ddd", CultureInfo.InvariantCulture),
            "MST" => moment.Offset == TimeSpan.Zero ? "UTC" : moment.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "")
                .TrimEnd('0'),
            "2006" => Digits(moment.Year, 4),
            "06" => Digits(moment.Year % 100, 2),
            "01" => Digits(moment.Month, 2),
            "1" => Digits(moment.Month, 1),
            "02" => Digits(moment.Day, 2),
            "2" => Digits(moment.Day, 1),
            "_2" => moment.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2),
            "002" => Digits(moment.DayOfYear, 3),
            "__2" => moment.DayOfYear.ToString(CultureInfo.InvariantCulture).PadLeft(3),
            "15" => Digits(moment.Hour, 2),
            "03" => Digits(hour, 2),
            "3" => Digits(hour, 1),
            "04" => Digits(moment.Minute, 2),
            "4" => Digits(moment.Minute, 1),
            "05" => Digits(moment.Second, 2),
            "5" => Digits(moment.Second, 1),
            "PM" => moment.Hour >= 12 ? "PM" : "AM",
            "pm" => moment.Hour >= 12 ? "pm" : "am",
            _ when element[0] == 'Z' && moment.Offset == TimeSpan.Zero => "Z",
            "Z07:00" or "-07:00" => moment.ToString("zzz", CultureInfo.InvariantCulture),
            "Z0700" or "-0700" => moment.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", ""),
            "Z07" or "-07" => moment.ToString("zzz", CultureInfo.InvariantCulture).Substring(0, 3),
            _ when element[0] is '.' or ',' => Fraction(moment, element),
            _ => moment.ToString("zzz", CultureInfo.InvariantCulture) + (element.Contains(':') ? ":00" : "00"),
        };
    }

    private static string Digits(int value, int width) => value.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');

    private static string Fraction(DateTimeOffset moment, string element)
    {
        var digits = ((moment.Ticks % 10_000_000) * 100).ToString(CultureInfo.InvariantCulture).PadLeft(9, '0');
        digits = digits.Substring(0, Math.Min(9, element.Length - 1));
        if (element[1] == '0')
            return element[0] + digits;
        digits = digits.TrimEnd('0');
        return digits.Length == 0 ? "" : element[0] + digits;
    }
}
