using Repave.Core.Plans;

namespace Repave.Core.Rules.Plans;

/// <summary>A change during which nobody answers.</summary>
public sealed class ReplacementStopsService : PlanRule
{
    /// <inheritdoc/>
    public override string Id => "RPV2004";

    /// <inheritdoc/>
    public override string Title => "Change with downtime";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "While this change is made nobody answers: the old instances stop before the new ones start, "
        + "or traffic goes where nothing is ready. "
        + "Let old and new live side by side for as long as the new ones need.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-4", "NIST SP 800-53 CP-10"];

    /// <inheritdoc/>
    public override string Before => """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 2
          strategy:
            type: Recreate
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
    public override string Bad => """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 2
          strategy:
            type: Recreate
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
                  image: registry.example.com/web:1.5.0
        """;

    /// <inheritdoc/>
    public override string Good => """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 2
          strategy:
            type: RollingUpdate
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
                  image: registry.example.com/web:1.5.0
        """;

    /// <inheritdoc/>
    public override IEnumerable<PlanIssue> Find(ResourceChange change, Plan plan, Settings settings)
    {
        foreach (var warning in WarningsOf(change, PlanWarningKind.Downtime))
            yield return new PlanIssue($"{NameOf(change)}: {warning.Message}", warning);
    }
}
