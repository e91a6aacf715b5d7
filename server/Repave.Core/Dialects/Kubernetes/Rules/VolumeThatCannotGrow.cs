using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Claims of the set whose storage class allows no growth.</summary>
public sealed class VolumeThatCannotGrow : KubernetesRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1407";

    /// <inheritdoc/>
    public override string Title => "Volume that cannot grow";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "A claim whose class allows no expansion can only be made larger by replacing it and copying the data, "
        + "and a StatefulSet's claim template cannot be changed at all. "
        + "Set allowVolumeExpansion on the class.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CP-10"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/"];

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata:
          name: fast
        provisioner: csi.example.com
        allowVolumeExpansion: false
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata:
          name: web
        spec:
          serviceName: web
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
                storageClassName: fast
                resources:
                  requests:
                    storage: 10Gi
        """;

    /// <inheritdoc/>
    public override string Good => """
        apiVersion: storage.k8s.io/v1
        kind: StorageClass
        metadata:
          name: fast
        provisioner: csi.example.com
        allowVolumeExpansion: true
        ---
        apiVersion: apps/v1
        kind: StatefulSet
        metadata:
          name: web
        spec:
          serviceName: web
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
                storageClassName: fast
                resources:
                  requests:
                    storage: 10Gi
        """;

    /// <inheritdoc/>
    public override void Check(KubernetesResource resource, KubernetesSet set, FindingSink sink)
    {
        foreach (var claim in ClaimsOf(resource))
        {
            if (claim.ScalarAt("storageClassName") is { } name
                && set.OfKind("StorageClass").FirstOrDefault(s => s.Id.Name == name.Value && set.IsBeside(s, null)) is { } storage
                && storage.Root.TextAt("allowVolumeExpansion") != "true")
                sink.Add(this, resource, name,
                    $"The storage class '{name.Value}' allows no expansion, so this volume can never grow: set allowVolumeExpansion.");
        }
    }

    private static IEnumerable<Node> ClaimsOf(KubernetesResource resource)
    {
        var spec = resource.Root["spec"];
        if (spec is null)
            return [];
        return resource.Is("PersistentVolumeClaim", "") ? [spec]
            : spec.ItemsAt("volumeClaimTemplates").Select(t => t["spec"]).OfType<Node>();
    }
}
