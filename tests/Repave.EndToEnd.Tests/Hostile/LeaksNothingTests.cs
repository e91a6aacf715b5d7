using Repave.Core.Rules;
using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests.Hostile;

/// <summary>All that the tool writes times the shapes that secrets stand in: every format, what goes to stderr, and every file.</summary>
public sealed class LeaksNothingTests : HostileFolder
{
    public LeaksNothingTests()
    {
        // A folder a shape, so that names do not meet; broken ones break nobody else.
        var at = 0;
        foreach (var (name, shape) in SecretShapes.All)
        {
            Write($"old/{at}/{SecretShapes.FileOf(name)}", shape(SecretShapes.Old));
            Write($"new/{at++}/{SecretShapes.FileOf(name)}", shape(SecretShapes.New));
        }

        Write(".repave.yaml", "rules:\n"
            + string.Concat(RuleCatalogue.All.Where(r => r.Severity != Severity.Off).Select(r => $"  {r.Id}: info\n")));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("sarif")]
    [InlineData("junit")]
    [InlineData("gitlab")]
    [InlineData("github")]
    public void NoReport(string format)
    {
        var answer = Repave("check", "new", "--format", format);
        Assert.True(answer.Output.Length > 5000, answer.Output + answer.Error);
        AssertHidden(answer, format);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("markdown")]
    [InlineData("html")]
    [InlineData("intoto")]
    public void NoPlan(string format)
    {
        var changed = Repave("plan", "new", "--from", "old", "--format", format, "--all");
        Assert.Contains(format is "json" or "intoto" ? "\"path\"" : "different", changed.Output, StringComparison.Ordinal);
        AssertHidden(changed, format);
        AssertHidden(Repave("plan", "new/0", "--from", "old", "--format", format), format);
        AssertHidden(Repave("plan", "new", "--from", "old/0", "--format", format), format);
    }

    [Fact]
    public void NoDiffOfFixes()
    {
        var answer = Repave("check", "new", "--fix", "--diff");
        Assert.Contains("+stringData:", answer.Output, StringComparison.Ordinal);
        AssertHidden(answer, "diff");
    }

    [Fact]
    public void NoFileThatIsWritten()
    {
        var snapshot = Repave("snapshot", "--from", "new", "-o", "state.yaml");
        AssertHidden(snapshot, "snapshot");
        Assert.Contains("hmac-sha256:", Read("state.yaml"), StringComparison.Ordinal);
        SecretShapes.AssertHidden(Read("state.yaml"), "snapshot");
        AssertHidden(Repave("snapshot", "--from", "new", "-o", "-"), "snapshot on standard output");
        AssertHidden(Repave("plan", "old", "--from", "state.yaml", "--format", "json"), "plan against a snapshot");
        AssertHidden(Repave("check", "new", "--write-known", "known.json"), "known findings");
        SecretShapes.AssertHidden(Read("known.json"), "known findings");
        AssertHidden(Repave("check", "old", "--known", "known.json"), "known findings");
        // What is written elsewhere than where it was asked for would be found here.
        Assert.Equal([".repave.yaml", "known.json", "state.yaml", "state.yaml.key"],
            Directory.EnumerateFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void NoComplaint()
    {
        // What cannot be read, written or understood is said without what stands in it.
        Write("bad/.repave.yaml", $"password: {SecretShapes.New}\nrules: [{SecretShapes.New}\n");
        Write("bad/a.yaml", "apiVersion: v1\n");
        Write("known.json", $"{{\"version\": \"{SecretShapes.New}");
        AssertHidden(Repave("check", "new/0", "--known", "known.json"), "a list of known findings that does not parse");
        AssertHidden(Repave("plan", "new/0", "--from", "old", "--hash-key-file", "known.json"), "a key that is none");
        var settings = Repave("check", "bad", "--config", "bad/.repave.yaml");
        Assert.Equal(2, settings.ExitCode);
        AssertHidden(settings, "settings that do not parse");
    }

    private static void AssertHidden(Answer answer, string what)
    {
        SecretShapes.AssertHidden(answer.Output, what);
        SecretShapes.AssertHidden(answer.Error, what + ", stderr");
    }
}
