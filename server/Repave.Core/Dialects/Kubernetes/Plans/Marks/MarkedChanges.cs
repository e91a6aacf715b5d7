using Repave.Core.Plans;
using Repave.Core.Shapes;

namespace Repave.Core.Dialects.Kubernetes.Plans.Marks;

/// <summary>What the marks on an object make of its planned change.</summary>
internal static class MarkedChanges
{
    /// <summary>Changes a planned change as the marks of the object say, and says so.</summary>
    /// <param name="change">The change.</param>
    /// <param name="desired">The manifest.</param>
    /// <param name="before">The object before.</param>
    /// <param name="marks">The manifest's marks.</param>
    public static void Settle(ResourceChange change, KubernetesResource desired, KubernetesResource before, ApplyMarks marks)
    {
        if (change.Action is PlanAction.None or PlanAction.Unknown or PlanAction.Create)
            return;
        var old = ApplyMarks.Of(before.Root);
        // Tools look at both: what is in the cluster may be held, and so may what is wanted.
        if ((marks.LeftOut ?? marks.CreatedOnly ?? old.LeftOut) is { } holds)
        {
            var fields = change.Reasons.Count;
            change.Reasons.Clear();
            change.Warnings.Clear();
            change.Settle();
            change.Warn(PlanWarningKind.Notice,
                $"It stays as it is, although {fields} field{(fields == 1 ? "" : "s")} of the manifest differ{(fields == 1 ? "s" : "")}: "
                    + $"'{holds.Text}'.");
            return;
        }

        if (marks.AlwaysReplaced is { } always)
        {
            change.Warnings.RemoveAll(w => w.Kind == PlanWarningKind.Refused);
            change.Reasons.Insert(0, new Reason(
                Syntax.FieldPath.Of(always.Node), Reason.ValueOf(always.Node), Reason.ValueOf(always.Node), Effect.Replaces,
                Certainty.Certain, marks.IsHook ? "a hook's old object is deleted before the next run creates it"
                    : "any change deletes the object and creates it", desired, ShapeValidator.Underline(always.Node))
            { WasThere = true, IsThere = true });
            change.Settle();
            return;
        }

        if (change.Action == PlanAction.Replace && marks.ReplacedIfRefused is { } forced)
            change.Warn(PlanWarningKind.Notice,
                $"Nobody has to delete the old object: '{forced.Text}' does so once the update is refused.");
    }
}
