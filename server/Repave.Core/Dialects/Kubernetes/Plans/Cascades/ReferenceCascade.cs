using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Shapes;

namespace Repave.Core.Dialects.Kubernetes.Plans.Cascades;

/// <summary>What names something that goes or gets another name.</summary>
internal static class ReferenceCascade
{
    public static void Follow(CascadeContext context)
    {
        var gone = new Dictionary<(string Type, string Name), List<ResourceChange>>();
        foreach (var change in context.Changes
            .Where(c => c.Action == PlanAction.Delete || (c.Action == PlanAction.Replace && c.Previous is not null)))
        {
            if (change.Baseline is not KubernetesResource old)
                continue;
            var key = (old.Id.Type, old.Id.Name);
            if (!gone.TryGetValue(key, out var list))
                gone[key] = list = [];
            list.Add(change);
            if (change.Previous is not null)
                FollowRename(context, change);
        }

        foreach (var user in context.After.All)
        {
            foreach (var reference in KubernetesReferences.Of(user).Where(r => !r.IsOptional))
                WarnOfDangling(context, gone, user, reference);
        }

        foreach (var change in context.Changes.Where(CascadeContext.TakesAway).ToList())
            FollowClassLike(context, change);
    }

    // Whoever takes the new name is changed by the rename.
    private static void FollowRename(CascadeContext context, ResourceChange change)
    {
        if (change.Desired is not KubernetesResource next)
            return;
        var name = CanonicalJson.Quote(next.Id.Name);
        foreach (var user in context.After.UsersOf(next))
        {
            if (context.ChangeOf(user) is { } dragged && dragged != change && dragged.Reasons.Any(r => r.To == name)
                && !dragged.CausedBy.Contains(change.Id))
                dragged.CausedBy.Add(change.Id);
        }
    }

    private static void WarnOfDangling(CascadeContext context, Dictionary<(string Type, string Name), List<ResourceChange>> gone,
        KubernetesResource user, Reference reference)
    {
        if (!gone.TryGetValue((reference.To.Type, reference.To.Name), out var changes))
            return;
        var change = changes.FirstOrDefault(c => KubernetesSet.SameNamespace(c.Baseline!.Id.Namespace, reference.To.Namespace));
        if (change is null || context.ChangeOf(user) is { Action: PlanAction.Delete }
            || context.After.Find(reference.To.Type, reference.To.Namespace, reference.To.Name).Any())
            return;
        var what = user.PodSpec is null ? "" : ": pods that start later will not find it";
        change.Warn(PlanWarningKind.Breaks, $"{CascadeContext.NameOf(user)} still names it{what}.", user.Id);
    }

    private static void FollowClassLike(CascadeContext context, ResourceChange change)
    {
        if (change.Baseline is not KubernetesResource old)
            return;
        var field = old.Kind switch
        {
            "ServiceAccount" => "serviceAccountName",
            "PriorityClass" => "priorityClassName",
            "RuntimeClass" => "runtimeClassName",
            _ => null,
        };
        if (field is null)
            return;
        var users = context.UsersOfClass(field, old.Id.Name)
            .Where(u => old.Kind != "ServiceAccount" || KubernetesSet.SameNamespace(u.Id.Namespace, old.Id.Namespace)).ToList();
        if (users.Count == 0)
            return;
        if (old.Kind == "ServiceAccount")
        {
            change.Warn(PlanWarningKind.Downtime,
                $"Tokens of the old account end with it: pods of {CascadeContext.NamesOf(users)} lose their access until they restart.");
            foreach (var user in users.Where(_ => change.Action == PlanAction.Replace))
                context.Drag(user, change, PlanAction.Roll, Certainty.Conditional, "its pods hold tokens of the old account");
        }
        else
        {
            change.Warn(change.Action == PlanAction.Delete ? PlanWarningKind.Breaks : PlanWarningKind.Notice,
                change.Action == PlanAction.Delete
                    ? $"Pods of {CascadeContext.NamesOf(users)} cannot be made without it."
                    : $"Pods of {CascadeContext.NamesOf(users)} keep what the old one gave them until they are replaced.");
        }
    }
}
