using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Deployments that stop every pod before they start new ones.</summary>
public sealed class RecreateStrategy : KubernetesRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1303";

    /// <inheritdoc/>
    public override string Title => "All pods stopped before new ones start";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "With the strategy Recreate every roll-out is an outage that lasts as long as the new pods need to start, "
        + "and a new version that does not start leaves nothing running. "
        + "Use RollingUpdate unless old and new cannot run side by side.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CP-10"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#recreate-deployment"];

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 2
          strategy:
            type: Recreate
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

    /// <inheritdoc/>
    public override string Good => """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 2
          strategy:
            type: RollingUpdate
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

    /// <inheritdoc/>
    public override void Check(KubernetesResource resource, KubernetesSet set, FindingSink sink)
    {
        if (!resource.Is("Deployment", "apps") || resource.Root.At("spec", "strategy")?.ScalarAt("type") is not { Value: "Recreate" } type)
            return;
        // A single pod is recreated on purpose: what it does must not be done twice.
        if (resource.Root["spec"]?.ScalarAt("replicas") is not { } replicas || replicas.Integer is not > 1)
            return;
        // One volume that only one pod may write is the reason that leaves no choice.
        if (resource.PodSpec?.Volumes.Any(volume => volume["persistentVolumeClaim"] is not null) == true)
            return;
        sink.Add(this, resource, type, $"Every roll-out of '{resource.Id.Name}' stops all its pods before new ones start: "
            + "use RollingUpdate if old and new can run side by side.");
    }
}
