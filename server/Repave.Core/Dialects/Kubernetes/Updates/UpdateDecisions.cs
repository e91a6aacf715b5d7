using Repave.Core.Plans;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Updates;

/// <summary>Decisions on values that rows of updates.facts name with <c>by=</c>: each is given the row's verdict and gives
/// its own.</summary>
internal static class UpdateDecisions
{
    private static readonly Dictionary<string, Func<UpdateContext, FieldChange, Verdict, Verdict>> All = new(StringComparer.Ordinal)
    {
        ["pod-deadline"] = PodUpdates.Deadline,
        ["pod-tolerations"] = PodUpdates.Tolerations,
        ["pod-gates"] = PodUpdates.Gates,
        ["pod-gated-selector"] = PodUpdates.GatedSelector,
        ["pod-gated-affinity"] = PodUpdates.GatedAffinity,
        ["job-labels"] = JobUpdates.Labels,
        ["service-address"] = ServiceUpdates.Address,
        ["service-families"] = ServiceUpdates.Families,
        ["service-family-policy"] = ServiceUpdates.FamilyPolicy,
        ["service-health-port"] = ServiceUpdates.HealthPort,
        ["service-balancer-class"] = ServiceUpdates.BalancerClass,
        ["claim-size"] = ClaimUpdates.Size,
        ["claim-set-once"] = ClaimUpdates.SetOnce,
        ["claim-class"] = ClaimUpdates.Class,
        ["claim-attributes"] = ClaimUpdates.Attributes,
        ["definition-versions"] = DefinitionUpdates.Versions,
        ["set-once"] = SetOnce,
        ["filled-in"] = (_, change, row) => change.To is null ? row with { Effect = Effect.None } : row,
        ["only-appended"] = OnlyAppended,
        ["kept-drivers"] = KeptDrivers,
    };

    /// <summary>Decides.</summary>
    /// <exception cref="KeyNotFoundException">There is no such decision.</exception>
    public static Verdict Decide(string name, UpdateContext context, FieldChange change, Verdict row) => All[name](context, change, row);

    /// <summary>Whether there is a decision of a name.</summary>
    public static bool Exists(string name) => All.ContainsKey(name);

    private static Verdict SetOnce(UpdateContext context, FieldChange change, Verdict row)
    {
        // A field of a structure that is added as a whole is added too.
        var steps = change.Path.Steps();
        Node? before = context.From;
        foreach (var step in steps.Take(steps.Count - 1))
            before = step.Name is { } name ? before?[name] : (before as ListNode)?.ResolvedItems.ElementAtOrDefault(step.Index);
        return change.From is null && (before is null || steps.Count <= 2 || change.To is MapNode) ? row.InPlace : row.Refused;
    }

    private static Verdict KeptDrivers(UpdateContext context, FieldChange change, Verdict row)
    {
        var before = context.From["spec"]?.ItemsAt("drivers") ?? [];
        var after = (context.To["spec"]?.ItemsAt("drivers") ?? []).ToList();
        return before.All(b => after.Find(a => a.TextAt("name") == b.TextAt("name")) is not { } kept
            || Shapes.CanonicalJson.Of(kept, true) == Shapes.CanonicalJson.Of(b, true))
            ? row.InPlace
            : row.Refused;
    }

    private static Verdict OnlyAppended(UpdateContext context, FieldChange change, Verdict row) =>
        change.From is null && change.Path.Steps().Any(s => s.Name is null) ? row.InPlace
        : change is { From: ListNode before, To: ListNode after } && before.ResolvedItems
            .All(b => after.ResolvedItems.Any(a => Shapes.CanonicalJson.Of(a, true) == Shapes.CanonicalJson.Of(b, true)))
        ? row.InPlace
        : row.Refused;
}
