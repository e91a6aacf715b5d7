using Repave.Core.Plans;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Plans;

/// <summary>Objects that move to another apiVersion. Each file holds one under both, and says what applying the second changes; the
/// end-to-end tests ask a real server the same.</summary>
public class ObjectVersionTests
{
    public static TheoryData<string> Files() =>
        [.. Directory.GetFiles(VersionPair.Folder, "*.yaml").Select(f => Path.GetFileName(f)).Order()];

    [Theory]
    [MemberData(nameof(Files))]
    public void OnlyWhatADifferentVersionMeansIsAChange(string file)
    {
        var (expected, old, next) = VersionPair.Read(file);
        foreach (var newer in (string[])[next, next.Replace("autoscaling/v2beta2", "autoscaling/v2", StringComparison.Ordinal)])
        {
            var change = Assert.Single(Planning.Plan(old, newer).Changes);
            if (expected == "nothing")
                Assert.Equal("", string.Join(", ", change.Reasons.Select(r => $"{r.Path}: {r.From} → {r.To}")));
            else
                Assert.All(change.Reasons, r => Assert.StartsWith(expected, r.Path, StringComparison.Ordinal));
            Assert.Equal(expected == "nothing", change.Action == PlanAction.None);
            Assert.DoesNotContain(change.Warnings, w => w.Kind == PlanWarningKind.Refused);
        }
    }

    [Fact]
    public void ADumpUnderAnOlderVersionHoldsTheRestInAnnotations()
    {
        const string live = """
            apiVersion: autoscaling/v1
            kind: HorizontalPodAutoscaler
            metadata:
              name: shop
              namespace: default
              uid: 6d3c4ff0-1cd2-4c29-9d07-2d5cf0d2d0b1
              resourceVersion: "7"
              annotations:
                autoscaling.alpha.kubernetes.io/conditions: '[{"type":"AbleToScale","status":"True"}]'
                autoscaling.alpha.kubernetes.io/metrics: '[{"type":"Resource","resource":{"name":"memory","targetAverageUtilization":60}}]'
                kubectl.kubernetes.io/last-applied-configuration: '{"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","metadata":{"name":"shop","namespace":"default"},"spec":{"maxReplicas":5}}'
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}
              minReplicas: 1
              maxReplicas: 5
              targetCPUUtilizationPercentage: 70
            """;
        static string Wanted(int use) => $$$"""
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: shop, namespace: default}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: shop}
              maxReplicas: 5
              metrics:
              - type: Resource
                resource: {name: memory, target: {type: Utilization, averageUtilization: 60}}
              - type: Resource
                resource: {name: cpu, target: {type: Utilization, averageUtilization: {{{use}}}}}
            """;
        Assert.Equal(PlanAction.None, Assert.Single(Planning.Plan(live, Wanted(70)).Changes).Action);
        Assert.Equal(PlanAction.InPlace, Assert.Single(Planning.Plan(live, Wanted(80)).Changes).Action);
    }
}
