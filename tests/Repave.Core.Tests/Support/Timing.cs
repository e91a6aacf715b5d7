using System.Diagnostics;

namespace Repave.Core.Tests.Support;

/// <summary>Times on machines that do other things meanwhile: what is slow by itself is slow each time.</summary>
internal static class Timing
{
    private const int Tries = 3;

    /// <summary>The least time that something took, of at most three times; the first that is within a bound ends it.</summary>
    public static TimeSpan Least(TimeSpan bound, Action action)
    {
        var least = TimeSpan.MaxValue;
        for (var i = 0; i < Tries && least >= bound; i++)
        {
            var watch = Stopwatch.StartNew();
            action();
            least = watch.Elapsed < least ? watch.Elapsed : least;
        }

        return least;
    }
}
