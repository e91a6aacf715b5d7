namespace Repave.EndToEnd.Tests;

/// <summary>Programs and servers that tests need and that a machine may lack.</summary>
internal static class Components
{
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
