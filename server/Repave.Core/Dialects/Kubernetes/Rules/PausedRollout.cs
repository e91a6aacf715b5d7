using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Deployments that are paused.</summary>
public sealed class PausedRollout : KubernetesRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1308";

    /// <inheritdoc/>
    public override string Title => "Roll-out that is paused";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "A paused Deployment takes every change and rolls out none, so what runs and what the manifest says drift apart. "
        + "Remove paused once the roll-out may go on.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-3"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/concepts/workloads/controllers/deployment/"];

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          paused: true
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
          paused: false
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
        if (resource.Is("Deployment", "apps") && resource.Root["spec"]?.ScalarAt("paused") is { IsTrue: true } paused)
            sink.Add(this, resource, paused, $"Changes of '{resource.Id.Name}' are not rolled out while it is paused.");
    }
}
