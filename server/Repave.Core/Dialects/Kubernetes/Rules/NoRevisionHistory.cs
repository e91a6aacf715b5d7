using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Workloads that keep no earlier revision.</summary>
public sealed class NoRevisionHistory : KubernetesRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1302";

    /// <inheritdoc/>
    public override string Title => "No revision to roll back to";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "With revisionHistoryLimit 0 the earlier revision is thrown away during the roll-out, "
        + "so a rollback is impossible just when it is needed. "
        + "Keep a few revisions; the default is 10.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2", "NIST SP 800-53 CP-10"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#clean-up-policy"];

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          revisionHistoryLimit: 0
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
          revisionHistoryLimit: 5
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
        if (resource.Kind is not ("Deployment" or "StatefulSet" or "DaemonSet") || resource.Group != "apps")
            return;
        if (resource.Root["spec"] is not MapNode spec
            || spec.Find("revisionHistoryLimit") is not { Value.Resolved: ScalarNode { Kind: ScalarKind.Integer } limit } entry
            || limit.Integer != 0)
            return;
        var fix = sink.FixHere("Keep the default of 10 revisions",
            resource.Slot.Document.Edits?.Remove(resource.Slot.Document, spec, entry));
        sink.Add(this, resource, limit,
            $"The {resource.Kind} '{resource.Id.Name}' keeps no revision to roll back to: set revisionHistoryLimit to 1 or more.", fix);
    }
}
