using Repave.Environments.Git;

namespace Repave.Environments;

/// <summary>What files and folders are called, however somebody writes their paths: one name for one place, so that names can be
/// compared.</summary>
public static class PathNames
{
    /// <summary>A path with forward slashes, without empty parts and dots; what leads up and back is named from this folder. Links may stand
    /// before a later <c>..</c>, which stays as it is.</summary>
    public static string Of(string path)
    {
        var slashed = Repository.Slashed(path);
        var parts = slashed.Split('/').Where(part => part is not ("" or ".")).ToList();
        var isRooted = Path.IsPathRooted(path);
        if (!isRooted && parts is ["..", ..] && parts.FindLastIndex(part => part == "..") < parts.FindIndex(part => part != ".."))
            return Repository.Slashed(Path.GetRelativePath(Environment.CurrentDirectory, Path.GetFullPath(path)));
        var name = string.Join('/', parts);
        if (!isRooted)
            return name.Length == 0 ? "." : name;
        // Of Windows also the drive's letter, and the two strokes before a server.
        var start = !slashed.StartsWith('/') ? "" : OperatingSystem.IsWindows() && slashed.StartsWith("//", StringComparison.Ordinal) ? "//" : "/";
        return start + name;
    }

    /// <summary>The names of paths.</summary>
    public static string[] Of(IEnumerable<string> paths) => [.. paths.Select(Of)];
}
