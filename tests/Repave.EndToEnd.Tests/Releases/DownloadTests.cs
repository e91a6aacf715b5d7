using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests.Releases;

/// <summary>What action and hooks do: get a released program by its checksum from a folder of releases, or compile where there is none.</summary>
public sealed class DownloadTests : IDisposable
{
    private const string Version = "9.8.7";

    private readonly string _folder = Directory.CreateTempSubdirectory("repave-get-").FullName;
    private readonly string _release;

    public DownloadTests()
    {
        _release = Directory.CreateDirectory(Path.Combine(_folder, "releases", $"v{Version}")).FullName;
        // A program that says that it was downloaded.
        var name = $"repave-{Version}-{Platform()}";
        var program = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, name)).FullName, "repave");
        File.WriteAllText(program, "#!/bin/sh\necho \"downloaded: $*\"\n");
        Assert.Equal(0, Tool.Run(_folder, "chmod", ["+x", program]).ExitCode);
        Assert.Equal(0, Tool.Run(_folder, "tar", ["-czf", Archive, name]).ExitCode);
        WriteSums(ReleaseFolder.Sum(Archive));
    }

    private string Archive => Path.Combine(_release, $"repave-{Version}-{Platform()}.tar.gz");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AProgramWithTheRightChecksumIsTakenOnce()
    {
        var first = Get(Version);
        Assert.True(first.ExitCode == 0, first.Error);
        Assert.Equal("downloaded: check a b\n", Tool.Run(_folder, first.Output.Trim(), ["check", "a b"]).Output);
        // What lies there already is not asked for again.
        Directory.Delete(_release, recursive: true);
        Assert.Equal(first.Output, Get("v" + Version).Output);
    }

    [Fact]
    public void AnotherChecksumIsRefusedAndNothingStays()
    {
        WriteSums(new string('0', 64));
        var answer = Get(Version);
        Assert.Equal((1, ""), (answer.ExitCode, answer.Output));
        Assert.Contains("It is not used.", answer.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_folder, "tools")));
        // Nor does the action fall back to anything else.
        answer = Run("get-or-build.sh", Path.Combine(_folder, "tools"), Version);
        Assert.Equal((1, ""), (answer.ExitCode, answer.Output));
    }

    [Fact]
    public void WhatIsNotThereIsSaidInAWayOfItsOwn()
    {
        Assert.Equal(3, Get("1.2.3").ExitCode);
        File.WriteAllText(Path.Combine(_release, "SHA256SUMS"), "");
        var answer = Get(Version);
        Assert.Equal(3, answer.ExitCode);
        Assert.Contains("has no native program for", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void PreCommitRunsTheReleaseOfTheTagThatItFetches()
    {
        Components.Require(Programs.Exist("pre-commit") ? null : "pre-commit is not installed (Debian: apt-get install pre-commit)");
        var hooks = Path.Combine(_folder, "hooks");
        Git(_folder, "init", "--quiet", hooks);
        Directory.CreateDirectory(Path.Combine(hooks, "scripts"));
        foreach (var script in (string[])["hook.sh", "get.sh", "get-or-build.sh"])
            File.Copy(Path.Combine(Repository.Root, "scripts", script), Path.Combine(hooks, "scripts", script));
        File.Copy(Path.Combine(Repository.Root, ".pre-commit-hooks.yaml"), Path.Combine(hooks, ".pre-commit-hooks.yaml"));
        Commit(hooks);
        Git(hooks, "tag", $"v{Version}");
        var repository = Path.Combine(_folder, "repository");
        Git(_folder, "init", "--quiet", repository);
        File.WriteAllText(Path.Combine(repository, "a.yaml"), "a: 1\n");
        File.WriteAllText(Path.Combine(repository, ".pre-commit-config.yaml"),
            $"repos:\n  - repo: file://{hooks}\n    rev: v{Version}\n    hooks:\n      - id: repave-check\n        verbose: true\n");
        Git(repository, "add", "-A");
        var answer = Tool.Run(repository, "env", [$"PRE_COMMIT_HOME={_folder}/cache", $"REPAVE_RELEASES=file://{_folder}/releases", "pre-commit",
            "run", "repave-check"]);
        Assert.True(answer.ExitCode == 0, answer.Output + answer.Error);
        Assert.Contains("downloaded: check", answer.Output, StringComparison.Ordinal);
        Assert.Contains("a.yaml", answer.Output, StringComparison.Ordinal);
    }

    private static string Platform()
    {
        var identifier = System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier;
        var architecture = identifier[(identifier.LastIndexOf('-') + 1)..];
        return (OperatingSystem.IsMacOS() ? "osx-" : identifier.Contains("musl", StringComparison.Ordinal)
            || identifier.Contains("alpine", StringComparison.Ordinal) ? "linux-musl-" : "linux-") + architecture;
    }

    private void WriteSums(string sum) =>
        File.WriteAllText(Path.Combine(_release, "SHA256SUMS"), $"{sum}  {Path.GetFileName(Archive)}\n");

    private Answer Get(string version) => Run("get.sh", version, Path.Combine(_folder, "tools"));

    private Answer Run(string script, params string[] arguments) => Tool.Run(_folder, "env",
        [$"REPAVE_RELEASES=file://{_folder}/releases", Path.Combine(Repository.Root, "scripts", script), .. arguments]);

    private static void Commit(string folder)
    {
        Git(folder, "add", "-A");
        Git(folder, "-c", "user.email=tests@example.com", "-c", "user.name=tests", "commit", "--quiet", "-m", "first");
    }

    private static void Git(string folder, params string[] arguments)
    {
        var answer = Tool.Run(folder, "git", arguments);
        Assert.True(answer.ExitCode == 0, answer.Error);
    }
}
