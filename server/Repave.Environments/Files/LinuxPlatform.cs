using System.Runtime.Versioning;

namespace Repave.Environments.Files;

/// <summary>Whether what only Linux knows may be asked. Outside of this guard the compiler lets nobody call <see cref="LinuxCalls"/>
/// (CA1416).</summary>
internal static class LinuxPlatform
{
    /// <summary>Whether the calls are there: Linux with a C library that has them, where a word is eight bytes.</summary>
    [SupportedOSPlatformGuard("linux")]
    public static bool HasCalls { get; } = Try();

    private static bool Try()
    {
        // With the switch a test sees on Linux what other systems do.
        if (!OperatingSystem.IsLinux() || nint.Size != 8
            || (AppContext.TryGetSwitch("Repave.ManagedFiles", out var isManaged) && isManaged))
            return false;
        try
        {
            return LinuxCalls.FactsOf("/", followsLinks: true, out _) is not null;
        }
        catch (Exception exception) when (exception is EntryPointNotFoundException or DllNotFoundException)
        {
            return false;
        }
    }
}
