using Repave.Core.Plans;

namespace Repave.Core.Rules.Plans;

/// <summary>A change whose controller finds no room to begin, or to go on.</summary>
public sealed class ChangeNeverEnds : PlanRule
{
    /// <inheritdoc/>
    public override string Id => "RPV2007";

    /// <inheritdoc/>
    public override string Title => "Change that never comes to its end";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Error;

    /// <inheritdoc/>
    public override string Reason =>
        "The bounds that stand around it leave no room for a new instance beside the old ones, and let no old one go first: "
        + "the change is accepted, and what runs stays as it was. "
        + "Let one more be there for a while, or one fewer.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#failed-deployment"];

    /// <inheritdoc/>
    public override string Before => Text("1.4.2", 3);

    /// <inheritdoc/>
    public override string Bad => Text("1.5.0", 3);

    /// <inheritdoc/>
    public override string Good => Text("1.5.0", 4);

    /// <inheritdoc/>
    public override IEnumerable<PlanIssue> Find(ResourceChange change, Plan plan, Settings settings)
    {
        // What is refused has a rule of its own.
        if (change.Action is PlanAction.Roll or PlanAction.Replace or PlanAction.InPlace
            && change.Steps is { CannotProgress: true, Refused: not true } steps)
            yield return new PlanIssue($"The change of {NameOf(change)} never comes to its end"
                + $"{(steps.Why is null ? "" : $": {steps.Why}")}.");
    }

    private static string Text(string version, int pods) => $$"""
        apiVersion: v1
        kind: ResourceQuota
        metadata:
          name: pods
          namespace: shop
        spec:
          hard:
            pods: "{{pods}}"
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          namespace: shop
        spec:
          replicas: 3
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
                  image: registry.example.com/web:{{version}}
        """;
}
