using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;

namespace Repave.Core.Rules.Plans;

/// <summary>A change that cannot be taken back.</summary>
public sealed class WayBackCloses : PlanRule
{
    /// <inheritdoc/>
    public override string Id => "RPV2008";

    /// <inheritdoc/>
    public override string Title => "Change that closes the way back";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "Applying what was there before is refused, or brings it back without what was stored by then, so the way out of a change "
        + "that went wrong is a restored backup. "
        + "Take one first, and say so in a comment at the change (`repave: ignore RPV2008 -- reason`): whoever has to go back reads it.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-3", "NIST SP 800-53 CP-10"];

    /// <inheritdoc/>
    public override string Before => Claim("10Gi", "");

    /// <inheritdoc/>
    public override string Bad => Claim("20Gi", "");

    /// <inheritdoc/>
    public override string Good => Claim("20Gi", " # repave: ignore RPV2008 -- the snapshot of today is kept for 30 days");

    /// <inheritdoc/>
    public override IEnumerable<PlanIssue> Find(ResourceChange change, Plan plan, Settings settings)
    {
        if (change is not { Action: PlanAction.InPlace or PlanAction.Roll or PlanAction.Replace, Back: { IsClosed: true } back })
            yield break;
        // That it loses data already as it is made another rule says, and louder.
        if (back.How == BackHow.Loss && change.Warnings.Exists(w => w is { Kind: PlanWarningKind.DataLoss, KeepsData: false }))
            yield break;
        yield return new PlanIssue($"{NameOf(change)}: {(back.How == BackHow.Never ? "there is no way back" : "the way back loses data")}. "
            + back.Reasons.FirstOrDefault());
    }

    private static string Claim(string size, string comment) => $$"""
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata:
          name: orders
        spec:
          accessModes: [ReadWriteOnce]
          storageClassName: standard
          resources:
            requests:
              storage: {{size}}{{comment}}
        """;
}
