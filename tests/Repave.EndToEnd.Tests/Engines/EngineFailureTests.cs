using System.Diagnostics;

namespace Repave.EndToEnd.Tests.Engines;

/// <summary>Engines that do not answer, or not this user, or not in time, are said, and nothing is guessed.</summary>
[Collection(nameof(DockerEngine))]
public sealed class EngineFailureTests : IClassFixture<DockerEngine>, IDisposable
{
    private readonly DockerEngine _engine;
    private readonly string _folder = Directory.CreateTempSubdirectory("repave-project-").FullName;
    private readonly string _programs = Directory.CreateTempSubdirectory("repave-programs-").FullName;

    public EngineFailureTests(DockerEngine engine)
    {
        _engine = engine;
        File.WriteAllText(Path.Combine(_folder, "compose.yaml"), "name: fails\nservices: {web: {image: \"app:1\"}}\n");
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        Directory.Delete(_programs, recursive: true);
    }

    [Fact]
    public void NoEngineIsSaid()
    {
        _engine.Require();
        AssertUnknown(_engine.RepaveWith(_folder, ["DOCKER_HOST=unix:///nowhere/docker.sock"], "plan", ".", "--live"),
            "no Docker Engine answers");
    }

    [Fact]
    public void NoRightToTheSocketIsSaid()
    {
        _engine.Require();
        AssertUnknown(_engine.RepaveWith(_folder,
            [Program($"exec setpriv --reuid 65534 --regid 65534 --clear-groups {_engine.Programs}/docker \"$@\"")], "plan", ".", "--live"),
            "this user may not talk to the Docker Engine");
    }

    [Fact]
    public void AnEngineThatHangsIsLeft()
    {
        _engine.Require();
        _engine.Freeze(true);
        try
        {
            var clock = Stopwatch.StartNew();
            AssertUnknown(_engine.Repave(_folder, "plan", ".", "--live", "--timeout", "2"), "docker did not answer within 2 s");
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{clock.Elapsed}");
        }
        finally
        {
            _engine.Freeze(false);
        }
    }

    [Fact]
    public void AnOldComposeIsSaidAndPlannedWith()
    {
        _engine.Require();
        var answer = _engine.RepaveWith(_folder, [Program("[ \"$1 $2\" = 'compose version' ] && echo 2.17.2 && exit\n"
            + $"exec {_engine.Programs}/docker \"$@\"")], "plan", ".", "--live");
        Assert.Equal(0, answer.ExitCode);
        Assert.Contains("Compose 2.17.2 is older than what was measured", answer.Output, StringComparison.Ordinal);
        Assert.Contains("2 to create", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void NoComposeIsSaidAndTheNewestAssumed()
    {
        _engine.Require();
        var answer = _engine.RepaveWith(_folder, ["DOCKER_CONFIG=/nowhere"], "plan", ".", "--live");
        Assert.Equal(0, answer.ExitCode);
        Assert.Contains("docker has no Compose here", answer.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sleep 600", "docker did not answer within 2 s")]
    [InlineData("case \"$1\" in version) echo 28.5.2;; compose) echo 2.40.3;; ps) echo abc;; *) echo '{not json';; esac",
        "docker answered something that is none of its answers")]
    [InlineData(null, "docker was not found on the PATH")]
    public void AClientThatFailsIsSaid(string? script, string expected)
    {
        var path = script is null ? $"PATH={_programs}" : Program(script);
        AssertUnknown(Tool.Run(_folder, "env", [path, .. Tool.Command, "plan", ".", "--live", "--timeout", "2"]), expected);
    }

    private static void AssertUnknown(Answer answer, string expected)
    {
        Assert.True(answer.ExitCode == 2, answer.Output + answer.Error);
        Assert.Contains(expected, answer.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("to create", answer.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", answer.Error, StringComparison.Ordinal);
    }

    // A client of ours, before the others. Not below the folder that the tool runs in: nothing is started from there.
    private string Program(string script)
    {
        var file = Path.Combine(_programs, "docker");
        File.WriteAllText(file, "#!/bin/sh\n" + script + "\n");
        Tool.Run(_programs, "chmod", ["+x", "docker"]);
        return $"PATH={_programs}:{Environment.GetEnvironmentVariable("PATH")}";
    }
}
