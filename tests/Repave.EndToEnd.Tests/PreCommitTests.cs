using System.Diagnostics;
using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests;

/// <summary>Commits in a real git repository: what is staged is checked, by the tool itself and through the real pre-commit.</summary>
public sealed class PreCommitTests : IDisposable
{
    private const string Good = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\ndata:\n  color: blue\n";
    private const string Bad = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shop\ndata:\n  color: yes\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("repave-commit-").FullName;
    private readonly ITestOutputHelper _output;

    public PreCommitTests(ITestOutputHelper output)
    {
        _output = output;
        Git("init", "--quiet");
        Git("config", "user.email", "tests@example.com");
        Git("config", "user.name", "tests");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void WhatIsStagedIsCheckedAndNotTheWorkTree()
    {
        Write("a.yaml", Bad);
        Git("add", "a.yaml");
        Write("a.yaml", Good);
        Write("b.yaml", Bad);
        var answer = Tool.Repave(_folder, "check", "--staged");
        Assert.Equal(1, answer.ExitCode);
        Assert.Contains("a.yaml", answer.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("b.yaml", answer.Output, StringComparison.Ordinal);
        Git("add", "a.yaml");
        Assert.Equal(0, Tool.Repave(_folder, "check", "--staged").ExitCode);
        Assert.Equal(2, Tool.Repave(Path.GetTempPath(), "check", "--staged").ExitCode);
    }

    [Fact]
    public void PreCommitStopsAFlawedCommitAndLetsAGoodOnePass()
    {
        var missing = !Programs.Exist("pre-commit");
        if (Environment.GetEnvironmentVariable("REPAVE_NO_SKIP") != "1")
            Assert.SkipWhen(missing, "pre-commit is not installed (Debian: apt-get install pre-commit)");
        Write("variables.tf", "variable \"image\" {}\n");
        Git("add", "variables.tf");
        Git("commit", "--quiet", "-m", "first");
        Write("a.yaml", Bad);
        Write("main.tf", "output \"a\" {\n  value = var.img\n}\noutput \"b\" {\n  value = var.image\n}\n");
        Git("add", "a.yaml", "main.tf");
        // The hook builds the tool from the last commit of this checkout, as a user's pre-commit would.
        Write(".pre-commit-config.yaml",
            $"repos:\n  - repo: {Repository.Root}\n    rev: {Git("-C", Repository.Root, "rev-parse", "HEAD").Output.Trim()}\n    hooks:\n"
                + "      - id: repave-check\n");
        var environment = Path.Combine(_folder, ".cache");
        var bad = Tool.Run(_folder, "env", [$"PRE_COMMIT_HOME={environment}", "pre-commit", "run"]);
        Assert.True(bad.ExitCode == 1, bad.Output + bad.Error);
        Assert.Contains("6:10  error    RPV0011", bad.Output, StringComparison.Ordinal);
        // Only one of the module's files is staged; what the others declare counts.
        Assert.Contains("2:11  error    RPV0060  There is no variable 'img' in this module.", bad.Output, StringComparison.Ordinal);
        Assert.Contains("2 errors in 3 resources of 2 files.", bad.Output, StringComparison.Ordinal);
        Write("a.yaml", Good);
        Write("main.tf", "output \"b\" {\n  value = var.image\n}\n");
        Git("add", "a.yaml", "main.tf");
        var clock = Stopwatch.StartNew();
        var good = Tool.Run(_folder, "env", [$"PRE_COMMIT_HOME={environment}", "pre-commit", "run"]);
        Assert.True(good.ExitCode == 0, good.Output + good.Error);
        Assert.Contains("Passed", good.Output, StringComparison.Ordinal);
        _output.WriteLine($"a warm run of pre-commit takes {clock.ElapsedMilliseconds} ms");
    }

    [Fact]
    public void PreCommitShowsThePlanOfWhatIsStaged()
    {
        if (Environment.GetEnvironmentVariable("REPAVE_NO_SKIP") != "1")
            Assert.SkipWhen(!Programs.Exist("pre-commit"), "pre-commit is not installed (Debian: apt-get install pre-commit)");
        Write("a.yaml", Good);
        Git("add", "a.yaml");
        Git("commit", "--quiet", "-m", "first");
        Write("a.yaml", Good.Replace("blue", "green", StringComparison.Ordinal));
        Write(".pre-commit-config.yaml",
            $"repos:\n  - repo: {Repository.Root}\n    rev: {Git("-C", Repository.Root, "rev-parse", "HEAD").Output.Trim()}\n    hooks:\n"
                + "      - id: repave-plan\n        args: [--fail-on, replace]\n");
        Git("add", "a.yaml", ".pre-commit-config.yaml");
        var environment = Path.Combine(_folder, ".cache");
        var answer = Tool.Run(_folder, "env", [$"PRE_COMMIT_HOME={environment}", "pre-commit", "run"]);
        Assert.True(answer.ExitCode == 0, answer.Output + answer.Error);
        Assert.Contains("ConfigMap/shop is mutated in place", answer.Output, StringComparison.Ordinal);
        Assert.Contains("data.color  \"blue\" → \"green\"", answer.Output, StringComparison.Ordinal);
        Write("a.yaml", Good.Replace("\ndata:", "\nimmutable: true\ndata:", StringComparison.Ordinal));
        Git("add", "a.yaml");
        Git("commit", "--quiet", "--no-verify", "-m", "second");
        Write("a.yaml", Good.Replace("\ndata:", "\nimmutable: true\ndata:", StringComparison.Ordinal)
            .Replace("blue", "green", StringComparison.Ordinal));
        Git("add", "a.yaml");
        answer = Tool.Run(_folder, "env", [$"PRE_COMMIT_HOME={environment}", "pre-commit", "run"]);
        Assert.True(answer.ExitCode == 1, answer.Output + answer.Error);
        Assert.Contains("ConfigMap/shop must be replaced", answer.Output, StringComparison.Ordinal);
    }

    private Answer Git(params string[] arguments)
    {
        var answer = Tool.Run(_folder, "git", arguments);
        Assert.True(answer.ExitCode == 0, answer.Error);
        return answer;
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder, name), text);
}
