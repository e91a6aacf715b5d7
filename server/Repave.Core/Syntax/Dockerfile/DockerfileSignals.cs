using System.Globalization;

namespace Repave.Core.Syntax.Dockerfile;

/// <summary>Signals that containers can be stopped with: Linux's, as the engine knows them (github.com/moby/sys/signal).</summary>
internal static class DockerfileSignals
{
    private static readonly HashSet<string> Names = new(
        ("ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU "
        + "URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX").Split(' '), StringComparer.Ordinal);

    /// <summary>The names of all but the numbered ones.</summary>
    public static IEnumerable<string> All => Names.Select(n => "SIG" + n).OrderBy(n => n, StringComparer.Ordinal);

    /// <summary>Whether there is a signal of a name or number.</summary>
    public static bool Exists(string text)
    {
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return number != 0;
        var name = text.ToUpperInvariant();
        if (name.StartsWith("SIG", StringComparison.Ordinal))
            name = name.Substring(3);
        // The real-time signals count up from the first to the middle, and down from the last.
        return Names.Contains(name) || IsNear(name, "RTMIN+", 15) || IsNear(name, "RTMAX-", 14);
    }

    private static bool IsNear(string name, string start, int most) =>
        name.StartsWith(start, StringComparison.Ordinal)
        && int.TryParse(name.Substring(start.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= 1 && number <= most && name[start.Length] != '0';
}
