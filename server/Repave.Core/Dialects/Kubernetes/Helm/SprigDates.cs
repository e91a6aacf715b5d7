using System.Globalization;
using Repave.Core.Syntax.GoTemplate;
using static Repave.Core.Dialects.Kubernetes.Helm.GoArguments;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Sprig's and Helm's functions on dates and durations. Now is always the same moment, so that two builds are.</summary>
internal static class SprigDates
{
    private static readonly DateTimeOffset Now = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void AddTo(Dictionary<string, GoFunction> functions)
    {
        functions["now"] = new("", (_, _) => TimeOf(Now));
        functions["date"] = new("sa", (_, a) => new GoText(GoTime.Format(Moment(a[1]), StringOf(a[0]))));
        functions["dateInZone"] = functions["date_in_zone"] = new("sas", (_, a) => new GoText(GoTime.Format(Moment(a[1]), StringOf(a[0]))));
        functions["htmlDate"] = new("a", (_, a) => new GoText(GoTime.Format(Moment(a[0]), "2006-01-02")));
        functions["htmlDateInZone"] = new("as", (_, a) => new GoText(GoTime.Format(Moment(a[0]), "2006-01-02")));
        functions["dateModify"] = functions["date_modify"] = new("st", (_, a) =>
            GoDuration.Parse(StringOf(a[0])) is { } by ? TimeOf(Moment(a[1]).AddTicks(by / 100)) : a[1]);
        functions["mustDateModify"] = functions["must_date_modify"] = new("st", (_, a) =>
            TimeOf(Moment(a[1]).AddTicks((GoDuration.Parse(StringOf(a[0])) ?? throw InvalidDuration(a[0])) / 100)));
        functions["ago"] = new("a", (_, a) => new GoText(GoDuration.Format((Now - Moment(a[0])).Ticks / 10_000_000 * GoDuration.Second)));
        functions["duration"] = new("a", (_, a) => new GoText(GoDuration.Format(GoDuration.Second * a[0] switch
        {
            GoText text => GoNumbers.ParseInteger(text.Text, 10) ?? 0,
            GoInteger { TypeName: "int64" } seconds => seconds.Value,
            _ => 0,
        })));
        functions["durationRound"] = new("a", (_, a) => new GoText(Round(a[0])));
        functions["toDate"] = new("ss", (_, a) => TimeOf(GoTime.Parse(StringOf(a[1]), StringOf(a[0])) ?? new DateTimeOffset(1, 1, 1, 0,
            0, 0, TimeSpan.Zero)));
        functions["mustToDate"] = new("ss", (_, a) => TimeOf(GoTime.Parse(StringOf(a[1]), StringOf(a[0])) ?? throw Error(
            string.Format(CultureInfo.InvariantCulture, "parsing time {0} as {1}: cannot parse {0}", GoQuoting.Quote(StringOf(a[1])),
                GoQuoting.Quote(StringOf(a[0]))))));
        functions["unixEpoch"] = new("t", (_, a) => new GoText(Moment(a[0]).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));

        functions["mustToDuration"] = new("a", (_, a) => Duration(Parse(a[0])));
        functions["durationSeconds"] = new("a", (_, a) => new GoFloat(Or(a[0]) / 1e9));
        functions["durationMinutes"] = new("a", (_, a) => new GoFloat(Or(a[0]) / 6e10));
        functions["durationHours"] = new("a", (_, a) => new GoFloat(Or(a[0]) / 3.6e12));
        functions["durationDays"] = new("a", (_, a) => new GoFloat(Or(a[0]) / 3.6e12 / 24));
        functions["durationWeeks"] = new("a", (_, a) => new GoFloat(Or(a[0]) / 3.6e12 / 24 / 7));
        functions["durationMilliseconds"] = new("a", (_, a) => new GoInteger(Or(a[0]) / 1_000_000, "int64"));
        functions["durationMicroseconds"] = new("a", (_, a) => new GoInteger(Or(a[0]) / 1000, "int64"));
        functions["durationNanoseconds"] = new("a", (_, a) => new GoInteger(Or(a[0]), "int64"));
        functions["durationRoundTo"] = new("aa", (_, a) => Duration(Multiple(Or(a[0]), Or(a[1]), true)));
        functions["durationTruncateTo"] = new("aa", (_, a) => Duration(Multiple(Or(a[0]), Or(a[1]), false)));
    }

    private static GoException InvalidDuration(GoValue? text) => Error($"time: invalid duration {GoQuoting.Quote(StringOf(text))}");

    private static GoInteger Duration(long nanoseconds) => new(nanoseconds, "time.Duration");

