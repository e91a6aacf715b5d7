using System.Diagnostics;

namespace Repave.Core.Text;

/// <summary>How much time a thread may lose with patterns that take too long, so that many of them do not add up: half a second
/// in ten.</summary>
internal static class RegexTime
{
    private const double Budget = 0.5;
    private const double Window = 10;

    [ThreadStatic]
    private static double Spent;

    [ThreadStatic]
    private static long Since;

    /// <summary>Whether the thread may try another one.</summary>
    public static bool IsLeft
    {
        get
        {
            if (Spent == 0)
                return true;
            if (Stopwatch.GetTimestamp() - Since > Window * Stopwatch.Frequency)
                Spent = 0;
            return Spent < Budget;
        }
    }

    /// <summary>Counts time that was lost.</summary>
    public static void Spend(TimeSpan time)
    {
        if (Spent == 0)
            Since = Stopwatch.GetTimestamp();
        Spent += time.TotalSeconds;
    }
}
