using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Annotations that kubectl and controllers write into live objects.</summary>
public sealed class AnnotationsOfControllers : KubernetesRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1603";

    /// <inheritdoc/>
    public override string Title => "Annotations that only a cluster writes";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "These annotations are the bookkeeping of a running cluster; in a manifest they are stale, "
        + "and applying them confuses what wrote them. "
        + "Remove them.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2", "NIST SP 800-53 CM-6"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/tasks/manage-kubernetes-objects/declarative-config/"];

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          annotations:
            example.com/owner: shop
            deployment.kubernetes.io/revision: "4"
        spec:
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
          annotations:
            example.com/owner: shop
        spec:
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

    private static readonly string[] Written =
    [
        "kubectl.kubernetes.io/last-applied-configuration", "deployment.kubernetes.io/revision",
        "deployment.kubernetes.io/desired-replicas", "deployment.kubernetes.io/max-replicas",
        "deprecated.daemonset.template.generation", "pv.kubernetes.io/bind-completed", "pv.kubernetes.io/bound-by-controller",
        "pv.kubernetes.io/provisioned-by",
        "volume.kubernetes.io/selected-node", "volume.beta.kubernetes.io/storage-provisioner", "volume.kubernetes.io/storage-provisioner",
        "endpoints.kubernetes.io/last-change-trigger-time",
        "control-plane.alpha.kubernetes.io/leader", "autoscaling.alpha.kubernetes.io/conditions",
        "autoscaling.alpha.kubernetes.io/current-metrics",
    ];

    /// <inheritdoc/>
    public override void Check(KubernetesResource resource, KubernetesSet set, FindingSink sink)
    {
        if (resource.Metadata?.MappingAt("annotations") is not { } annotations)
            return;
        foreach (var entry in annotations.AllEntries)
        {
            if (entry.Name is not { } name || !Written.Contains(name))
                continue;
            var fix = sink.FixHere($"Remove {name}", resource.Slot.Document.Edits?.Remove(resource.Slot.Document, annotations, entry));
            sink.Add(this, resource, entry.Value, $"Only a running cluster writes the annotation '{name}': remove it.", fix);
        }
    }
}
