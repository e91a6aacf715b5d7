using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Rolling updates that may stop every pod at once.</summary>
public sealed class EverythingUnavailable : KubernetesRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1306";

    /// <inheritdoc/>
    public override string Title => "Roll-out that takes everything down";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "With maxUnavailable 100% a rolling update stops all pods together, and a new version that does not start leaves nothing running. "
        + "Keep most of the pods; the default is 25%.";

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
          replicas: 3
          strategy:
            rollingUpdate:
              maxSurge: 1
              maxUnavailable: 100%
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
          replicas: 3
          strategy:
            rollingUpdate:
              maxSurge: 1
              maxUnavailable: 25%
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
        var spec = resource.Root["spec"];
        var path = resource.Kind == "Deployment" ? "strategy" : "updateStrategy";
        if (resource.Kind is not ("Deployment" or "StatefulSet") || resource.Group != "apps"
            || spec?.At(path, "rollingUpdate")?.ScalarAt("maxUnavailable") is not { } most)
            return;
        if (most.Value == "100%"
            || (most.Integer is { } count && count > 1 && spec.ScalarAt("replicas") is { } replicas && replicas.Integer <= count))
            sink.Add(this, resource, most, $"A roll-out of '{resource.Id.Name}' may stop all its pods at once: lower maxUnavailable.");
    }
}
