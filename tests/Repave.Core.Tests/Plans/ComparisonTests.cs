using Repave.Core.Plans;

namespace Repave.Core.Tests.Plans;

/// <summary>What counts as a change, and what only looks like one.</summary>
public class ComparisonTests
{
    private const string Head = "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec:\n  selector: {app: a}\n";
    private const string PodHead = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n";
    private const string Live = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n  uid: u\n  resourceVersion: '7'\n";

    [Theory]
    [InlineData(Head + "  ports: [{port: 80}]\n",
        Head + "  type: ClusterIP\n  sessionAffinity: None\n  ports:\n    - port: 80\n      targetPort: 80\n      protocol: TCP\n")]
    [InlineData(Head + "  ports: [{name: a, port: 80}, {name: b, port: 81}]\n",
        Head + "  ports: [{name: b, port: 81}, {name: a, port: 0x50}]\n")]
    [InlineData(Head + "  ports: [{port: 80}]\n", Head + "  ports: [{port: 80}]\n  externalName: ~\n  publishNotReadyAddresses: false\n"
        + "  externalIPs: []\nstatus: {loadBalancer: {}}\n")]
    [InlineData(Head + "  ports: [{port: 80, targetPort: 8080}]\n", Head + "  ports: [{port: 80, targetPort: \"8080\"}]\n")]
    [InlineData(PodHead + "  containers:\n    - {name: a, image: 'a:1', resources: {requests: {cpu: 1000m, memory: 1Gi}}}\n",
        PodHead + "  restartPolicy: Always\n  securityContext: {}\n  containers:\n    - {name: a, image: 'a:1', imagePullPolicy: "
            + "IfNotPresent, resources: {limits: {}, requests: {cpu: 1, memory: 1024Mi}}}\n")]
    [InlineData(PodHead + "  containers: [{name: a, image: a, env: [{name: X, value: '1'}, {name: Y, value: '2'}]}]\n",
        PodHead + "  containers: [{name: a, image: a, imagePullPolicy: Always, env: [{name: X, value: '1'}, {name: Y, value: '2'}]}]\n")]
    [InlineData("apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: hello}\n",
        "apiVersion: v1\nkind: Secret\nmetadata: {name: s, labels: {}}\ntype: Opaque\ndata: {a: aGVsbG8=}\n")]
    [InlineData("apiVersion: extensions/v1beta1\nkind: Deployment\nmetadata: {name: d}\nspec: {replicas: 1, template: {spec: {containers: [{name: a, image: a}]}}}\n",
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {template: {spec: {containers: [{name: a, image: a}]}}}\n")]
    public void WhatMeansTheSameIsNoChange(string before, string after)
    {
        var plan = Planning.Plan(before, after);
        Assert.True(plan.IsEmpty, string.Join(", ", plan.Changes.SelectMany(c => c.Reasons).Select(r => $"{r.Path} {r.From} {r.To}")));
        Assert.True(Planning.Plan(after, before).IsEmpty);
    }

    [Theory]
    [InlineData("namespaceSelector: {}", "spec.ingress[0].from[0].namespaceSelector")]
    [InlineData("podSelector: {matchLabels: {a: c}}", "spec.ingress[0].from[0].podSelector.matchLabels.a")]
    public void WhatOnlyLooksEmptyIsAChange(string peer, string path)
    {
        const string policy = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: n}\nspec:\n  podSelector: {}\n"
            + "  ingress:\n    - from:\n        - podSelector: {matchLabels: {a: b}}\n";
        var after = peer.StartsWith("pod", StringComparison.Ordinal)
            ? policy.Replace("podSelector: {matchLabels: {a: b}}", peer, StringComparison.Ordinal)
            : policy + "          " + peer + "\n";
        Assert.Equal([path], Planning.Plan(policy, after).Changes[0].Reasons.Select(r => r.Path));
    }

    [Fact]
    public void AnAbsentFieldIsTakenAwayOnlyFromWhoSetIt()
    {
        var live = Live + "  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: "
            + "'{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"c\"},\"data\":{\"mine\":\"1\",\"kept\":\"1\"}}'\n"
            + "data: {mine: '1', kept: '1', theirs: '1'}\n";
        var plan = Planning.Plan(live, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {kept: '1'}\n");
        Assert.Equal(["data.mine"], plan.Changes[0].Reasons.Select(r => r.Path));
        // Without a record nothing is taken away, and that is said.
        plan = Planning.Plan(Live + "data: {mine: '1', kept: '1'}\n",
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {kept: '1'}\n");
        Assert.True(plan.IsEmpty);
        Assert.Contains(plan.Notes, n => n.Contains("no record of what was applied", StringComparison.Ordinal));
        // An explicit null always does.
        plan = Planning.Plan(Live + "data: {mine: '1', kept: '1'}\n",
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {kept: '1', mine: null}\n");
        Assert.Equal(["data.mine"], plan.Changes[0].Reasons.Select(r => r.Path));
    }

    [Fact]
    public void ServerSideApplysRecordCountsToo()
    {
        const string managed = "  managedFields:\n    - manager: kubectl\n      operation: Apply\n      apiVersion: apps/v1\n"
            + "      fieldsType: FieldsV1\n      fieldsV1: {'f:spec': {'f:replicas': {}, 'f:template': {'f:spec': {'f:containers': "
            + "{'k:{\"name\":\"b\"}': {'.': {}, 'f:name': {}}}}}}}\n    - manager: autoscaler\n      operation: Update\n"
            + "      apiVersion: apps/v1\n      fieldsType: FieldsV1\n      fieldsV1: {'f:spec': {'f:paused': {}}}\n";
        const string before = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: d\n  uid: u\n" + managed + "spec:\n  replicas: 3\n"
            + "  paused: true\n  selector: {matchLabels: {a: b}}\n  template:\n    spec:\n"
            + "      containers: [{name: a, image: 'a:1'}, {name: b, image: 'b:1'}, {name: injected, image: 'i:1'}]\n";
        const string after = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec:\n  selector: {matchLabels: {a: b}}\n"
            + "  template:\n    spec:\n      containers: [{name: a, image: 'a:1'}]\n";
        Assert.Equal(["spec.replicas", "spec.template.spec.containers[1]"], Planning.Plan(before, after).Changes[0].Reasons
            .Select(r => r.Path.Replace(".name", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryReasonPointsAtItsLine()
    {
        var before = Planning.Deployment("web", pod: "terminationGracePeriodSeconds: 60");
        var after = Planning.Deployment("web", image: "registry.example.com/main:2.0.0");
        var reasons = Planning.Plan(before, after).Of("Deployment", "web").Reasons.ToDictionary(r => r.Path);
        var lines = after.Split('\n');
        Assert.Contains("main:2.0.0", lines[reasons["spec.template.spec.containers[0].image"].Range!.Value.Start.Line],
            StringComparison.Ordinal);
        // What is gone is shown at what held it.
        var gone = reasons["spec.template.spec.terminationGracePeriodSeconds"];
        Assert.Equal("    spec:", lines[gone.Range!.Value.Start.Line]);
        // What is taken out returns to its default.
        Assert.Equal(("60", "30"), (gone.From, gone.To));
    }

    [Fact]
    public void ListsWithoutIdentitiesAreAligned()
    {
        const string head = "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r}\nrules:\n";
        static string Rule(string resource) => $"  - {{apiGroups: [''], resources: [{resource}], verbs: [get]}}\n";
        var plan = Planning.Plan(head + Rule("pods") + Rule("secrets") + Rule("nodes"),
            head + Rule("events") + Rule("pods") + Rule("nodes"));
        Assert.Equal(["rules[0].resources[0]", "rules[1].resources[0]"], plan.Changes[0].Reasons.Select(r => r.Path));
        plan = Planning.Plan(head + Rule("pods") + Rule("nodes"), head + Rule("pods") + Rule("events") + Rule("nodes"));
        var reason = Assert.Single(plan.Changes[0].Reasons);
        Assert.StartsWith("rules[1]", reason.Path, StringComparison.Ordinal);
        Assert.Null(reason.From);
    }
}
