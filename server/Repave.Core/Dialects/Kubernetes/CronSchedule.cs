using System.Globalization;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>The schedules that CronJobs understand: five fields, or a name such as <c>@daily</c>.</summary>
internal static class CronSchedule
{
    private static readonly (string Name, int Low, int High, string[] Words)[] Fields =
    [
        ("minute", 0, 59, []),
        ("hour", 0, 23, []),
        ("day of the month", 1, 31, []),
        ("month", 1, 12, ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]),
        ("day of the week", 0, 6, ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
    ];

    /// <summary>What is wrong with a schedule, or null.</summary>
    public static string? Check(string schedule)
    {
        if (schedule.Contains("TZ", StringComparison.Ordinal))
            return "a schedule may not name a time zone; use the field timeZone";
        if (schedule.StartsWith('@'))
        {
            return schedule is "@yearly" or "@annually" or "@monthly" or "@weekly" or "@daily" or "@midnight" or "@hourly"
                || IsEvery(schedule)
                ? null
                : "it must be five fields or one of @yearly, @monthly, @weekly, @daily, @hourly and @every with a duration";
        }

        var fields = schedule.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 5)
            return $"a schedule has five fields (minute, hour, day of the month, month, day of the week), and this has {fields.Length}";
        for (var i = 0; i < 5; i++)
        {
            foreach (var part in fields[i].Split(','))
            {
                if (!IsRange(part, Fields[i].Low, Fields[i].High, Fields[i].Words))
                    return $"'{fields[i]}' is not a valid {Fields[i].Name} ({Fields[i].Low} to {Fields[i].High})";
            }
        }

        return null;
    }

    private static bool IsEvery(string schedule)
    {
        if (!schedule.StartsWith("@every ", StringComparison.Ordinal))
            return false;
        var duration = schedule.Substring(7);
        return duration.Length > 1 && duration[0] is >= '0' and <= '9' && duration[duration.Length - 1] is 'h' or 'm' or 's';
    }

    private static bool IsRange(string text, int low, int high, string[] words)
    {
        var parts = text.Split('/');
        if (parts.Length > 2
            || (parts.Length == 2 && !(int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var step) && step > 0)))
            return false;
        if (parts[0] is "*" or "?")
            return true;
        var ends = parts[0].Split('-');
        if (ends.Length > 2 || Number(ends[0], words) is not { } first || first < low || first > high)
            return false;
        return ends.Length == 1 || (Number(ends[1], words) is { } last && last >= first && last <= high);
    }

    private static int? Number(string text, string[] words)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;
        var index = Array.IndexOf(words, text.ToLowerInvariant());
        return index < 0 ? null : index + (words.Length == 12 ? 1 : 0);
    }
}
