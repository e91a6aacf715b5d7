using System.Text.Json.Nodes;
using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests.Releases;

/// <summary>From an empty folder, and from the folder of a release alone, each thing in it installs and runs its first command.</summary>
public sealed class ReleaseTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("repave-release-").FullName;

    public ReleaseTests() => File.WriteAllText(Path.Combine(_folder, "a.yaml"),
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n    - name: web\n      image: web:latest\n");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ChecksumsAndProvenanceNameEveryFile()
    {
        ReleaseFolder.Require();
        var files = Directory.GetFiles(ReleaseFolder.Path).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal).ToList();
        var sums = File.ReadAllLines(Path.Combine(ReleaseFolder.Path, "SHA256SUMS")).Select(l => l.Split("  "))
            .ToDictionary(l => l[1], l => l[0], StringComparer.Ordinal);
        Assert.Equal(files.Where(f => f != "SHA256SUMS"), sums.Keys.Order(StringComparer.Ordinal));
        Assert.All(sums, s => Assert.Equal(ReleaseFolder.Sum(Path.Combine(ReleaseFolder.Path, s.Key)), s.Value));
        var subjects = ReleaseFolder.Provenance()["subject"]!.AsArray();
        Assert.Equal(sums.Keys.Where(f => f != "provenance.json").Order(StringComparer.Ordinal), subjects.Select(s => (string)s!["name"]!));
        Assert.All(subjects, s => Assert.Equal(sums[(string)s!["name"]!], (string)s["digest"]!["sha256"]!));
    }

    [Fact]
    public void EverythingThatIsCarriedHasItsNotice()
    {
        ReleaseFolder.Require();
        var notices = File.ReadAllText(ReleaseFolder.File("NOTICES.md"));
        var bills = Directory.GetFiles(ReleaseFolder.Path, "*.cdx.json").ToDictionary(f => Path.GetFileName(f), f =>
            JsonNode.Parse(File.ReadAllText(f))!["components"]!.AsArray().Select(c => (string)c!["name"]!).ToList(), StringComparer.Ordinal);
        Assert.Equal(3, bills.Count);
        var tool = bills.Single(b => b.Key.StartsWith("Repave.Cli", StringComparison.Ordinal)).Value;
        Assert.Contains("YamlDotNet", tool);
        Assert.Contains("Spectre.Console", tool);
        Assert.Contains("vscode-languageclient", bills.Single(b => b.Key.StartsWith("repave-vscode", StringComparison.Ordinal)).Value);
        foreach (var component in tool.Concat(bills.Single(b => b.Key.StartsWith("repave-vscode", StringComparison.Ordinal)).Value)
            .Where(c => !c.StartsWith("Repave", StringComparison.Ordinal)))
            Assert.Contains($"| {component} |", notices, StringComparison.Ordinal);
        Assert.Contains("NativeAOT", notices, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("@aws-cdk/aws-service-spec", notices, StringComparison.Ordinal);
        Assert.DoesNotContain(Repository.Root, notices, StringComparison.Ordinal);
    }

    [Fact]
    public void TheNativeProgramRunsWithoutAnythingElse()
    {
        ReleaseFolder.Require();
        var archive = ReleaseFolder.File("-x64.tar.gz");
        ReleaseFolder.Unpack(archive, _folder);
        var program = Path.Combine(_folder, Path.GetFileName(archive)[..^".tar.gz".Length], "repave");
        AssertFinds(Tool.Run(_folder, "env", ["-i", "PATH=/nowhere", program, "check", "a.yaml"]));
        Assert.Contains(Path.GetFileName(archive).Split('-')[1], Tool.Run(_folder, "env", ["-i", program, "--version"]).Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void TheToolInstallsAndRuns()
    {
        ReleaseFolder.Require();
        Write("nuget.config", Feed());
        var installed = Tool.Run(_folder, "env", [$"NUGET_PACKAGES={_folder}/packages", "dotnet", "tool", "install", "--tool-path", "tools",
            "--prerelease", "Repave"]);
        Assert.True(installed.ExitCode == 0, installed.Output + installed.Error);
        AssertFinds(Tool.Run(_folder, Path.Combine(_folder, "tools", "repave"), ["check", "a.yaml"]));
    }

    [Fact]
    public void TheAnalyzersRunInAFreshProject()
    {
        ReleaseFolder.Require();
        var version = Path.GetFileName(ReleaseFolder.File(".nupkg", "Repave.Analyzers."))["Repave.Analyzers.".Length..^".nupkg".Length];
        Write("nuget.config", Feed());
        Write("Fresh.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>"
            + $"<ItemGroup><PackageReference Include=\"Repave.Analyzers\" Version=\"{version}\" PrivateAssets=\"all\" /></ItemGroup></Project>");
        var built = Tool.Run(_folder, "env", [$"NUGET_PACKAGES={_folder}/packages", "DOTNET_CLI_UI_LANGUAGE=en", "dotnet", "build"]);
        Assert.True(built.ExitCode == 0, built.Output);
        Assert.Contains("a.yaml(8,14): warning RPV1001", built.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void TheRootOfAnImageRunsByItself()
    {
        ReleaseFolder.Require();
        var archive = ReleaseFolder.File("-image.tar.gz");
        var root = Path.Combine(_folder, "root");
        ReleaseFolder.Unpack(archive, root);
        File.Copy(Path.Combine(_folder, "a.yaml"), Path.Combine(root, "work", "a.yaml"));
        var description = File.ReadAllLines(ReleaseFolder.File(".Dockerfile"));
        Assert.Contains("FROM scratch", description);
        Assert.Contains($"ADD {Path.GetFileName(archive)} /", description);
        Assert.Contains("ENTRYPOINT [\"/usr/bin/repave\"]", description);
        // As root, or as root of a namespace of its own.
        string[] prefix = Environment.IsPrivilegedProcess ? ["chroot", "--userspec=65532:65532"] : ["unshare", "--map-root-user", "chroot"];
        AssertFinds(Tool.Run(_folder, "env", ["-i", $"PATH={Environment.GetEnvironmentVariable("PATH")}", .. prefix, root,
            "/usr/bin/repave", "check", "/work"]));
        // The description is one that our own checks let pass.
        Assert.Equal(0, Tool.Repave(_folder, "check", ReleaseFolder.File(".Dockerfile")).ExitCode);
    }

    private static void AssertFinds(Answer answer)
    {
        Assert.True(answer.ExitCode == 0, answer.Output + answer.Error);
        Assert.Contains("RPV1001", answer.Output, StringComparison.Ordinal);
    }

    private static string Feed() =>
        $"<configuration><packageSources><clear /><add key=\"release\" value=\"{ReleaseFolder.Path}\" /></packageSources></configuration>";

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
