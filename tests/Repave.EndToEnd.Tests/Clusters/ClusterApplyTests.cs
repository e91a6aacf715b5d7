using System.Text.Json.Nodes;

namespace Repave.EndToEnd.Tests.Clusters;

/// <summary>A plan, and then what kubectl does when it applies it.</summary>
public sealed class ClusterApplyTests(KubeApiServer server) : IClassFixture<KubeApiServer>
{
    [Fact]
    public void WhatIsPlannedIsWhatHappens()
    {
        server.Require();
        server.Apply(server.Samples("shop"));
        var next = server.Samples("shop-next");
        var plan = server.Plan(server.Folder, next);
        string Action(string kind, string name) => (string)plan["changes"]!.AsArray()
            .Single(c => ((string)c!["resource"]!["type"]!).Split('.')[0] == kind && (string)c["resource"]!["name"]! == name)!["action"]!;
        Assert.Equal("roll", Action("Deployment", "shop-web"));
        Assert.Equal("replace", Action("Deployment", "shop-worker"));
        Assert.Equal("replace", Action("StatefulSet", "shop-database"));
        Assert.Equal("in-place", Action("CronJob", "shop-report"));
        Assert.Equal("create", Action("Voucher", "summer"));
        var applied = Tool.Run(server.Folder, "kubectl", ["--kubeconfig", server.Config, "apply", "--validate=false", "-f", next]);
        Assert.Matches("shop-worker.* is invalid", applied.Error);
        Assert.Matches("shop-database.* is invalid", applied.Error);
        Assert.Contains("deployment.apps/shop-web configured", applied.Output, StringComparison.Ordinal);
        Assert.Contains("voucher.shop.example.com/summer created", applied.Output, StringComparison.Ordinal);
        // What could be applied is done; only what was refused is left.
        var left = server.Plan(server.Folder, next);
        Assert.All(left["changes"]!.AsArray().Where(c => (string)c!["action"]! is not ("none" or "delete")),
            c => Assert.Equal("replace", (string)c!["action"]!));
    }

    [Fact]
    public void TheServerIsAskedUnderTheManagerThatTheSettingsName()
    {
        server.Require();
        var folder = Directory.CreateTempSubdirectory("repave-manager-").FullName;
        try
        {
            var file = Path.Combine(folder, "m.yaml");
            void Write(string value) =>
                File.WriteAllText(file, $"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: managed\ndata:\n  color: {value}\n");
            Write("blue");
            server.Kubectl("apply", "--server-side", "--field-manager", "flux", "-f", file);
            Write("green");
            JsonNode Change(string settings)
            {
                File.WriteAllText(Path.Combine(folder, ".repave.yaml"), "kubernetes:\n" + settings);
                return server.Plan(folder, "m.yaml")["changes"]!.AsArray().Single()!;
            }

            var conflict = Change("  apply: server-side\n  manager: argo\n");
            Assert.Contains("conflict", conflict["warnings"]!.ToJsonString(), StringComparison.OrdinalIgnoreCase);
            Assert.Empty(Change("  apply: server-side\n  manager: argo\n  force-conflicts: true\n")["warnings"]!.AsArray());
            Assert.Empty(Change("  apply: server-side\n  manager: flux\n")["warnings"]!.AsArray());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
