using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Claims that name the volume that they were bound to.</summary>
public sealed class BoundVolumeNamed : KubernetesRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1605";

    /// <inheritdoc/>
    public override string Title => "Claim bound to one volume";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "A claim that names its volume was bound in a running cluster; created again it waits for exactly that volume, "
        + "which belongs to the old claim. "
        + "Leave the name out, unless the volume is made for the claim.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/tasks/manage-kubernetes-objects/declarative-config/"];

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: data
        spec:
          accessModes: [ReadWriteOnce]
          volumeName: pvc-6f1c1f0e-2c4e-4c55-9f4e-8d1a5a4a6a10
          resources:
            requests:
              storage: 1Gi
        """;

    /// <inheritdoc/>
    public override string Good => """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: data
        spec:
          accessModes: [ReadWriteOnce]
          resources:
            requests:
              storage: 1Gi
        """;

    /// <inheritdoc/>
    public override void Check(KubernetesResource resource, KubernetesSet set, FindingSink sink)
    {
        // A provisioner names volumes by the claim's uid; any other name is a choice.
        if (resource.Is("PersistentVolumeClaim", "") && resource.Root["spec"] is MapNode spec
            && spec.Find("volumeName") is { Value.Resolved: ScalarNode name } entry
            && name.Value.StartsWith("pvc-", StringComparison.Ordinal) && name.Value.Length == 40)
            sink.Add(this, resource, name, $"The volume '{name.Value}' was made for a claim of a running cluster: leave its name out.",
                sink.FixHere("Remove volumeName", resource.Slot.Document.Edits?.Remove(resource.Slot.Document, spec, entry)));
    }
}
