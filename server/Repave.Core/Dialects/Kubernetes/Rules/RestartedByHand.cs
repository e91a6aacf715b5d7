using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Templates with the mark of a restart by hand.</summary>
public sealed class RestartedByHand : PodRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1602";

    /// <inheritdoc/>
    public override string Title => "Trace of a restart by hand";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "The annotation restartedAt is what kubectl rollout restart writes into a running object; "
        + "in a manifest it shows that a live object was copied, and each new value rolls every pod for nothing. "
        + "Remove it.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-3", "NIST SP 800-53 CM-6"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/tasks/manage-kubernetes-objects/declarative-config/"];

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          selector:
            matchLabels:
              app: web
          template:
            metadata:
              annotations:
                prometheus.io/scrape: "true"
                kubectl.kubernetes.io/restartedAt: "2026-01-31T12:00:00Z"
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
          selector:
            matchLabels:
              app: web
          template:
            metadata:
              annotations:
                prometheus.io/scrape: "true"
              labels:
                app: web
            spec:
              containers:
                - name: web
                  image: registry.example.com/web:1.4.2
        """;

    /// <inheritdoc/>
    protected override void Check(KubernetesResource resource, PodSpec pod, KubernetesSet set, FindingSink sink)
    {
        if (pod.Template["metadata"]?.MappingAt("annotations") is not { } annotations
            || annotations.Find("kubectl.kubernetes.io/restartedAt") is not { } entry)
            return;
        var fix = sink.FixHere("Remove restartedAt", resource.Slot.Document.Edits?.Remove(resource.Slot.Document, annotations, entry));
        sink.Add(this, resource, entry.Value, "This was written by a restart by hand and copied from a running object: remove it.", fix);
    }
}
