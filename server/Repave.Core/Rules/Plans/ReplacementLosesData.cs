using Repave.Core.Plans;

namespace Repave.Core.Rules.Plans;

/// <summary>A change that takes away what holds data.</summary>
public sealed class ReplacementLosesData : PlanRule
{
    /// <inheritdoc/>
    public override string Id => "RPV2003";

    /// <inheritdoc/>
    public override string Title => "Replacement that loses data";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Error;

    /// <inheritdoc/>
    public override string Reason =>
        "With the old object goes the data that it stands for, or the only way to find it. "
        + "Make the new one beside it, move the data, and delete the old one when nothing reads it any more.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/concepts/storage/persistent-volumes/"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-4", "NIST SP 800-53 CP-9"];

    /// <inheritdoc/>
    public override string Before => """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: orders
        spec:
          accessModes: [ReadWriteOnce]
          storageClassName: standard
          resources:
            requests:
              storage: 10Gi
        """;

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: orders
        spec:
          accessModes: [ReadWriteOnce]
          storageClassName: fast
          resources:
            requests:
              storage: 10Gi
        """;

    /// <inheritdoc/>
    public override string Good => """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: orders
        spec:
          accessModes: [ReadWriteOnce]
          storageClassName: standard
          resources:
            requests:
              storage: 10Gi
        """;

    /// <inheritdoc/>
    public override IEnumerable<PlanIssue> Find(ResourceChange change, Plan plan, Settings settings)
    {
        foreach (var warning in WarningsOf(change, PlanWarningKind.DataLoss))
            yield return new PlanIssue($"{NameOf(change)}: {warning.Message}", warning);
    }
}
