using Repave.Core.Builds;

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

    public static string Clean(string path) => BuildPaths.Clean(path) is { Length: > 0 } clean ? clean : ".";
}
