using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests.Clusters;

/// <summary>Plans against a real API server, through the real kubectl.</summary>
public sealed class ClusterPlanTests(KubeApiServer server, ITestOutputHelper output) : IClassFixture<KubeApiServer>
{
    private static readonly string Kinds = Path.Combine(Repository.Root, "tests", "Fixtures", "kinds.yaml");

    [Fact]
    public void ReplanningWhatWasAppliedSaysNothing()
    {
        server.Require();
        var samples = server.Samples("shop");
        server.Apply(Kinds, samples);
        foreach (var path in (string[])[Kinds, samples])
        {
            AssertNothing(server.Plan(server.Folder, path), path);
            AssertNothing(server.Plan(server.Folder, path, "--server-side"), path, allowsRefusals: true);
        }

        // The same from what kubectl prints, and from a snapshot, without the server.
        var dump = Path.Combine(server.Folder, "dump.yaml");
        File.WriteAllText(dump, server.Kubectl("get", "-f", Kinds, "-o", "yaml"));
        AssertNothing(Offline(Kinds, dump), dump);
        var snapshot = Path.Combine(server.Folder, "snapshot.yaml");
        Assert.Equal(0, server.Repave(server.Folder, "snapshot", "--live", "-n", "shop", "-o", snapshot).ExitCode);
        var plan = Offline(samples, snapshot);
        // Fields that this old server does not have were dropped when they were applied.
        Assert.All(plan["changes"]!.AsArray().Where(c => (string)c!["action"]! != "none"),
            c => Assert.Contains((string)c!["resource"]!["type"]!,
                (string[])["CustomResourceDefinition.apiextensions.k8s.io", "CronJob.batch", "StatefulSet.apps"]));
        Assert.DoesNotContain("postgresql://", File.ReadAllText(snapshot), StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String("postgresql://"u8)[..12], File.ReadAllText(snapshot), StringComparison.Ordinal);
    }

    [Fact]
    public void APlanChangesNothing()
    {
        server.Require();
        var samples = server.Samples("shop");
        server.Apply(Kinds, samples);
        var before = server.ResourceVersions();
        Assert.True(before.Count > 60);
        // Creations, mutations, replacements and deletions, tried in both ways.
        foreach (var arguments in (string[][])[[], ["--server-side"], ["--prune-selector", "app.kubernetes.io/part-of=shop"]])
        {
            var plan = server.Plan(server.Folder, [server.Samples("shop-next"), .. arguments]);
            Assert.True((int)plan["summary"]!["replace"]! > 1);
            Assert.True((int)plan["summary"]!["create"]! > 0);
        }

        Assert.Equal(0,
            server.Repave(server.Folder, "snapshot", "--live", "-n", "kinds", "-o", Path.Combine(server.Folder, "again.yaml")).ExitCode);
        Assert.Equal(before, server.ResourceVersions());
    }

    [Fact]
    public void ExpiredLoginSaysSo()
    {
        server.Require();
        var answer = server.Repave(server.Folder, "plan", Kinds, "--live", "--context", "expired");
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("the login of context expired is not valid or has expired: log in again", answer.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("is created", answer.Output, StringComparison.Ordinal);
        Assert.Equal(2, server.Repave(server.Folder, "plan", Kinds, "--live", "--context", "no-such-context").ExitCode);
    }

    [Fact]
    public void NamespaceThatMayNotBeReadIsUnknownAndTheRestIsPlanned()
    {
        server.Require();
        server.Apply(Kinds);
        server.Kubectl("create", "namespace", "open");
        server.Kubectl("create", "role", "reads", "--namespace=open", "--verb=get,list", "--resource=configmaps");
        server.Kubectl("create", "rolebinding", "reads", "--namespace=open", "--role=reads", "--user=reader");
        var file = Path.Combine(server.Folder, "two.yaml");
        File.WriteAllText(file, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: kinds}\ndata: {color: red}\n---\n"
            + "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: open}\ndata: {color: red}\n---\napiVersion: v1\n"
            + "kind: ConfigMap\nmetadata: {name: mine, namespace: open}\ndata: {color: red}\n");
        server.Kubectl("create", "configmap", "mine", "--namespace=open", "--from-literal=color=blue");
        var plan = server.Plan(server.Folder, file, "--context", "reader");
        Assert.Equal(["unknown", "create", "in-place"], plan["changes"]!.AsArray().Select(c => (string)c!["action"]!));
        Assert.Contains("forbidden", (string)plan["changes"]![0]!["note"]!, StringComparison.Ordinal);
        // It may not dry-run either, and says that the plan is one of reading.
        Assert.Contains(plan["notes"]!.AsArray(), n => ((string)n!).Contains("cannot patch", StringComparison.Ordinal)
            && ((string)n!).Contains("planned from what was read", StringComparison.Ordinal));
        server.Kubectl("delete", "namespace", "open", "--wait=false");
    }

