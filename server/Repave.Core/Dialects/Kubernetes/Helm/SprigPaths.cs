namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Paths as Go's path package takes them apart.</summary>
internal static class SprigPaths
{
    public static string Base(string path)
    {
        if (path.Length == 0)
            return ".";
        var trimmed = path.TrimEnd('/');
        return trimmed.Length == 0 ? "/" : trimmed.Substring(trimmed.LastIndexOf('/') + 1);
    }

    public static string Directory(string path) => Clean(path.Substring(0, path.LastIndexOf('/') + 1));

    public static string Extension(string path)
    {
        var dot = path.LastIndexOf('.');
        return dot >= 0 && dot > path.LastIndexOf('/') ? path.Substring(dot) : "";
    }

    public static string Clean(string path)
    {
        if (path.Length == 0)
            return ".";
        var isRooted = path[0] == '/';
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

        var clean = (isRooted ? "/" : "") + string.Join("/", parts);
        return clean.Length == 0 ? "." : clean;
    }
}
