using Repave.Core.Dialects.Kubernetes.Cel;
using Repave.Core.Plans;
using Repave.Core.Shapes;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Kubernetes.Updates;

/// <summary>What changing a custom resource does: the transition rules of its definition decide what is refused; what its controller makes
/// of the rest, no definition says.</summary>
internal static class CustomResourceUpdates
{
    private const int MaxDepth = 100;
    private const int MaxShown = 400;

    /// <summary>What a changed field does before any rule is asked.</summary>
    public static (Verdict Verdict, FieldChange Decisive) Judge(FieldChange change, bool isUnknownKind, bool changesVersion)
    {
        var isMetadata = change.Path.StartsWith("metadata");
        var verdict = new Verdict(
            Effect.InPlace,
            isMetadata ? Certainty.Certain : Certainty.Conditional,
            isMetadata ? "" : isUnknownKind ? "no definition of this kind is known; what its controller does is up to it"
                : "what its controller does with it is up to it");
        return (changesVersion ? verdict.Unsure : verdict, change);
    }

    /// <summary>Asks the transition rules of a definition, and turns what they refuse into replacements.</summary>
    /// <param name="planned">The change whose reasons are made weightier.</param>
    /// <param name="shape">The kind's shape.</param>
    /// <param name="from">The object before.</param>
    /// <param name="to">The object after, as a whole.</param>
    /// <param name="add">Adds a reason for a field that no reason speaks of yet.</param>
    public static void AskRules(ResourceChange planned, Shape shape, MapNode from, MapNode to, Action<FieldChange, Verdict> add)
    {
        var broken = new List<(FieldPath Path, Node? From, Node? To, Verdict Verdict)>();
        Walk(FieldPath.Root, shape, from, to, broken, new CelCost(), 0);
        foreach (var (path, before, after, verdict) in broken)
        {
            var name = path.ToString();
            var hit = false;
            for (var i = 0; i < planned.Reasons.Count; i++)
            {
                var reason = planned.Reasons[i];
                if (!IsWithin(reason.Path, name) && !IsWithin(name, reason.Path))
                    continue;
                hit = true;
                if (verdict.Effect > reason.Effect)
                    planned.Reasons[i] = reason with { Effect = verdict.Effect, Certainty = verdict.Certainty, Why = verdict.Why };
            }

            if (!hit)
                add(new FieldChange(path, before, after, null, after, []), verdict);
        }
    }

    private static bool IsWithin(string path, string outer) =>
        outer.Length == 0 || FieldPath.IsWithin(path, outer);

    private static void Walk(FieldPath path, Shape? shape, Node? from, Node? to,
        List<(FieldPath Path, Node? From, Node? To, Verdict Verdict)> broken, CelCost cost, int depth)
    {
        if (shape is null || depth > MaxDepth || to is null or ScalarNode { IsNull: true })
            return;
        Ask(path, shape, from, to, broken, cost);
        if (from is MapNode before && to is MapNode after)
        {
            foreach (var entry in after.AllEntries)
            {
                // Of a key that stands twice readers keep the last.
                if (entry.Name is not { } name || after.Find(name) != entry)
                    continue;
                var field = shape.Fields?[name]?.Shape ?? shape.Additional;
                Walk(path.Field(name), field, before.Find(name)?.Value.Resolved, entry.Value.Resolved, broken, cost, depth + 1);
            }
        }

        // Items of lists without identities have no past of their own.
        if (shape.ListKind == ListKind.Map && from is ListNode old && to is ListNode next)
        {
            var index = 0;
            foreach (var item in next.ResolvedItems)
            {
                var match = old.ResolvedItems.FirstOrDefault(o => shape.ListKeys.All(k => o.TextAt(k) == item.TextAt(k)));
                if (match is not null)
                    Walk(path.Item(index), shape.Items, match, item, broken, cost, depth + 1);
                index++;
            }
        }
    }

    private static void Ask(FieldPath path, Shape shape, Node? from, Node to,
        List<(FieldPath Path, Node? From, Node? To, Verdict Verdict)> broken, CelCost cost)
    {
        object? old = null, self = null;
        var isRead = false;
        foreach (var rule in shape.Rules)
        {
            if (!rule.IsTransition || (from is null && !rule.OptionalOldSelf))
                continue;
            if (!isRead)
                (old, self, isRead) = (CelEvaluator.ValueOf(from, shape), CelEvaluator.ValueOf(to, shape), true);
            object? before = rule.OptionalOldSelf ? from is null ? CelOptional.None : new CelOptional(true, old) : old;
            var holds = CelEvaluator.Holds(rule.Expression, self, before, cost);
            if (holds == true)
                continue;
            var expression = rule.Expression.Length <= MaxShown ? rule.Expression : rule.Expression.Substring(0, MaxShown) + "…";
            var message = rule.Message is { Length: > 0 } said ? $"{said} ({expression})" : $"the definition demands {expression}";
            if (holds == false)
                broken.Add((path, from, to, new Verdict(Effect.Replaces, Certainty.Certain, message)));
            else if (from is null || CanonicalJson.Of(from, true) != CanonicalJson.Of(to, true))
                broken.Add((path, from, to, new Verdict(Effect.Replaces, Certainty.Conditional,
                    $"{message}; {(cost.IsRefused ? "evaluating this rule costs more than an API server allows, which refuses the object"
                        : "this rule cannot be evaluated here")}")));
        }
    }
}
