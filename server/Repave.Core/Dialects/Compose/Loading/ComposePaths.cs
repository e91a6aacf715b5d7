using Repave.Core.Builds;

namespace Repave.Core.Dialects.Compose.Loading;

/// <summary>Paths as Compose puts them together.</summary>
internal static class ComposePaths
{
    private static readonly string[] Remote = ["https://", "http://", "git://", "ssh://", "github.com/", "git@"];

    /// <summary>The shortest path that means the same: no dots, no doubled slashes.</summary>
    public static string Clean(string path) => BuildPaths.Clean(path) is { Length: > 0 } clean ? clean : ".";

    /// <summary>A path below a folder; a rooted one is itself.</summary>
    public static string Join(string folder, string path) => path.StartsWith('/') ? Clean(path) : Clean($"{folder}/{path}".TrimStart(
        folder.Length == 0 ? ['/'] : []));

    /// <summary>The folder of a file.</summary>
    public static string FolderOf(string path) => path.LastIndexOf('/') is var slash && slash < 0 ? "." : slash == 0 ? "/"
        : path.Substring(0, slash);

    /// <summary>Whether a build's context is not on this machine.</summary>
    public static bool IsRemote(string context) => Array.Exists(Remote, prefix => context.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Whether a path is rooted on Windows.</summary>
    public static bool IsWindows(string path) => path.StartsWith(@"\\", StringComparison.Ordinal)
        || (path.Length > 2 && path[1] == ':' && char.IsLetter(path[0]) && path[2] is '/' or '\\');
}
