namespace Repave.Core.Tests.Support;

/// <summary>The measured data that lies beside a checkout (a folder <c>shared</c> next to the repository, or where REPAVE_SHARED points):
/// what real API servers answered, and real manifests. Tests that need it skip without it, unless REPAVE_NO_SKIP is set.</summary>
internal static class SharedData
{
    /// <summary>The path of a file or folder of the data; skips the test if it is not there.</summary>
    public static string Require(string path)
    {
        var full = Find(path);
        if (full is null && Environment.GetEnvironmentVariable("REPAVE_NO_SKIP") == "1")
            Assert.Fail($"shared/{path} is missing and nothing may be skipped.");
        Assert.SkipWhen(full is null, $"shared/{path} is not beside this checkout; set REPAVE_SHARED to the folder that holds it.");
        return full!;
    }

    private static string? Find(string path)
    {
        var roots = new[] { Environment.GetEnvironmentVariable("REPAVE_SHARED"), Path.Combine(Repository.Root, "..", "shared") };
        return roots.OfType<string>().Select(root => Path.GetFullPath(Path.Combine(root, path))).FirstOrDefault(Path.Exists);
    }
}

/// <summary>The checkout that the tests run in.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The files below a folder of the checkout that people wrote, by a pattern of their names.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"
                or "node_modules"));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Tooling.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The tests do not run inside a checkout.");
    }
}
