namespace Repave.Core.Builds;

/// <summary>Paths with forward slashes, as builds name files.</summary>
public static class BuildPaths
{
    /// <summary>A path without empty parts and dots; what leads out at the top stays. Empty for the place that it starts from.</summary>
    public static string Clean(string path)
    {
        var isRooted = path.Length > 0 && path[0] == '/';
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part.Length == 0 || part == ".")
                continue;
            if (part != "..")
                parts.Add(part);
            else if (parts.Count > 0 && parts[parts.Count - 1] != "..")
                parts.RemoveAt(parts.Count - 1);
            else if (!isRooted)
                parts.Add(part);
        }

        return (isRooted ? "/" : "") + string.Join("/", parts);
    }

    /// <summary>A path that starts from a folder.</summary>
    public static string Join(string folder, string path) =>
        path.Length > 0 && path[0] == '/' ? Clean(path) : Clean(folder.Length == 0 ? path : folder + "/" + path);

    /// <summary>Whether a path is a folder or lies below it.</summary>
    public static bool IsBelow(string path, string folder) =>
        folder.Length == 0 ? !path.StartsWith("../", StringComparison.Ordinal) && path != ".." && (path.Length == 0 || path[0] != '/')
            : path == folder || (path.StartsWith(folder, StringComparison.Ordinal) && path[folder.Length] == '/');

    /// <summary>The last part of a path.</summary>
    public static string NameOf(string path) => path.Substring(path.LastIndexOf('/') + 1);
}
