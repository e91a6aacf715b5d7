using Repave.Core.Plans;

namespace Repave.Core.Rules.Plans;

/// <summary>A change that mutates or replaces something the policy protects.</summary>
public sealed class ActionForbidden : PlanRule
{
    /// <inheritdoc/>
    public override string Id => "RPV2001";

    /// <inheritdoc/>
    public override string Title => "Change that the policy forbids";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Error;

    /// <inheritdoc/>
    public override string Reason =>
        "The settings forbid this action for this kind of resource in this environment, "
        + "because what runs there is not to be changed in that way. "
        + "Make the change another way (a new object under a new name, a new version of the template), or have the policy changed.";

    /// <inheritdoc/>
    public override string? ExampleSettings => """
        plans:
          - kinds: [ConfigMap]
            forbid: [in-place]
        """;

    /// <inheritdoc/>
    public override string Before => """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: web-config
        data:
          greeting: hello
        """;

    /// <inheritdoc/>
    public override string Bad => """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: web-config
        data:
          greeting: goodbye
        """;

    /// <inheritdoc/>
    public override string Good => """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: web-config-2
        data:
          greeting: goodbye
        """;

    /// <inheritdoc/>
    public override IEnumerable<PlanIssue> Find(ResourceChange change, Plan plan, Settings settings)
    {
        foreach (var policy in settings.Plans)
        {
            if (!policy.Forbidden.Contains(change.Action)
                || (policy.Environment is { } environment && (plan.Environment is null || !environment.Matches(plan.Environment))))
                continue;
            if (policy.Kinds.Count == 0
                || policy.Kinds.Any(kind => change.Id.Type == kind || change.Id.Type.StartsWith(kind + ".", StringComparison.Ordinal)))
            {
                yield return new PlanIssue($"{NameOf(change)}: the policy "
                    + $"forbids {PlanNames.Of(change.Action)}{(policy.Kinds.Count == 0 ? "" : $" for {string.Join(", ", policy.Kinds)}")}"
                    + $"{(plan.Environment is null || policy.Environment is null ? "" : $" in {plan.Environment}")}.");
                yield break;
            }
        }
    }
}
