using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Repave.EndToEnd.Tests.Clusters;

/// <summary>What a plan says when its cluster fails it: the rest of the plan still comes, in time.</summary>
public sealed class ClusterFailureTests(ITestOutputHelper output) : IDisposable
{
    private const int Resources = 5000;
    // Some 350 of them are answered by then.
    private const long AnsweredUntilTheEnd = 100_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("repave-failure-").FullName;
    private readonly string _programs = Directory.CreateTempSubdirectory("repave-programs-").FullName;

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        Directory.Delete(_programs, recursive: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AServerThatEndsInTheMiddleLeavesTheRestUnknown(bool dies)
    {
        using var server = new KubeApiServer();
        server.Require();
        server.Kubectl("create", "namespace", "broken");
        // One in each of many namespaces, so that many questions are asked, and the end comes while they are.
        var names = Enumerable.Range(0, Resources)
            .Select(i => $"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c{i}\n  namespace: n{i}\ndata:\n  a: b\n");
        var file = Path.Combine(_folder, "many.yaml");
        File.WriteAllText(file, string.Join("---\n", names));
        var clock = Stopwatch.StartNew();
        using var between = new CountingForwarder(server.Port, AnsweredUntilTheEnd, () => EndServer(server, dies));
        var through = Path.Combine(_programs, "kubeconfig");
        File.WriteAllText(through, File.ReadAllText(server.Config).Replace($":{server.Port}", $":{between.Port}", StringComparison.Ordinal));
        var answer = server.Repave(_folder, new Dictionary<string, string> { ["KUBECONFIG"] = through },
            "plan", file, "--live", "--format", "json", "--timeout", "6");
        output.WriteLine($"{(dies ? "killed" : "hanging")}: {clock.ElapsedMilliseconds} ms, exit code {answer.ExitCode}, "
            + $"{between.Answered} bytes answered");
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(40), $"{clock.Elapsed}");
        if (!dies)
            server.Freeze(isFrozen: false);
        var plan = JsonNode.Parse(answer.Output)!.AsObject();
        Assert.Equal(Resources, plan["changes"]!.AsArray().Count);
        // Some may have been answered before; what was not is unknown and never a creation by mistake.
        Assert.All(plan["changes"]!.AsArray(), c => Assert.Contains((string)c!["action"]!, (string[])["create", "unknown"]));
        Assert.True((int)plan["summary"]!["unknown"]! > 0, answer.Output[..500]);
        Assert.Contains(plan["notes"]!.AsArray(), n => ((string)n!).Contains("could not be read", StringComparison.Ordinal)
            || ((string)n!).Contains("kubectl", StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void AKubectlThatHangsIsGivenUp()
    {
        var clock = Stopwatch.StartNew();
        var answer = PlanWith("#!/bin/sh\nsleep 600\n");
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(15), $"{clock.Elapsed}");
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("kubectl did not start its proxy within 2 s", answer.Output, StringComparison.Ordinal);
        Assert.Contains("is unknown", answer.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("is created", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingKubectlIsSaid()
    {
        var answer = PlanWith(null);
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("kubectl was not found on the PATH", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AKubectlWithoutAClusterSaysWhatKubectlSays()
    {
        var answer = PlanWith("#!/bin/sh\necho 'error: context \"nowhere\" does not exist' >&2\nexit 1\n");
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("context \"nowhere\" does not exist", answer.Output, StringComparison.Ordinal);
    }

    private static void EndServer(KubeApiServer server, bool dies)
    {
        if (dies)
            server.Kill();
        else
            server.Freeze(isFrozen: true);
    }

    private Answer PlanWith(string? kubectl)
    {
        // Not below the folder that the tool runs in: nothing is started from there.
        var bin = _programs;
        if (kubectl is not null)
        {
            File.WriteAllText(Path.Combine(bin, "kubectl"), kubectl);
            Tool.Run(bin, "chmod", ["+x", "kubectl"]);
        }

        // Of everything else only what the script needs.
        File.WriteAllText(Path.Combine(_folder, "a.yaml"), "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  a: b\n");
        var path = kubectl is null ? bin : $"{bin}:/usr/bin:/bin";
        return Tool.Run(_folder, "env", [$"PATH={path}", .. Tool.Command, "plan", "a.yaml", "--live", "--timeout", "2"]);
    }
}
