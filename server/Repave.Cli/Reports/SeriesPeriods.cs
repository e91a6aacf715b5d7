using System.Globalization;

namespace Repave.Cli;

/// <summary>Cuts a series into stretches of time of one length: days, weeks, months, quarters or years, so that a person can look at all of
/// them at once.</summary>
internal static class SeriesPeriods
{
    private const int Most = 32;

    private static readonly (Func<DateOnly, DateOnly> Start, Func<DateOnly, DateOnly> Next, Func<DateOnly, string> Name)[] Units =
    [
        (day => day, day => day.AddDays(1), day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        (day => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)), day => day.AddDays(7),
            day => $"{ISOWeek.GetYear(day.ToDateTime(TimeOnly.MinValue))}-W{ISOWeek.GetWeekOfYear(day.ToDateTime(TimeOnly.MinValue)):00}"),
        (day => new DateOnly(day.Year, day.Month, 1), day => day.AddMonths(1),
            day => day.ToString("yyyy-MM", CultureInfo.InvariantCulture)),
        (day => new DateOnly(day.Year, day.Month - ((day.Month - 1) % 3), 1), day => day.AddMonths(3),
            day => $"{day.Year}-Q{(day.Month + 2) / 3}"),
        (day => new DateOnly(day.Year, 1, 1), day => day.AddYears(1), day => day.ToString("yyyy", CultureInfo.InvariantCulture)),
    ];

    /// <summary>The stretches, those in which nothing happened among them.</summary>
    public static JsonSeriesPeriod[] Of(IReadOnlyList<(DateTimeOffset Time, JsonPlanSummary Summary)> changes)
    {
        if (changes.Count == 0)
            return [];
        var days = changes.Select(c => DateOnly.FromDateTime(c.Time.UtcDateTime)).ToList();
        // Clocks of committers may say anything; the span is what counts.
        var (first, last) = (days.Min(), days.Max());
        var unit = Units.FirstOrDefault(u => Count(u.Start(first), last, u.Next) <= Most, Units[^1]);
        var byStart = changes.Zip(days).ToLookup(c => unit.Start(c.Second), c => c.First.Summary);
        var periods = new List<JsonSeriesPeriod>();
        for (var start = unit.Start(first); start <= last; start = unit.Next(start))
        {
            var summaries = byStart[start].ToList();
            periods.Add(new JsonSeriesPeriod(unit.Name(start), summaries.Count, new JsonPlanSummary(
                summaries.Sum(s => s.Create), summaries.Sum(s => s.InPlace), summaries.Sum(s => s.Roll), summaries.Sum(s => s.Replace),
                summaries.Sum(s => s.Delete), summaries.Sum(s => s.None), summaries.Sum(s => s.Unknown))));
            if (start.Year >= DateOnly.MaxValue.Year)
                break;
        }

        return [.. periods];
    }

    private static int Count(DateOnly start, DateOnly last, Func<DateOnly, DateOnly> next)
    {
        var count = 0;
        for (; start <= last && count <= Most && start.Year < DateOnly.MaxValue.Year; start = next(start))
            count++;
        return count;
    }
}
