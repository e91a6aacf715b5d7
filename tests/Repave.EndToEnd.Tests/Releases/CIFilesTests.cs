using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests.Releases;

/// <summary>The files of GitHub's CI by their schemas and by actionlint, those of GitLab by its own schema.</summary>
public sealed class CIFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("repave-ci-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void TheyAreValid()
    {
        Components.Require(Programs.Exist("npm") ? null : "npm is not installed (node 20)");
        var checks = Path.Combine(Repository.Root, "tests", "CI");
        var got = Tool.Run(checks, "npm", ["ci", "--silent"]);
        Assert.True(got.ExitCode == 0, got.Output + got.Error);
        var answer = Tool.Run(checks, "node", ["check.mjs"]);
        Assert.True(answer.ExitCode == 0, answer.Output + answer.Error);
        // What is wrong is found: an expression that does not end well, and a key that there is not.
        var workflows = Directory.CreateDirectory(Path.Combine(_folder, ".github", "workflows")).FullName;
        File.Copy(Path.Combine(Repository.Root, "action.yml"), Path.Combine(_folder, "action.yml"));
        File.WriteAllText(Path.Combine(workflows, "bad.yml"), File.ReadAllText(Path.Combine(Repository.Root, ".github", "workflows",
            "ci.yml")).Replace("${{ github.ref }}", "${{ github.reff }}", StringComparison.Ordinal)
            .Replace("timeout-minutes: 90", "time-out: 90", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(_folder, ".gitlab-ci.yml"), File.ReadAllText(Path.Combine(Repository.Root, ".gitlab-ci.yml"))
            .Replace("when: always", "when: sometimes", StringComparison.Ordinal));
        answer = Tool.Run(checks, "node", ["check.mjs", _folder]);
        Assert.Equal(1, answer.ExitCode);
        Assert.Contains("reff", answer.Output, StringComparison.Ordinal);
        Assert.Contains("time-out", answer.Output, StringComparison.Ordinal);
        Assert.Contains("sometimes", answer.Output, StringComparison.Ordinal);
    }
}
