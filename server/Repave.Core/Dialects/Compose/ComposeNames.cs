namespace Repave.Core.Dialects.Compose;

/// <summary>The names of Compose files.</summary>
internal static class ComposeNames
{
    // In the order in which Compose looks for them.
    private static readonly string[] Main = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];

    private static readonly string[] Overrides =
        ["compose.override.yml", "compose.override.yaml", "docker-compose.override.yml", "docker-compose.override.yaml"];

    private static readonly string[] Endings = [".yaml", ".yml", ".json"];

    /// <summary>Whether a file is a Compose file by its name.</summary>
    public static bool IsNamed(string path)
    {
        var name = FileOf(path).ToLowerInvariant();
        var ending = Endings.FirstOrDefault(e => name.EndsWith(e, StringComparison.Ordinal));
        if (ending is null)
            return false;
        var stem = name.Substring(0, name.Length - ending.Length);
        if (stem.StartsWith("docker-", StringComparison.Ordinal))
            stem = stem.Substring("docker-".Length);
        return stem == "compose" || stem.StartsWith("compose.", StringComparison.Ordinal)
            || stem.StartsWith("compose-", StringComparison.Ordinal)
            || stem.StartsWith("compose_", StringComparison.Ordinal) || stem.EndsWith(".compose", StringComparison.Ordinal)
            || stem.EndsWith(".docker-compose", StringComparison.Ordinal) || stem.EndsWith("-docker-compose", StringComparison.Ordinal);
    }

    /// <summary>Whether a file is one that Compose reads without being told to.</summary>
    public static bool IsMain(string path) => Main.Contains(FileOf(path), StringComparer.Ordinal);

    /// <summary>Whether a file is put over the main one without being named.</summary>
    public static bool IsOverride(string path) => Overrides.Contains(FileOf(path), StringComparer.Ordinal);

    /// <summary>The files that Compose reads in a folder when nobody names any: the main one, and the one over it.</summary>
    /// <param name="paths">The paths of the folder's files.</param>
    public static IReadOnlyList<string> Defaults(IReadOnlyList<string> paths)
    {
        var main = Main.Select(name => paths.FirstOrDefault(p => FileOf(p) == name)).FirstOrDefault(p => p is not null);
        var over = Overrides.Select(name => paths.FirstOrDefault(p => FileOf(p) == name)).FirstOrDefault(p => p is not null);
        return main is null ? [] : over is null ? [main] : [main, over];
    }

    private static string FileOf(string path) => path.Substring(path.LastIndexOf('/') + 1);
}
