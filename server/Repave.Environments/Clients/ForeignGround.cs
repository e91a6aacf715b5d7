using System.Runtime.Versioning;
using Repave.Environments.Files;
using Repave.Environments.Git;

namespace Repave.Environments.Clients;

/// <summary>The folders that others may have written: the one that the tool runs in and those that it was asked to look at, each with its
/// repository. No program and no configuration of a client is taken from there.</summary>
public static class ForeignGround
{
    private static readonly Lock Gate = new();
    private static readonly string Home = FindHome();
    private static readonly HashSet<string> Added = new(StringComparer.Ordinal);
    private static readonly Dictionary<string, string?> Known = new(StringComparer.Ordinal);

    /// <summary>Adds a folder.</summary>
    public static void Add(string folder)
    {
        lock (Gate)
            Added.Add(Path.GetFullPath(folder));
    }

    /// <summary>The folder of the ground that holds a path, both without links; null if none does.</summary>
    public static string? Around(string path)
    {
        var real = Folders.RealPath(path);
        return All().FirstOrDefault(folder => Folders.IsBelow(real, folder));
    }

    private static List<string> All()
    {
        lock (Gate)
        {
            var all = new List<string>();
            foreach (var folder in Added.Append(Environment.CurrentDirectory))
            {
                if (!Known.TryGetValue(folder, out var ground))
                    Known[folder] = ground = GroundOf(folder);
                if (ground is not null && !all.Contains(ground))
                    all.Add(ground);
            }

            return all;
        }
    }

    // The user's home and what is above it are their own, though a repository may lie in them.
    private static string? GroundOf(string folder)
    {
        var home = Home is { Length: > 0 } user ? Folders.RealPath(user) : Path.GetPathRoot(folder) ?? "/";
        var real = Folders.RealPath(folder);
        if (Repository.Around(real) is { } repository && !Folders.IsBelow(home, repository.Root))
            return repository.Root;
        return Folders.IsBelow(home, real) || Path.GetPathRoot(real) == real ? null : real;
    }

    // As the system knows it, not as HOME says: that may be a workspace.
    private static string FindHome()
    {
        try
        {
            if (LinuxPlatform.HasCalls && HomeOf($"{LinuxCalls.User()}") is { } own)
                return own;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What HOME says is the next best.
        }

        return Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
    }

    [SupportedOSPlatform("linux")]
    private static string? HomeOf(string user) => File.ReadLines("/etc/passwd").Select(line => line.Split(':'))
        .FirstOrDefault(parts => parts.Length > 5 && parts[2] == user)?[5];
}