    [Fact]
    public void PruneFindsWhatTheManifestsDefineNoMore()
    {
        server.Require();
        server.Kubectl("create", "namespace", "pruned");
        var all = Path.Combine(server.Folder, "all.yaml");
        string One(string name, string app) => $"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {name}\n  namespace: pruned\n"
            + $"  labels:\n    app.kubernetes.io/part-of: {app}\ndata:\n  a: b\n---\n";
        File.WriteAllText(all, One("kept", "shop") + One("gone", "shop") + One("other", "bank"));
        server.Apply(all);
        var now = Path.Combine(server.Folder, "now.yaml");
        File.WriteAllText(now, One("kept", "shop"));
        static IEnumerable<string> Deleted(JsonObject plan) =>
            plan["changes"]!.AsArray().Where(c => (string)c!["action"]! == "delete").Select(c => (string)c!["resource"]!["name"]!);
        Assert.Equal(["gone"], Deleted(server.Plan(server.Folder, now)));
        Assert.Equal(["other"], Deleted(server.Plan(server.Folder, now, "--prune-selector", "app.kubernetes.io/part-of=bank")));
        server.Kubectl("delete", "namespace", "pruned", "--wait=false");
    }

    [Fact]
    public void ManyResources()
    {
        server.Require();
        const int count = 2000;
        server.Kubectl("create", "namespace", "many");
        var file = Path.Combine(server.Folder, "many.yaml");
        File.WriteAllText(file, string.Join("---\n", Enumerable.Range(0, count).Select(i => i % 2 == 0
            ? $"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c{i}\n  namespace: many\ndata:\n  number: \"{i}\"\n"
            : $"apiVersion: v1\nkind: Service\nmetadata:\n  name: s{i}\n  namespace: many\nspec:\n  clusterIP: None\n  selector:\n"
                + $"    app: a{i}\n  ports:\n    - port: 80\n")));
        server.Apply(file);
        var clock = Stopwatch.StartNew();
        var plan = server.Plan(server.Folder, file);
        output.WriteLine($"{count} resources live: {clock.ElapsedMilliseconds} ms");
        AssertNothing(plan, file);
        // Half of them changed, each tried on the server.
        var changed = Path.Combine(server.Folder, "many-changed.yaml");
        File.WriteAllText(changed, File.ReadAllText(file).Replace("number: \"", "number: \"1", StringComparison.Ordinal));
        clock.Restart();
        plan = server.Plan(server.Folder, changed);
        output.WriteLine($"{count} resources live, {count / 2} changes tried: {clock.ElapsedMilliseconds} ms");
        Assert.Equal(count / 2, (int)plan["summary"]!["in-place"]!);
        var snapshot = Path.Combine(server.Folder, "many-snapshot.yaml");
        Assert.Equal(0, server.Repave(server.Folder, "snapshot", "--live", "-n", "many", "-o", snapshot).ExitCode);
        clock.Restart();
        plan = Offline(changed, snapshot);
        output.WriteLine($"{count} resources against a snapshot: {clock.ElapsedMilliseconds} ms");
        Assert.Equal(count / 2, (int)plan["summary"]!["in-place"]!);
        server.Kubectl("delete", "namespace", "many", "--wait=false");
    }

    private JsonObject Offline(string path, string baseline)
    {
        var answer = Tool.Repave(server.Folder, "plan", path, "--from", baseline, "--format", "json");
        Assert.True(answer.ExitCode == 0, answer.Error);
        return JsonNode.Parse(answer.Output)!.AsObject();
    }

    private static void AssertNothing(JsonObject plan, string what, bool allowsRefusals = false)
    {
        var changed = plan["changes"]!.AsArray().Where(c => (string)c!["action"]! != "none"
            && !(allowsRefusals && c["warnings"]!.AsArray().Any(w => ((string)w!).StartsWith("refused", StringComparison.Ordinal))))
            .ToList();
        Assert.True(changed.Count == 0, $"{what}: {string.Join("\n", changed.Select(c => c!.ToJsonString()))}");
        Assert.NotEmpty(plan["changes"]!.AsArray());
    }
}
