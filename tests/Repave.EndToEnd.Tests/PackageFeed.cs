using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests;

/// <summary>The analyzers' package, packed once into a folder feed, and a folder for packages that is nobody else's.</summary>
[CollectionDefinition(nameof(PackageFeed))]
public sealed class PackageFeed : ICollectionFixture<PackageFeed>, IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("repave-feed-").FullName;

    public PackageFeed()
    {
        Folder = Path.Combine(_root, "feed");
        Packages = Path.Combine(_root, "packages");
        var packed = Tool.Run(Repository.Root, "dotnet", ["pack", "analyzers/Repave.Analyzers.Package", "-c", "Release", "-o", Folder]);
        Assert.True(packed.ExitCode == 0, packed.Output);
    }

    public string Folder { get; }

    public string Packages { get; }

    /// <summary>Runs dotnet in a folder.</summary>
    public Answer Dotnet(string folder, params string[] arguments) =>
        Tool.Run(folder, "env", [$"NUGET_PACKAGES={Packages}", "DOTNET_CLI_UI_LANGUAGE=en", "dotnet", .. arguments]);

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
