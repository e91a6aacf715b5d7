using Repave.Environments.Files;

namespace Repave.Environments.Clients;

/// <summary>Finds clients by absolute path. The system's own search would take a program of the folder that it starts in (.NET looks there
/// before the
/// PATH), or of an empty or relative entry of the PATH; this takes a regular, executable file of an absolute entry outside of what was
/// opened.</summary>
internal static class ClientPath
{
    /// <summary>The path of a client; null with the reason if there is none.</summary>
    public static string? Find(string client, out string reason)
    {
        var refused = (string?)null;
        foreach (var folder in Entries())
        {
            var path = Path.Combine(folder, OperatingSystem.IsWindows() ? client + ".exe" : client);
            if (SafeFiles.KindOf(path) != FileKind.Regular || !IsExecutable(path))
                continue;
            if (ForeignGround.Around(folder) is null && ForeignGround.Around(path) is null)
            {
                reason = "";
                return path;
            }

            refused ??= path;
        }

        reason = refused is null ? $"{client} was not found on the PATH"
            : $"{client} was found on the PATH only inside this workspace ({refused}), and nothing is started from there";
        return null;
    }

    /// <summary>The PATH for clients, which start programs themselves: without what is not searched here.</summary>
    public static string ForClients() => string.Join(Path.PathSeparator, Entries().Where(folder => ForeignGround.Around(folder) is null));

    private static IEnumerable<string> Entries() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(entry => entry.Trim('"'))
            .Where(Path.IsPathFullyQualified).Distinct(StringComparer.Ordinal);

    private static bool IsExecutable(string path) => OperatingSystem.IsWindows()
        || (LinuxPlatform.HasCalls ? LinuxCalls.May(path, LinuxCalls.MayExecute)
        : (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);
}
