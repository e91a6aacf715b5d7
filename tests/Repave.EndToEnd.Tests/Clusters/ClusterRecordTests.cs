using System.Text.Json.Nodes;

namespace Repave.EndToEnd.Tests.Clusters;

/// <summary>The record of a change against a real API server.</summary>
public sealed class ClusterRecordTests(KubeApiServer server) : IClassFixture<KubeApiServer>
{
    [Fact]
    public void DriftAtTheTimeIsInTheRecordAndNothingIsWritten()
    {
        server.Require();
        var file = Path.Combine(server.Folder, "drifted.yaml");
        File.WriteAllText(file, "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: drifted\n"
            + "  namespace: default\ndata:\n  colour: blue\n");
        server.Apply(file);
        server.Kubectl("patch", "configmap", "drifted", "-n", "default", "--field-manager=somebody",
            "-p", "{\"data\":{\"colour\":\"red\"}}");
        var before = server.ResourceVersions();
        var answer = server.Repave(server.Folder, "plan", "drifted.yaml", "--live", "--format", "intoto");
        Assert.Equal(0, answer.ExitCode);
        var record = JsonNode.Parse(answer.Output)!["predicate"]!["record"]!;
        var drift = Assert.Single(record["drift"]!["drift"]!.AsArray())!;
        Assert.Equal(("somebody", "data.colour", "foreign"), ((string)drift["manager"]!, (string)drift["path"]!, (string)drift["kind"]!));
        Assert.NotNull(drift["time"]);
        Assert.True((bool)record["baselines"]![0]!["live"]!);
        // What was live was so at one moment only.
        Assert.Equal("clock", (string)record["when"]!["from"]!);
        var page = server.Repave(server.Folder, "plan", "drifted.yaml", "--live", "--format", "html");
        Assert.Contains("somebody", page.Output, StringComparison.Ordinal);
        Assert.Equal(before, server.ResourceVersions());
        // Verified without the cluster, as far as that can be; a changed file is noticed all the same.
        var kept = Path.Combine(server.Folder, "record.html");
        File.WriteAllText(kept, page.Output);
        var verified = Tool.Repave(server.Folder, "verify", kept);
        Assert.Equal(0, verified.ExitCode);
        Assert.Contains("the plan was not made again", verified.Output, StringComparison.Ordinal);
        File.AppendAllText(file, "# more\n");
        Assert.Equal(1, Tool.Repave(server.Folder, "verify", kept).ExitCode);
    }
}
