using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Plans.Steps;

/// <summary>How the traffic of Knative's services and routes moves (knative.dev, "Traffic management" and "Gradually rolling out latest
/// Revisions"): a changed template makes a new revision beside the old ones, and <c>traffic</c> says what goes there.</summary>
internal static class KnativeSteps
{
    private const string Group = "serving.knative.dev";
    private const int All = 100;
    private static readonly string[] Durations = [Group + "/rollout-duration", Group + "/rolloutDuration"];

    /// <summary>The steps of a change; null if no traffic moves by it.</summary>
    public static ReplacementSteps? Of(ResourceChange change, KubernetesResource now, KubernetesResource before, StepsContext context)
    {
        if (change is { Action: PlanAction.Replace, Mechanism: ResourceChange.DeleteAndCreate })
            return new ReplacementSteps { Refused = true, Replaced = true };
        if (change.Action is not (PlanAction.Roll or PlanAction.InPlace))
            return null;
        var isNewTemplate = change.Reasons.Exists(r => FieldPath.IsWithin(r.Path, "spec.template"));
        if (isNewTemplate && NameOf(now) is { } same && same == NameOf(before))
            return ReplacementSteps.OfRefused($"the template changes and its revision is still named '{same}': a revision never changes, "
                + "so give the new one a name of its own");
        if (MissingRevision(now, before, context) is { } missing)
            return new ReplacementSteps { IsTraffic = true, CannotProgress = true, Why = $"no revision is named '{missing}'" };
        return now.Kind switch
        {
            "Service" when isNewTemplate => ToLatest(now, TargetsOf(now), NameOf(now)),
            "Configuration" when isNewTemplate && RouteOf(now, context) is { } route => ToLatest(route,
                [.. TargetsOf(route)!.Where(t => t.TextAt("configurationName") == now.Id.Name || t.TextAt("revisionName") == NameOf(now))],
                NameOf(now)),
            "Service" or "Route" when change.Reasons.Exists(r => FieldPath.IsWithin(r.Path, "spec.traffic")) =>
                Moved(TargetsOf(before), TargetsOf(now)),
            _ => null,
        };
    }

    // Null where nothing is said: all goes to the latest revision.
    private static List<Node>? TargetsOf(KubernetesResource resource) =>
        resource.Root["spec"]?["traffic"] is ListNode { Items.Count: > 0 } traffic ? [.. traffic.ResolvedItems] : null;

    private static string? NameOf(KubernetesResource resource) =>
        resource.Root.At("spec", "template", "metadata")?.TextAt("name") is { Length: > 0 } name ? name : null;

    private static KubernetesResource? RouteOf(KubernetesResource configuration, StepsContext context) => context.After.FirstOrDefault(r =>
        r.Is("Route", Group) && r.Id.Namespace == configuration.Id.Namespace
        && TargetsOf(r)?.Exists(t => t.TextAt("configurationName") == configuration.Id.Name) == true);

    private static ReplacementSteps ToLatest(KubernetesResource resource, List<Node>? targets, string? name)
    {
        var share = targets is null ? All : Math.Min(All, targets.Where(t => t.TextAt("revisionName") is not { Length: > 0 } revision
            || revision == name).Sum(t => Math.Max(0, WorkloadBounds.Number(t["percent"], 0))));
        var annotations = resource.Root["metadata"]?["annotations"];
        var seconds = Durations.Select(d => WorkloadBounds.Seconds(annotations?[d])).FirstOrDefault(s => s is > 0);
        // A revision that is named gets its share at once; the latest one gets it bit by bit, beginning with a hundredth.
        var isGradual = seconds is not null && share > 1
            && targets?.TrueForAll(t => t.TextAt("revisionName") is { Length: > 0 }) != true;
        return new ReplacementSteps
        {
            Instance = "revision",
            IsTraffic = true,
            Steps = share == 0 ? [] : isGradual ? [1, share] : [share],
            Minutes = isGradual ? seconds / 60 : null,
            NeedsPerson = share < All,
            Waits = share < All ? "a person gives the new revision more of it" : null,
            CannotProgress = false,
        };
    }

    private static ReplacementSteps Moved(List<Node>? before, List<Node>? now)
    {
        var (old, next) = (Shares(before), Shares(now));
        var grown = next.Where(n => !old.TryGetValue(n.Key, out var was) || was < n.Value).Select(n => n.Value).ToList();
        var most = grown.Count == 0 ? 0 : grown.Max();
        return new ReplacementSteps
        {
            Instance = "revision",
            IsTraffic = true,
            Steps = most == 0 ? [] : [most],
            NeedsPerson = false,
            CannotProgress = false,
        };
    }

    // What each revision gets; the latest has no name.
    private static Dictionary<string, int> Shares(List<Node>? targets)
    {
        var shares = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var target in targets ?? [])
        {
            var name = target.TextAt("revisionName") ?? "";
            shares.TryGetValue(name, out var sum);
            shares[name] = Math.Min(All, sum + Math.Max(0, WorkloadBounds.Number(target["percent"], 0)));
        }

        if (targets is null)
            shares[""] = All;
        return shares;
    }

    // Known only where the revisions of a live service or configuration were read: its own, and what its status names.
    private static string? MissingRevision(KubernetesResource now, KubernetesResource before, StepsContext context)
    {
        var revisions = context.Live.Where(r => r.Is("Revision", Group) && r.Id.Namespace == now.Id.Namespace).ToList();
        if (revisions.Count == 0 || TargetsOf(now) is not { } targets)
            return null;
        var known = new HashSet<string>(revisions.Concat(context.After.Where(r => r.Is("Revision", Group))).Select(r => r.Id.Name),
            StringComparer.Ordinal);
        known.UnionWith(context.After.Concat([now]).Where(r => r.Group == Group).Select(NameOf).OfType<string>());
        known.UnionWith(TargetsOf(before)?.Select(t => t.TextAt("revisionName")).OfType<string>() ?? []);
        return targets.Select(t => t.TextAt("revisionName")).FirstOrDefault(name => name is { Length: > 0 } && !known.Contains(name));
    }
}
