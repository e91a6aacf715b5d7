using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Plans;

/// <summary>What a server's refusal of an update means: the object must be replaced, or what the manifest says is wrong for
/// any object.</summary>
internal static class Refusals
{
    private const int MaxPaths = 5;

    // How servers say that a field is fixed; validation code of many hands has many words for it.
    private static readonly string[] Fixed =
    [
        "immutable", "may not change", "may not be changed", "can not be changed", "cannot be changed", "cannot change", "not be updated",
        "updates to", "update to", "may not be updated",
        "may not be unset", "once set", "is forbidden after creation", "can not be modified", "cannot be modified",
        "is not allowed to be changed", "may not be mutated", "can't be changed",
    ];

    /// <summary>Applies a refusal to a planned change.</summary>
    public static void Apply(ResourceChange change, Resource desired, DryRunAnswer answer, string refusal)
    {
        var isFixed = Fixed.Any(f => refusal.IndexOf(f, StringComparison.OrdinalIgnoreCase) >= 0);
        if (change.Action == PlanAction.Replace)
        {
            change.Certainty = Certainty.Certain;
            return;
        }

        if (!isFixed)
        {
            change.Warn(PlanWarningKind.Refused, $"The server refuses it: {refusal}");
            change.Certainty = Certainty.Conditional;
            return;
        }

        var path = answer.Fields.FirstOrDefault() ?? "";
        change.Reasons.Insert(0, new Reason(path, null, null, Effect.Replaces, Certainty.Certain, refusal, desired, SpanOf(desired,
            path))
        { WasThere = true, IsThere = true });
        change.Settle();
    }

    /// <summary>Says what will refuse a planned change: merging, other managers of its fields, and what the merged object breaks.</summary>
    public static void Foresee(ResourceChange change, AppliedObject merged, bool forcesConflicts,
        Func<IReadOnlyList<(string Path, string Message)>> brokenBy)
    {
        if (merged.Refusal is { } refusal)
            Refuse(change, $"Applying it fails: {refusal}.");
        if (!forcesConflicts)
        {
            foreach (var (manager, fields) in merged.Conflicts)
                Refuse(change, $"The server refuses it: '{manager}' owns {string.Join(", ", fields.Paths().OrderBy(p => p, StringComparer.Ordinal)
                    .Take(MaxPaths))}; --force-conflicts takes them over.");
        }

        foreach (var (_, message) in brokenBy().Take(MaxPaths))
            Refuse(change, $"The server refuses what is merged with the live object: {message}");
    }

    /// <summary>Says that a change is refused as it is.</summary>
    public static void Refuse(ResourceChange change, string message)
    {
        change.Warn(PlanWarningKind.Refused, message);
        change.Certainty = Certainty.Conditional;
    }

    private static TextSpan SpanOf(Resource desired, string path)
    {
        if (desired is not TreeResource tree)
            return desired.NameSpan;
        Node at = tree.Root;
        foreach (var part in path.Split('.', '[', ']'))
        {
            var next = part.Length == 0 ? at : int.TryParse(part, out var index) && at is ListNode list
                ? list.ResolvedItems.ElementAtOrDefault(index)
                : at[part];
            if (next is null)
                break;
            at = next;
        }

        return ShapeValidator.Underline(at == tree.Root ? tree.NameNode : at);
    }
}
