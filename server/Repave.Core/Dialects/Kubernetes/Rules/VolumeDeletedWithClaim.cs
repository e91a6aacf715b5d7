using Repave.Core.Rules;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Volumes of fixed content that are deleted with their claim.</summary>
public sealed class VolumeDeletedWithClaim : KubernetesRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1501";

    /// <inheritdoc/>
    public override string Title => "Volume deleted together with its claim";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "With the policy Delete the data is gone as soon as the claim is replaced or removed. "
        + "Use Retain for volumes that somebody made by hand.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CP-9"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/concepts/storage/persistent-volumes/#reclaiming"];

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: v1
        kind: PersistentVolume
        metadata:
          name: data
        spec:
          capacity:
            storage: 10Gi
          accessModes: [ReadWriteOnce]
          persistentVolumeReclaimPolicy: Delete
          csi:
            driver: csi.example.com
            volumeHandle: vol-1
        """;

    /// <inheritdoc/>
    public override string Good => """
        apiVersion: v1
        kind: PersistentVolume
        metadata:
          name: data
        spec:
          capacity:
            storage: 10Gi
          accessModes: [ReadWriteOnce]
          persistentVolumeReclaimPolicy: Retain
          csi:
            driver: csi.example.com
            volumeHandle: vol-1
        """;

    /// <inheritdoc/>
    public override void Check(KubernetesResource resource, KubernetesSet set, FindingSink sink)
    {
        if (resource.Is("PersistentVolume", "")
            && resource.Root["spec"]?.ScalarAt("persistentVolumeReclaimPolicy") is { Value: "Delete" or "Recycle" } policy)
            sink.Add(this, resource, policy, $"The data of '{resource.Id.Name}' is deleted when its claim is replaced: use Retain.");
    }
}
