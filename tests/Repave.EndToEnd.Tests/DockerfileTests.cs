namespace Repave.EndToEnd.Tests;

/// <summary>Dockerfiles beside other manifests: found by a check, left alone by a plan.</summary>
public sealed class DockerfileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("repave-docker-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ACheckFindsThemAndAPlanDoesNotSpeakOfThem()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "web"));
        File.WriteAllText(Path.Combine(_folder, "Dockerfile"), "FROM alpine\n");
        File.WriteAllText(Path.Combine(_folder, "web", "web.Dockerfile"), "FROM alpine:3.20\nADD https://example.com/a-1.2 /\n");
        File.WriteAllText(Path.Combine(_folder, "web", "Dockerfile.dockerignore"), "*\n");
        File.WriteAllText(Path.Combine(_folder, "a.yaml"), "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n");
        foreach (var arguments in (string[][])[["init", "-q"], ["config", "user.email", "t@example.com"], ["config", "user.name", "t"],
            ["add", "-A"], ["commit", "-qm", "one"]])
            Assert.Equal(0, Tool.Run(_folder, "git", arguments).ExitCode);
        var check = Tool.Repave(_folder, "check", ".");
        Assert.Equal(0, check.ExitCode);
        Assert.Contains("RPV1080", check.Output, StringComparison.Ordinal);
        Assert.Contains("RPV1081", check.Output, StringComparison.Ordinal);
        Assert.Contains("1 warning, 1 info in 3 resources of 3 files", check.Output.Replace("\n", " ", StringComparison.Ordinal),
            StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_folder, "Dockerfile"), "FROM alpine:3.20\nCOPPY a b\n");
        File.Delete(Path.Combine(_folder, "web", "web.Dockerfile"));
        var plan = Tool.Repave(_folder, "plan", ".", "--from", "git:HEAD");
        Assert.Equal((0, ""), (plan.ExitCode, plan.Error));
        Assert.DoesNotContain("ocker", plan.Output, StringComparison.Ordinal);
    }
}
