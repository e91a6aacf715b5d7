using System.Globalization;
using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;

namespace Repave.Core.Tests.Plans.Replacement;

/// <summary>Whether the pods beside the old ones have room on the nodes that are there, and whether nodes can be drained.</summary>
public class NodeRoomTests
{
    private const string Stuck =
        "It keeps 2 of the 2 pods that are there, of which 2 are ready: draining a node with one of them does not come to its end.";

    private const string Deployment = "resources: {requests: {cpu: 500m, memory: 1Gi}}";

    // Two nodes of two cores; on each an old pod of half a core, and one more of somebody else's.
    [Theory]
    [InlineData("200m", "", null)]
    [InlineData("1", "", null)]
    [InlineData("1200m", "", "no node has room for a pod beside the old ones now (cpu, memory): it waits until one has")]
    [InlineData("1200m", "maxUnavailable: 1",
        "no node has room for a pod beside the old ones now (cpu, memory), so old ones go first")]
    [InlineData("1200m", "maxSurge: 0, maxUnavailable: 1", null)]
    [InlineData("1", "maxSurge: 3", null)]
    [InlineData("1/1200m", "maxSurge: 3", "the nodes have room for 1 of the 2 pods beside the old ones now (cpu, memory)")]
    public void TheSurgeIsHeldAgainstWhatIsFree(string others, string rolling, string? line) =>
        Assert.Equal(line, Steps(Nodes(others), rolling: rolling).Room);

