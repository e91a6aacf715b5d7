using System.Globalization;
using Repave.Environments;

namespace Repave.Cli;

/// <summary>The time that a record bears. The same inputs give the same bytes, so it is the inputs' time and not the clock's:
/// <c>SOURCE_DATE_EPOCH</c> where that is set, otherwise that of the newest commit of the change. What was live was so at one
/// moment only, and no second run finds it again: there it is the clock's.</summary>
internal static class RecordTime
{
    public static JsonWhen Of(string? epoch, bool isLive, GitCommit? newest, DateTimeOffset now)
    {
        if (epoch is { Length: > 0 })
            return long.TryParse(epoch, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 253_402_300_800
                ? new JsonWhen(Text(DateTimeOffset.FromUnixTimeSeconds(seconds)), "SOURCE_DATE_EPOCH")
                : throw new CommandException($"SOURCE_DATE_EPOCH is '{epoch}', which is not a number of seconds since 1970.");
        if (isLive)
            return new JsonWhen(Text(now), "clock");
        return newest is null ? new JsonWhen(null, "none")
            : new JsonWhen(Text(DateTimeOffset.FromUnixTimeSeconds(newest.Seconds)), "commit");
    }

    /// <summary>Where the time comes from, in words.</summary>
    public static string Words(JsonWhen when) => when.From switch
    {
        "SOURCE_DATE_EPOCH" => "as SOURCE_DATE_EPOCH says",
        "commit" => "the time of the newest commit that touches these files",
        "clock" => "when the live environment was read",
        _ => "not said: these files are in no commit and SOURCE_DATE_EPOCH is not set, and the same inputs give the same record",
    };

    private static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
