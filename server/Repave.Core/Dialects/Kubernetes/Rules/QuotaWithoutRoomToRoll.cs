using Repave.Core.Dialects.Kubernetes.Plans.Steps;
using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Deployments whose namespace's quota leaves no pod to roll with.</summary>
public sealed class QuotaWithoutRoomToRoll : KubernetesRule
{
    private static readonly string[] PodCounts = ["pods", "count/pods"];

    /// <inheritdoc/>
    public override string Id => "RPV1322";

    /// <inheritdoc/>
    public override string Title => "Quota without room to roll";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "The quota of the namespace lets no pod run beside those that the Deployment has, and its strategy lets none of these go first, "
        + "so no roll-out of it ever ends. "
        + "Leave room for one more pod, or set maxUnavailable to 1.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-3"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/concepts/policy/resource-quotas/"];

    /// <inheritdoc/>
    public override string Bad => Text(3);

    /// <inheritdoc/>
    public override string Good => Text(4);

    /// <inheritdoc/>
    public override void Check(KubernetesResource resource, KubernetesSet set, FindingSink sink)
    {
        if (!resource.Is("Deployment", "apps") || resource.IsPartial || resource.Id.Namespace is not { } home
            || resource.Root["spec"] is not { } spec || spec["paused"] is ScalarNode { IsTrue: true }
            || spec["strategy"]?.TextAt("type") == "Recreate")
            return;
        var replicas = WorkloadBounds.Number(spec["replicas"], 1);
        var rolling = spec["strategy"]?["rollingUpdate"];
        // A share of it that is rounded down to none counts as one where there is no surge either.
        if (replicas < 1 || WorkloadBounds.Share(rolling?["maxUnavailable"], replicas, up: false, "25%") is not 0
            || WorkloadBounds.Share(rolling?["maxSurge"], replicas, up: true, "25%") is not > 0 || set.AutoscalersOf(resource).Any())
            return;
        foreach (var quota in set.OfKind("ResourceQuota").Where(q => q.Group.Length == 0 && q.Id.Namespace == home && !q.IsPartial))
        {
            // One that is only for some pods says nothing of these.
            if (quota.Root["spec"] is not { } bounds || bounds["scopes"] is not null || bounds["scopeSelector"] is not null)
                continue;
            foreach (var name in PodCounts)
            {
                if (bounds["hard"]?[name] is ScalarNode { Integer: { } most } && most <= replicas)
                {
                    sink.Add(this, resource, spec["replicas"] ?? resource.NameNode, $"No roll-out of '{resource.Id.Name}' ends: "
                        + $"the quota '{quota.Id.Name}' allows {most} pod{(most == 1 ? "" : "s")}, and {replicas} must go on running.");
                    return;
                }
            }
        }
    }

    private static string Text(int pods) => $$"""
        apiVersion: v1
        kind: ResourceQuota
        metadata:
          name: pods
          namespace: shop
        spec:
          hard:
            pods: "{{pods}}"
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          namespace: shop
        spec:
          replicas: 3
          selector:
            matchLabels:
              app: web
          template:
            metadata:
              labels:
                app: web
            spec:
              containers:
                - name: web
                  image: registry.example.com/web:1.4.2
        """;
}
