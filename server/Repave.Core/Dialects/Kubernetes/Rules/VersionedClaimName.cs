using Repave.Core.Rules;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Rules;

/// <summary>Claims of workloads whose name holds the version of the release.</summary>
public sealed class VersionedClaimName : KubernetesRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1409";

    /// <inheritdoc/>
    public override string Title => "Claim whose name changes with the release";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "A claim that is named for a release is replaced by an empty one with the next release, and the data stays behind. "
        + "Name claims for what they hold.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CP-9"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/"];

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: web-data-1.4.2
        spec:
          accessModes: [ReadWriteOnce]
          resources:
            requests:
              storage: 1Gi
        """;

    /// <inheritdoc/>
    public override string Good => """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: web-data
        spec:
          accessModes: [ReadWriteOnce]
          resources:
            requests:
              storage: 1Gi
        """;

    private static readonly BoundedRegex Version = new(@"(^|[-.])v?\d+\.\d+\.\d+($|[-.])");

    /// <inheritdoc/>
    public override void Check(KubernetesResource resource, KubernetesSet set, FindingSink sink)
    {
        if (resource.Is("PersistentVolumeClaim", "") && resource.Metadata?.ScalarAt("name") is { } name && Version.Matches(name.Value))
            sink.Add(this, resource, name,
                $"The next release makes a new, empty claim and leaves the data in '{name.Value}': name the claim for what it holds.");
    }
}
