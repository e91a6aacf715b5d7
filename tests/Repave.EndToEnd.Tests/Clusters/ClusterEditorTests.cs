using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Repave.LanguageServer.Tests;

namespace Repave.EndToEnd.Tests.Clusters;

/// <summary>The server for editors as a process, with a live cluster chosen as baseline.</summary>
public sealed class ClusterEditorTests : IDisposable
{
    private const string Definition = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: "
        + "boats.example.com}\nspec:\n  group: example.com\n  scope: Namespaced\n  names: {kind: Boat, plural: boats, singular: boat}\n"
        + "  versions:\n    - name: v1\n      served: true\n      storage: true\n      schema:\n        openAPIV3Schema:\n"
        + "          type: object\n          properties:\n            spec:\n              type: object\n              properties:\n"
        + "                length: {type: integer, description: How long the boat is.}\n";
    private const string Boat = "apiVersion: example.com/v1\nkind: Boat\nmetadata:\n  name: first\nspec:\n  length: long\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("repave-editor-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void KindsThatOnlyTheClusterDefinesAreValidatedAndExplained()
    {
        using var cluster = new KubeApiServer();
        cluster.Require();
        var definition = Path.Combine(cluster.Folder, "boats.yaml");
        File.WriteAllText(definition, Definition);
        cluster.Apply(definition);
        using var server = Start(cluster, new JsonObject { ["trusted"] = true, ["baseline"] = "live" }, out var client);
        using (client)
        {
            var uri = new Uri(Path.Combine(_folder, "boat.yaml")).AbsoluteUri;
            client.Open(uri, Boat);
            var wrong = client.Diagnostics(uri, 1, d => d.Any(one => (string)one!["code"]! == "RPV0011"));
            Assert.Equal(5, (int)wrong.First(d => (string)d!["code"]! == "RPV0011")!["range"]!["start"]!["line"]!);
            Assert.Contains("How long the boat is.",
                (string)client.Request("textDocument/hover", Client.At(uri, 5, 4))!["contents"]!["value"]!, StringComparison.Ordinal);
            Assert.Equal(["Boat/first"],
                client.Request("workspace/symbol", new JsonObject { ["query"] = "" })!.AsArray().Select(s => (string)s!["name"]!));
        }
    }

    [Fact]
    public void ThePlanFollowsEditsAndTheServersAnswerFollowsThem()
    {
        const string config = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: live\n  namespace: default\n"
            + "immutable: true\ndata:\n  a: b\n";
        using var cluster = new KubeApiServer();
        cluster.Require();
        var file = Path.Combine(cluster.Folder, "config.yaml");
        File.WriteAllText(file, config);
        cluster.Apply(file);
        using var server = Start(cluster, new JsonObject { ["trusted"] = true, ["baseline"] = "live" }, out var client);
        using (client)
        {
            client.Wait(n => (string?)n["method"] == "repave/planChanged");
            // Defined only now, so nobody has looked for it.
            var uri = new Uri(Path.Combine(_folder, "config.yaml")).AbsoluteUri;
            client.Open(uri, config);
            Summary(client, "in sync");
            client.Change(uri, 2, new JsonObject { ["text"] = config.Replace("a: b", "a: c", StringComparison.Ordinal) });
            Summary(client, "1 replace");
            client.Change(uri, 3, new JsonObject
            {
                ["text"] = config.Replace("  namespace: default\n", "  namespace: default\n  labels: {app: a}\n", StringComparison.Ordinal),
            });
            Summary(client, "1 in-place");
            client.Change(uri, 4, new JsonObject { ["text"] = config });
            Summary(client, "in sync");
        }
    }

