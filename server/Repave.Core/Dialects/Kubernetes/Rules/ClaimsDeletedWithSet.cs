using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>StatefulSets that delete their claims when they are deleted.</summary>
public sealed class ClaimsDeletedWithSet : KubernetesRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1502";

    /// <inheritdoc/>
    public override string Title => "Claims deleted together with their StatefulSet";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "A change that a StatefulSet refuses is made by deleting and creating it, and with whenDeleted: Delete the data goes with it. "
        + "Retain the claims.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CP-9"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#persistentvolumeclaim-retention"];

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata:
          name: web
        spec:
          serviceName: web
          persistentVolumeClaimRetentionPolicy:
            whenDeleted: Delete
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
          volumeClaimTemplates:
            - metadata:
                name: data
              spec:
                accessModes: [ReadWriteOnce]
                resources:
                  requests:
                    storage: 10Gi
        """;

    /// <inheritdoc/>
    public override string Good => """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata:
          name: web
        spec:
          serviceName: web
          persistentVolumeClaimRetentionPolicy:
            whenDeleted: Retain
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
          volumeClaimTemplates:
            - metadata:
                name: data
              spec:
                accessModes: [ReadWriteOnce]
                resources:
                  requests:
                    storage: 10Gi
        """;

    /// <inheritdoc/>
    public override void Check(KubernetesResource resource, KubernetesSet set, FindingSink sink)
    {
        if (resource.Is("StatefulSet", "apps")
            && resource.Root.At("spec", "persistentVolumeClaimRetentionPolicy")?.ScalarAt("whenDeleted") is { Value: "Delete" } policy)
            sink.Add(this, resource, policy, $"Replacing the StatefulSet '{resource.Id.Name}' deletes its data: retain the claims.");
    }
}
