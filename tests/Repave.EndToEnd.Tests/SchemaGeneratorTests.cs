using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests;

/// <summary>The committed packs are what the generator makes from the registry's packages, byte for byte.</summary>
public sealed class SchemaGeneratorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("repave-packs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void TheCommittedPacksAreThoseOfAFreshRun()
    {
        var configuration = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}",
            StringComparison.Ordinal) ? "Release" : "Debug";
        var generator = Path.Combine(Repository.Root, "schemas", "Generator", "bin", configuration, "net10.0", "Generator.dll");
        var answer = Tool.Run(Repository.Root, "dotnet", ["exec", generator, "--out", _folder]);
        if (Environment.GetEnvironmentVariable("REPAVE_NO_SKIP") != "1")
            Assert.SkipWhen(answer.ExitCode != 0, $"the generator needs npm and its registry: {answer.Error}");
        Assert.True(answer.ExitCode == 0, answer.Error);
        foreach (var made in Directory.GetFiles(_folder, "*", SearchOption.AllDirectories))
            AssertSame(made, Path.Combine(Repository.Root, "schemas", Path.GetRelativePath(_folder, made)));
        var updates = Path.Combine(_folder, "updates.tsv");
        Assert.Equal(0, Tool.Run(Repository.Root, "dotnet", ["exec", generator, "cloudformation-updates", "--out", updates]).ExitCode);
        AssertSame(updates, Path.Combine(Repository.Root, "tests", "Fixtures", "cloudformation-updates.tsv"));
    }

    private static void AssertSame(string made, string committed) =>
        Assert.True(File.ReadAllBytes(made).AsSpan().SequenceEqual(File.ReadAllBytes(committed)),
            $"{Path.GetFileName(committed)} is not what the generator makes");
}
