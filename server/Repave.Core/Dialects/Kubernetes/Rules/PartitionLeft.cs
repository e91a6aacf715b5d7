using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>StatefulSets whose partition holds pods back.</summary>
public sealed class PartitionLeft : KubernetesRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1316";

    /// <inheritdoc/>
    public override string Title => "Roll-out stopped at a partition";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "Pods below the partition stay at the old revision, through restarts too, until someone lowers it. "
        + "Lower the partition to 0 when the roll-out may go on.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-3"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#partitions"];

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata:
          name: web
        spec:
          serviceName: web
          updateStrategy:
            rollingUpdate:
              partition: 2
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
        kind: StatefulSet
        metadata:
          name: web
        spec:
          serviceName: web
          updateStrategy:
            rollingUpdate:
              partition: 0
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
        if (resource.Is("StatefulSet", "apps")
            && resource.Root.At("spec", "updateStrategy", "rollingUpdate")?.ScalarAt("partition") is { Kind: ScalarKind.Integer } partition
            && partition.Integer > 0)
            sink.Add(this, resource, partition,
                $"The pods of '{resource.Id.Name}' below {partition.Value} keep the old revision until the partition is lowered.");
    }
}
