namespace Repave.Schemas.Generator;

/// <summary>Where this repository keeps its schema packs and the generator's own facts.</summary>
internal static class RepositoryFolders
{
    public static string Schemas() => Path.Combine(Root(), "schemas");

    public static string Facts() => Path.Combine(Root(), "schemas", "Generator", "facts");

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Tooling.sln")))
                return folder.FullName;
        }

        throw new IOException("Run the generator from a checkout of the repository: no folder above it holds Tooling.sln.");
    }
}
