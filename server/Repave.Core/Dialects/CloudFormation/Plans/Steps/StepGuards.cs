using System.Globalization;

namespace Repave.Core.Dialects.CloudFormation.Plans.Steps;

/// <summary>What stops an update or takes it back without anybody's doing, in words.</summary>
internal static class StepGuards
{
    private const int MostNamed = 3;
    private const double SecondsOfMinute = 60;

    /// <summary>Alarms that are watched while it goes on.</summary>
    /// <param name="names">Their names; those that are known only in the stack are left out.</param>
    /// <param name="takesBack">Whether one that goes off takes it back, and does not only stop it.</param>
    public static string OfAlarms(IReadOnlyList<string> names, bool takesBack)
    {
        var listed = names.Count is > 0 and <= MostNamed ? $" ({string.Join(", ", names)})" : "";
        return $"an alarm{listed} {(takesBack ? "takes it back" : "stops it")}";
    }

    /// <summary>Signals of success that CloudFormation waits for.</summary>
    /// <param name="least">How many must come.</param>
    /// <param name="all">How many can come.</param>
    /// <param name="minutes">How long one may take.</param>
    public static string OfSignals(int least, int all, double minutes)
    {
        var time = minutes < 2 && minutes != 1 ? Of(minutes * SecondsOfMinute, "second") : Of(minutes, "minute");
        return least >= all ? $"an instance that does not signal success within {time} takes it back"
            : $"fewer than {Of(least, "signal")} of success, each within {time}, take it back";
    }

    private static string Of(double number, string unit) =>
        $"{Math.Round(number, 1).ToString(CultureInfo.InvariantCulture)} {unit}{(number == 1 ? "" : "s")}";
}
