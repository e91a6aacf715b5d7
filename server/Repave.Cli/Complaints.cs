using System.Collections.Concurrent;

namespace Repave.Cli;

/// <summary>What goes wrong and does not keep the rest from being done: said on stderr, a line each, and in the exit code.</summary>
internal static class Complaints
{
    private static readonly ConcurrentDictionary<string, bool> Failures = new(StringComparer.Ordinal);

    /// <summary>Whether a part of the work could not be done.</summary>
    public static bool Failed => !Failures.IsEmpty;

    /// <summary>Says something.</summary>
    public static void Say(string message)
    {
        try
        {
            Console.Error.WriteLine($"repave: {Printable.Of(message)}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // Nobody can be told; the exit code still says it.
        }
    }

    /// <summary>Remembers that a part of the work could not be done. Said once, at the end, in an order that is always the same.</summary>
    public static void Fail(string message) => Failures.TryAdd(message, true);

    /// <summary>What could not be done so far, which is forgotten: for those who answer more than one call.</summary>
    public static IReadOnlyList<string> TakeFailures()
    {
        var failures = Failures.Keys.Order(StringComparer.Ordinal).ToList();
        Failures.Clear();
        return failures;
    }

    /// <summary>Says what could not be done.</summary>
    public static void SayFailures()
    {
        foreach (var message in Failures.Keys.Order(StringComparer.Ordinal))
            Say(message);
    }

    /// <summary>Says that a file could not be read.</summary>
    public static void Unread(string path, string reason) => Fail($"{path} cannot be read: {reason.TrimEnd('.')}.");

    /// <summary>Why something cannot be read or written, of the system's exceptions.</summary>
    public static string ReasonOf(Exception exception) => exception switch
    {
        Repave.Environments.Files.FileRefusedException => exception.Message,
        UnauthorizedAccessException => "it may not be read",
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        _ => exception.Message,
    };
}
