using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests.Releases;

/// <summary>The extension of a release carries the program that it needs.</summary>
[Collection(nameof(Workbench))]
public sealed class ReleasedExtensionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("repave-released-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ItRunsInVSCodeWithoutDotnet()
    {
        var entry = Workbench.Require();
        ReleaseFolder.Require();
        if (!Directory.Exists(Path.Combine(Workbench.Driver, "node_modules")))
            Assert.Equal(0, Tool.Run(Workbench.Driver, "npm", ["ci"]).ExitCode);
        var answer = Tool.Run(Workbench.Driver, "env", ["-u", "DOTNET_ROOT", $"PATH={PathWithout("dotnet")}", "sh", "-c",
            "command -v dotnet && exit 9; exec node run.mjs \"$@\"", "sh", entry, ReleaseFolder.File(".vsix"),
            Path.Combine(Repository.Root, "artifacts", "screenshots", "release")]);
        Assert.True(answer.ExitCode == 0, answer.Output + answer.Error);
        Assert.Equal(94, Workbench.StepsIn(answer.Output));
    }

    /// <summary>A PATH with every program of today's but one.</summary>
    private string PathWithout(string program)
    {
        foreach (var file in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(Directory.Exists)
            .SelectMany(Directory.GetFiles).Where(f => Path.GetFileName(f) != program))
        {
            var link = Path.Combine(_folder, Path.GetFileName(file));
            if (!File.Exists(link) && new FileInfo(link).LinkTarget is null)
                File.CreateSymbolicLink(link, file);
        }

        return _folder;
    }
}