    private static long Multiple(long value, long of, bool rounds)
    {
        if (of <= 0)
            return value;
        var rest = value % of;
        if (!rounds || Math.Abs(rest) < of - Math.Abs(rest))
            return value - rest;
        return value < 0 ? value - rest - of : value - rest + of;
    }

    private static long Or(GoValue? value)
    {
        try
        {
            return Parse(value);
        }
        catch (GoException)
        {
            return 0;
        }
    }

    private static long Parse(GoValue? value)
    {
        switch (value)
        {
            case GoInteger { TypeName: "time.Duration" } duration:
                return duration.Value;
            case GoText text:
                var trimmed = text.Text.Trim();
                if (trimmed.Length == 0)
                    throw Error("empty duration");
                return GoDuration.Parse(trimmed) ?? (GoNumbers.ParseFloat(trimmed) is { } number ? Seconds(number)
                    : throw Error($"could not parse duration {GoQuoting.Quote(text.Text)}"));
            case null:
                throw Error("invalid duration");
            case GoInteger seconds:
                return Math.Abs((double)seconds.Value) > 9.2e9 ? throw Error($"duration seconds overflow: {seconds.Value}")
                    : seconds.Value * GoDuration.Second;
            case GoFloat real:
                return Seconds(real.Value);
            default:
                throw Error($"unsupported duration type {value.TypeName}");
        }
    }

    private static long Seconds(double seconds)
    {
        if (double.IsNaN(seconds) || double.IsInfinity(seconds))
            throw Error($"invalid duration seconds: {GoNumbers.Format(seconds, 'g')}");
        return Math.Abs(seconds) > 9.2e9 ? throw Error($"duration seconds overflow: {GoNumbers.Format(seconds, 'g')}")
            : (long)(seconds * 1e9);
    }

    private static string Round(GoValue? value)
    {
        var nanoseconds = value switch
        {
            GoText text => GoDuration.Parse(text.Text) ?? 0,
            GoInteger { TypeName: "int64" } number => number.Value,
            GoObject { Payload: DateTimeOffset moment } => (Now - moment).Ticks * 100,
            _ => 0,
        };
        var size = nanoseconds < 0 ? unchecked((ulong)-nanoseconds) : (ulong)nanoseconds;
        const ulong second = 1_000_000_000;
        foreach (var (unit, name) in new[]
        {
            (second * 3600 * 24 * 365, "y"), (second * 3600 * 24 * 30, "mo"), (second * 3600 * 24, "d"), (second * 3600, "h"),
            (second * 60, "m"), (second, "s"),
        })
        {
            if (size > unit)
                return (size / unit).ToString(CultureInfo.InvariantCulture) + name;
        }

        return "0s";
    }

    private static DateTimeOffset Moment(GoValue? value)
    {
        try
        {
            return value switch
            {
                GoObject { Payload: DateTimeOffset moment } => moment,
                GoInteger seconds => DateTimeOffset.FromUnixTimeSeconds(seconds.Value),
                _ => Now,
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            return Now;
        }
    }

    private static GoObject TimeOf(DateTimeOffset moment)
    {
        var time = new GoObject("time.Time") { Payload = moment, Text = GoTime.Format(moment, "2006-01-02 15:04:05.999999999 -0700 MST") };
        time.Methods["Format"] = new("s", (_, a) => new GoText(GoTime.Format(moment, StringOf(a[0]))));
        time.Methods["Unix"] = new("", (_, _) => new GoInteger(moment.ToUnixTimeSeconds(), "int64"));
        time.Methods["UnixNano"] = new("", (_, _) => new GoInteger(moment.ToUnixTimeSeconds() * GoDuration.Second, "int64"));
        time.Methods["UnixMilli"] = new("", (_, _) => new GoInteger(moment.ToUnixTimeMilliseconds(), "int64"));
        time.Methods["UTC"] = new("", (_, _) => time);
        time.Methods["String"] = new("", (_, _) => new GoText(time.Text!));
        time.Methods["Year"] = new("", (_, _) => new GoInteger(moment.Year));
        time.Methods["Day"] = new("", (_, _) => new GoInteger(moment.Day));
        time.Methods["YearDay"] = new("", (_, _) => new GoInteger(moment.DayOfYear));
        time.Methods["Hour"] = new("", (_, _) => new GoInteger(moment.Hour));
        time.Methods["Minute"] = new("", (_, _) => new GoInteger(moment.Minute));
        time.Methods["Second"] = new("", (_, _) => new GoInteger(moment.Second));
        return time;
    }
}