    [Fact]
    public void WhatTheClusterStoresIsReadSideBySide()
    {
        const string objects = "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: default}\nspec: {ports: [{port: 80}]}\n---\n"
            + "apiVersion: v1\nkind: Secret\nmetadata: {name: key, namespace: default}\nstringData: {k: before-it-was-changed}\n";
        using var cluster = new KubeApiServer();
        cluster.Require();
        var file = Path.Combine(cluster.Folder, "objects.yaml");
        File.WriteAllText(file, objects);
        cluster.Apply(file);
        File.WriteAllText(Path.Combine(_folder, "objects.yaml"), objects.Replace("80", "81", StringComparison.Ordinal)
            .Replace("before-it-was", "after-it-was", StringComparison.Ordinal));
        using var server = Start(cluster, new JsonObject { ["trusted"] = true, ["baseline"] = "live" }, out var client);
        using (client)
        {
            Summary(client, "2 in-place");
            var items = client.Request("repave/plan", [])!["items"]!.AsArray();
            (string Before, string After) Of(string name)
            {
                var key = (string)items.Single(i => (string)i!["name"]! == name)!["key"]!;
                var sides = client.Request("repave/sides", new JsonObject { ["key"] = key })!;
                Assert.Null(sides["location"]);
                return ((string)sides["before"]!, (string)sides["after"]!);
            }

            var (before, after) = Of("Service/web");
            var ip = before.Split('\n').Single(line => line.StartsWith("  clusterIP: ", StringComparison.Ordinal));
            Assert.Contains(ip, after, StringComparison.Ordinal);
            Assert.Contains("port: 80\n", before, StringComparison.Ordinal);
            Assert.Contains("port: 81\n", after, StringComparison.Ordinal);
            var all = before + after + string.Concat(Of("Secret/key"));
            foreach (var hidden in (string[])["managedFields", "last-applied", "it-was-changed",
                Convert.ToBase64String(Encoding.UTF8.GetBytes("before-it-was-changed")),
                Convert.ToBase64String(Encoding.UTF8.GetBytes("after-it-was-changed"))])
                Assert.DoesNotContain(hidden, all, StringComparison.Ordinal);
            Assert.Contains("k: (secret)", all, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AKubectlThatIsKilledAndAClusterThatIsGoneAreSaidAndSurvived()
    {
        using var cluster = new KubeApiServer();
        cluster.Require();
        File.WriteAllText(Path.Combine(_folder, "many.yaml"), string.Join("---\n", Enumerable.Range(0, 3000)
            .Select(i => $"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c{i}\n  namespace: n{i}\ndata:\n  a: b\n")));
        using var server = Start(cluster, new JsonObject { ["trusted"] = true, ["baseline"] = "live" }, out var client);
        using (client)
        {
            var clock = Stopwatch.StartNew();
            while (clock.Elapsed < TimeSpan.FromSeconds(20) && !KillProxiesOf(server))
                Thread.Sleep(5);
            var plan = client.Wait(n => (string?)n["method"] == "repave/planChanged")["params"]!;
            Assert.Contains(plan["notes"]!.AsArray(), n => ((string)n!).Contains("could not be read", StringComparison.Ordinal)
                || ((string)n!).Contains("kubectl", StringComparison.Ordinal));
            var uri = new Uri(Path.Combine(_folder, "a.yaml")).AbsoluteUri;
            client.Open(uri, "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  a: yes\n");
            Assert.NotEmpty(client.Diagnostics(uri, 1, d => d.Count > 0));
            cluster.Kill();
            client.Notify("repave/readAgain", []);
            Assert.NotEmpty(client.Wait(n => (string?)n["method"] == "repave/planChanged"
                && n["params"]!["items"]!.AsArray().All(i => (string)i!["action"]! == "unknown"))["params"]!["notes"]!.AsArray());
            Assert.False(server.HasExited);
        }
    }

    private static void Summary(Client client, string summary) =>
        client.Wait(n => (string?)n["method"] == "repave/planChanged" && (string?)n["params"]!["summary"] == summary);

    private Process Start(KubeApiServer cluster, JsonObject options, out Client client)
    {
        var start = new ProcessStartInfo(Tool.Command[0])
        {
            WorkingDirectory = _folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var argument in (string[])[.. Tool.Command.Skip(1), "lsp"])
            start.ArgumentList.Add(argument);
        start.Environment["KUBECONFIG"] = cluster.Config;
        var process = Process.Start(start)!;
        client = new Client(process.StandardInput.BaseStream, process.StandardOutput.BaseStream);
        client.Initialize(_folder, options);
        return process;
    }

    private static bool KillProxiesOf(Process server)
    {
        var children = Tool.Run("/", "pgrep", ["-P", $"{server.Id}", "-f", "proxy"]).Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var child in children)
            Tool.Run("/", "kill", ["-9", child]);
        return children.Length > 0;
    }
}
