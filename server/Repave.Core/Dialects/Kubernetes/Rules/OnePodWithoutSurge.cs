using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Deployments of one pod that may not start a second.</summary>
public sealed class OnePodWithoutSurge : KubernetesRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1307";

    /// <inheritdoc/>
    public override string Title => "One pod that stops before its successor starts";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "With one replica and no surge the only pod is stopped before the new one starts, so every roll-out is an outage. "
        + "Set maxSurge to 1 and maxUnavailable to 0, or run two replicas.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CP-10"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/concepts/workloads/controllers/deployment/"];

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 1
          strategy:
            rollingUpdate:
              maxSurge: 0
              maxUnavailable: 1
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
          replicas: 1
          strategy:
            rollingUpdate:
              maxSurge: 1
              maxUnavailable: 0
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
        if (!resource.Is("Deployment", "apps") || resource.Root["spec"] is not { } spec
            || spec.At("strategy", "rollingUpdate")?.ScalarAt("maxSurge") is not { } surge)
            return;
        if (surge.Value is "0" or "0%" && (spec.TextAt("replicas") ?? "1") == "1"
            && resource.PodSpec?.Volumes.Any(v => v["persistentVolumeClaim"] is not null) != true)
            sink.Add(this, resource, surge,
                $"The only pod of '{resource.Id.Name}' is stopped before the next one starts: allow one more with maxSurge.");
    }
}
