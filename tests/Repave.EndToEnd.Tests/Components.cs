namespace Repave.EndToEnd.Tests;

/// <summary>Programs and servers that tests need and that a machine may lack.</summary>
internal static class Components
{
    private static readonly string Cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");

    /// <summary>The folder that a script of tests/Components puts its component into.</summary>
    /// <param name="name">The folder's name.</param>
    public static string Folder(string name) => Path.Combine(Cache, "repave", name);

    /// <summary>Skips the test where one is missing, or fails it where nothing may be skipped.</summary>
    /// <param name="missing">What is missing, and how to get it; null if nothing is.</param>
    public static void Require(string? missing)
    {
        if (missing is null)
            return;
        if (Environment.GetEnvironmentVariable("REPAVE_NO_SKIP") == "1")
            Assert.Fail(missing);
        Assert.Skip(missing);
    }
}
