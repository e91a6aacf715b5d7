using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Progress deadlines shorter than the wait before the first probe.</summary>
public sealed class DeadlineBeforeReady : PodRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1309";

    /// <inheritdoc/>
    public override string Title => "Roll-out that gives up before pods can be ready";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "A deadline that passes before the first readiness probe marks every roll-out as failed, "
        + "and tools that roll back on failure undo a good one. "
        + "Let the deadline exceed the delays of the probes.";

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
          progressDeadlineSeconds: 30
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
                  readinessProbe:
                    initialDelaySeconds: 60
                    httpGet:
                      path: /ready
                      port: 8080
        """;

    /// <inheritdoc/>
    public override string Good => """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          progressDeadlineSeconds: 300
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
                  readinessProbe:
                    initialDelaySeconds: 60
                    httpGet:
                      path: /ready
                      port: 8080
        """;

    /// <inheritdoc/>
    protected override void Check(KubernetesResource resource, PodSpec pod, KubernetesSet set, FindingSink sink)
    {
        if (!resource.Is("Deployment", "apps") || resource.Root["spec"]?.ScalarAt("progressDeadlineSeconds") is not { } deadline
            || deadline.Integer is not { } limit)
            return;
        foreach (var container in pod.Containers)
        {
            if (container.Node["readinessProbe"]?.ScalarAt("initialDelaySeconds") is { } delay
                && delay.Integer is { } wait && wait >= limit)
                sink.Add(this, resource, deadline,
                    $"The roll-out gives up after {limit} s, and '{container.Name}' is not asked whether it is ready before {wait} s.");
        }
    }
}
