using Repave.Core.Plans;

namespace Repave.Core.Rules.Plans;

/// <summary>A change of a field that is fixed once the object is made, or that the platform refuses for another reason.</summary>
public sealed class UpdateRefused : PlanRule
{
    /// <inheritdoc/>
    public override string Id => "RPV2002";

    /// <inheritdoc/>
    public override string Title => "Update that the platform refuses";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Error;

    /// <inheritdoc/>
    public override string Reason =>
        "The platform refuses this update, so applying the manifest fails, often halfway through a set of them. "
        + "Give the object a new name, so that the new one is made beside the old one, or delete the old one first on purpose.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://kubernetes.io/docs/concepts/overview/working-with-objects/object-management/"];

    /// <inheritdoc/>
    public override string Before => """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 2
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
          selector:
            matchLabels:
              app: shop-web
          template:
            metadata:
              labels:
                app: shop-web
            spec:
              containers:
                - name: web
                  image: registry.example.com/web:1.4.2
        """;

    /// <inheritdoc/>
    public override string Good => """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 2
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
        if (change.Action == PlanAction.Replace && change.Mechanism == ResourceChange.DeleteAndCreate && change.CausedBy.Count == 0
            && change.Certainty == Certainty.Certain)
        {
            var field = change.Forcing.FirstOrDefault();
            yield return new PlanIssue($"Applying {NameOf(change)} will "
                + $"fail{(field is null ? "" : $": {field.Path} cannot change{(field.Why.Length == 0 ? "" : $" ({field.Why})")}")}.");
        }

        foreach (var warning in WarningsOf(change, PlanWarningKind.Refused))
            yield return new PlanIssue($"{NameOf(change)}: {warning.Message}", warning);
    }
}
