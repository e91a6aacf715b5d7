namespace Repave.Core.Builds;

/// <summary>The tools whose sources are built.</summary>
public static class BuildCatalogue
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<IBuilds> All { get; } = [.. Dialects.DialectCatalogue.All.OfType<IBuildsManifests>()
        .SelectMany(dialect => dialect.Builds)];

    /// <summary>The name of the dialect whose manifests a tool builds.</summary>
    public static string DialectOf(IBuilds tool) => Dialects.DialectCatalogue.All
        .First(dialect => dialect is IBuildsManifests builds && builds.Builds.Contains(tool)).Name;

    /// <summary>The tool that builds a folder; null if none does.</summary>
    public static IBuilds? Of(IBuildFiles files, string folder) => All.FirstOrDefault(tool => tool.IsMine(files, folder));
}