    [Theory]
    [InlineData("taints: [{key: gpu, value: a, effect: NoSchedule}]", "", 0)]
    [InlineData("taints: [{key: gpu, value: a, effect: NoSchedule}]", "tolerations: [{key: gpu, operator: Exists}]", null)]
    [InlineData("taints: [{key: gpu, value: a, effect: NoSchedule}]", "tolerations: [{operator: Exists}]", null)]
    [InlineData("taints: [{key: gpu, value: a, effect: NoSchedule}]", "tolerations: [{key: gpu, value: a}]", null)]
    [InlineData("taints: [{key: gpu, value: a, effect: NoSchedule}]", "tolerations: [{key: gpu, value: b}]", 0)]
    [InlineData("taints: [{key: gpu, value: a, effect: NoSchedule}]", "tolerations: [{key: gpu, operator: Exists, effect: NoExecute}]", 0)]
    [InlineData("taints: [{key: gpu, value: a, effect: PreferNoSchedule}]", "", null)]
    [InlineData("unschedulable: true", "", 0)]
    [InlineData("providerID: x", "nodeSelector: {disk: ssd}", null)]
    [InlineData("providerID: x", "nodeSelector: {disk: hdd}", 0)]
    // More than room decides where these go.
    [InlineData("unschedulable: true", "affinity: {podAntiAffinity: {}}", null)]
    [InlineData("unschedulable: true", "schedulerName: own", null)]
    [InlineData("unschedulable: true", "hostNetwork: true", null)]
    [InlineData("unschedulable: true", "volumes: [{name: a, persistentVolumeClaim: {claimName: a}}]", null)]
    [InlineData("unschedulable: true", "topologySpreadConstraints: [{maxSkew: 1, topologyKey: a, whenUnsatisfiable: DoNotSchedule}]", null)]
    [InlineData("unschedulable: true", "topologySpreadConstraints: [{maxSkew: 1, topologyKey: a, whenUnsatisfiable: ScheduleAnyway}]", 0)]
    public void NodesTakeWhomTheyMayTake(string node, string pod, int? room)
    {
        var line = Steps(Nodes("200m", node), pod).Room;
        Assert.Equal(room is null, line is null);
        if (room == 0)
            Assert.StartsWith("no node has room", line, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutPodsOrNodesNothingIsSaid()
    {
        var whole = Nodes("1200m");
        var parts = whole.Split("---\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.NotNull(Steps(whole).Room);
        foreach (var kind in (string[])["kind: Node", "kind: Pod"])
            Assert.Null(Steps(string.Concat(parts.Where(p => p.Contains(kind, StringComparison.Ordinal)).Select(p => "---\n" + p))).Room);
    }

    [Fact]
    public void TheLineSaysIt() => Assert.Contains(
        "; no node has room for a pod beside the old ones now (cpu, memory): it waits until one has",
        StepsSentence.Of(Change(Nodes("1200m"), "", "")), StringComparison.Ordinal);

    [Theory]
    [InlineData("maxUnavailable: 1", null)]
    [InlineData("maxUnavailable: 0", Stuck)]
    [InlineData("minAvailable: 2", Stuck)]
    [InlineData("minAvailable: 1", null)]
    [InlineData("minAvailable: 60%", Stuck)]
    [InlineData("maxUnavailable: 10%", null)]
    public void ABudgetThatLetsNoNodeBeDrainedIsSaid(string budget, string? warning)
    {
        var text = $"---\napiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {{name: web, namespace: shop}}\nspec:\n  {budget}\n"
            + "  selector: {matchLabels: {app: web}}\n";
        var change = Planning.Plan(Nodes("200m"), text).Of("PodDisruptionBudget", "web");
        Assert.Equal(warning, change.Warnings.SingleOrDefault(w => w.Message.Contains("draining", StringComparison.Ordinal))?.Message);
        // Nothing is known of pods that nobody read.
        Assert.DoesNotContain(Planning.Plan("", text).Of("PodDisruptionBudget", "web").Warnings,
            w => w.Message.Contains("draining", StringComparison.Ordinal));
    }

    private static ReplacementSteps Steps(string live, string pod = "", string rolling = "") => Change(live, pod, rolling).Steps!;

    private static ResourceChange Change(string live, string pod, string rolling)
    {
        string Text(string image) => string.Create(CultureInfo.InvariantCulture, $"""
            apiVersion: apps/v1
            kind: Deployment
            metadata: {"{"}name: web, namespace: shop{"}"}
            spec:
              replicas: 2
              strategy: {"{"}rollingUpdate: {"{"}{(rolling.Length == 0 ? "maxUnavailable: 0" : rolling)}{"}"}{"}"}
              selector: {"{"}matchLabels: {"{"}app: web{"}"}{"}"}
              template:
                metadata: {"{"}labels: {"{"}app: web{"}"}{"}"}
                spec:
                  {pod}
                  containers:
                  - name: web
                    image: registry.example.com/web:{image}
                    {Deployment}

            """);
        return Planning.Plan(Text("1") + live, Text("2")).Of("Deployment", "web");
    }

    private static string Nodes(string others, string spec = "providerID: x")
    {
        var text = "";
        for (var i = 1; i <= 2; i++)
        {
            text += $"---\napiVersion: v1\nkind: Node\nmetadata: {{name: n{i}, labels: {{disk: ssd}}}}\nspec: {{{spec}}}\n"
                + "status: {allocatable: {cpu: '2', memory: 8Gi, pods: '110'}}\n"
                + Pod("web", i, "500m") + Pod("other", i, others.Split('/')[^(others.Contains('/') ? 3 - i : 1)])
                // One that is done takes nothing.
                + Pod("job", i, "2").Replace("Running", "Succeeded", StringComparison.Ordinal);
        }

        return text;
    }

    private static string Pod(string name, int node, string cpu) => $"---\napiVersion: v1\nkind: Pod\nmetadata: {{name: {name}-{node}, "
        + $"namespace: shop, labels: {{app: {name}}}}}\nspec: {{nodeName: n{node}, containers: [{{name: a, image: a, "
        + $"resources: {{requests: {{cpu: {cpu}}}}}}}]}}\nstatus: {{phase: Running, conditions: [{{type: Ready, status: 'True'}}]}}\n";
}
