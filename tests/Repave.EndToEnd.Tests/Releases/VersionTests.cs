using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests.Releases;

/// <summary>What a tag does: the version of what is built, and what the changelog says of it.</summary>
public sealed class VersionTests : IDisposable
{
    private const string Changelog = "# Changelog\n\n## Unreleased\n\n- An old way.\n\n## 0.1.0 (2026-01-01)\n\n- The first.\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("repave-version-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(null, "^0\\.1\\.0-alpha\\.0\\.[0-9]+$")]
    [InlineData("v3.4.5", "^3\\.4\\.5$")]
    [InlineData("v3.5.0-rc.1", "^3\\.5\\.0-rc\\.1$")]
    public void TheVersionIsTheTags(string? tag, string expected)
    {
        var clone = Path.Combine(_folder, "clone");
        Run(_folder, "git", "clone", "--quiet", "--no-tags", "file://" + Repository.Root, clone);
        // The scripts of the work tree, which may be newer than the last commit.
        File.Copy(Path.Combine(Repository.Root, "scripts", "release.sh"), Path.Combine(clone, "scripts", "release.sh"), overwrite: true);
        if (tag is not null)
            Run(clone, "git", "-c", "user.email=tests@example.com", "-c", "user.name=tests", "tag", "-a", tag, "-m", tag);
        Assert.Matches(expected, Run(clone, "scripts/release.sh", "--which-version").Trim());
    }

    [Fact]
    public void FragmentsBecomeTheSectionOfARelease()
    {
        Write("CHANGELOG.md", Changelog);
        Write("changes/README.md", "# How\n");
        Write("changes/b.md", "- Plans are faster,\n  by half.\n");
        Write("changes/a.md", "- RPV9 finds more.\r\n");
        const string Section = "- RPV9 finds more.\n- Plans are faster,\n  by half.\n- An old way.\n";
        Assert.Equal((0, Section), (Cut("notes", "0.2.0").ExitCode, Cut("notes", "0.2.0").Output));
        Assert.Equal(0, Cut("cut", "0.2.0", "2026-02-03").ExitCode);
        Assert.Equal($"# Changelog\n\n## Unreleased\n\n## 0.2.0 (2026-02-03)\n\n{Section}\n## 0.1.0 (2026-01-01)\n\n- The first.\n",
            File.ReadAllText(Path.Combine(_folder, "CHANGELOG.md")));
        Assert.Equal(["README.md"], Directory.GetFiles(Path.Combine(_folder, "changes")).Select(Path.GetFileName));
        Assert.Equal(Section, Cut("notes", "0.2.0").Output);
        Assert.Equal("- The first.\n", Cut("notes", "0.1.0").Output);
        // Twice is once too often, and so is a release of nothing.
        Assert.Equal(2, Cut("cut", "0.2.0").ExitCode);
        Assert.Contains("nothing to say", Cut("cut", "0.3.0").Error, StringComparison.Ordinal);
        Write("changes/c.md", "A sentence without its dash.\n");
        Assert.Contains("changes/c.md is not a list", Cut("cut", "0.3.0").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void TheFragmentsOfTheRepositoryCanBeCut() =>
        Assert.Equal(0, Node("env", "node", Path.Combine(Repository.Root, "scripts", "changelog.mjs"), "notes", "9999.0.0").ExitCode);

    private Answer Cut(params string[] arguments) => Node(
        ["env", "REPAVE_ROOT=" + _folder, "node", Path.Combine(Repository.Root, "scripts", "changelog.mjs"), .. arguments]);

    private Answer Node(params string[] command)
    {
        Components.Require(Programs.Exist("node") ? null : "node is not installed (node 20)");
        return Tool.Run(_folder, command[0], command[1..]);
    }

    private static string Run(string folder, string program, params string[] arguments)
    {
        var answer = Tool.Run(folder, program.StartsWith("scripts/", StringComparison.Ordinal) ? Path.Combine(folder, program) : program, arguments);
        Assert.True(answer.ExitCode == 0, answer.Output + answer.Error);
        return answer.Output;
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
