using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Workloads whose pods are replaced only when someone deletes them.</summary>
public sealed class ManualRollout : KubernetesRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1304";

    /// <inheritdoc/>
    public override string Title => "Pods that are replaced only by hand";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "With the update strategy OnDelete a change reaches a pod when someone deletes it, "
        + "so old and new versions run side by side until then and nobody sees which. "
        + "Use RollingUpdate, with a partition where the order matters.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-3"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#update-strategies"];

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: apps/v1
        kind: DaemonSet
        metadata:
          name: web
        spec:
          updateStrategy:
            type: OnDelete
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
        kind: DaemonSet
        metadata:
          name: web
        spec:
          updateStrategy:
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
        if (resource.Kind is not ("StatefulSet" or "DaemonSet") || resource.Group != "apps")
            return;
        if (resource.Root.At("spec", "updateStrategy")?.ScalarAt("type") is { Value: "OnDelete" } type)
            sink.Add(this, resource, type,
                $"A change of '{resource.Id.Name}' reaches a pod only when someone deletes it: use RollingUpdate.");
    }
}
