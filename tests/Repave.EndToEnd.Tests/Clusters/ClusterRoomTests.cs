using System.Text.Json.Nodes;

namespace Repave.EndToEnd.Tests.Clusters;

/// <summary>Nodes and pods of a real API server (no kubelet runs: both are written by hand), and what plans say of them.</summary>
public sealed class ClusterRoomTests(KubeApiServer server) : IClassFixture<KubeApiServer>
{
    private const string Deployment = """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: roomy
          namespace: default
        spec:
          replicas: 1
          strategy:
            rollingUpdate:
              maxUnavailable: 0
              maxSurge: 1
          selector:
            matchLabels:
              app: roomy
          template:
            metadata:
              labels:
                app: roomy
            spec:
              containers:
                - name: web
                  image: registry.example.com/web:1
                  resources:
                    requests:
                      cpu: 500m
        """;

    [Fact]
    public void ANodeWithoutRoomIsSaidAndNothingIsWritten()
    {
        server.Require();
        var file = Path.Combine(server.Folder, "roomy.yaml");
        File.WriteAllText(file, Deployment);
        server.Apply(file);
        var node = """
            {"apiVersion":"v1","kind":"Node","metadata":{"name":"only"},"status":{"capacity":{"cpu":"2","memory":"8Gi","pods":"110"},
            "allocatable":{"cpu":"2","memory":"8Gi","pods":"110"}}}
            """;
        Create("api/v1/nodes", node);
        // A server taints a node that is new; a controller would take that away.
        server.Kubectl("patch", "node", "only", "--type=merge", "-p", "{\"spec\":{\"taints\":null}}");
        // Its controller does not run either.
        server.Send(HttpMethod.Post, "api/v1/namespaces/default/serviceaccounts",
            """{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"default"}}""");
        var pod = """
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"large","namespace":"default"},"spec":{"nodeName":"only",
            "automountServiceAccountToken":false,
            "containers":[{"name":"a","image":"registry.example.com/a:1","resources":{"requests":{"cpu":"CPU"}}}]}}
            """;
        Create("api/v1/namespaces/default/pods", pod.Replace("CPU", "1", StringComparison.Ordinal));
        File.WriteAllText(file, Deployment.Replace("web:1", "web:2", StringComparison.Ordinal));
        Assert.Null(Steps()["room"]);
        server.Kubectl("delete", "pod", "large", "-n", "default", "--force", "--grace-period=0");
        Create("api/v1/namespaces/default/pods", pod.Replace("CPU", "1800m", StringComparison.Ordinal));
        var before = server.ResourceVersions();
        Assert.Equal("no node has room for a pod beside the old ones now (cpu): it waits until one has", (string?)Steps()["room"]);
        Assert.Equal(before, server.ResourceVersions());
    }

    private void Create(string path, string body)
    {
        var answer = server.Send(HttpMethod.Post, path, body);
        Assert.True((int)answer.Status < 300, answer.Body);
    }

    private JsonObject Steps() => server.Plan(server.Folder, "roomy.yaml")["changes"]!.AsArray()
        .Single(c => (string)c!["resource"]!["name"]! == "roomy")!["steps"]!.AsObject();
}
