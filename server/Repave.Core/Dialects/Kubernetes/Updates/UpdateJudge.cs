using Repave.Core.Plans;

namespace Repave.Core.Dialects.Kubernetes.Updates;

/// <summary>Says what a change of a built-in kind's field does.</summary>
internal static class UpdateJudge
{
    private static readonly Verdict Unnamed = new(Effect.InPlace, Certainty.Certain, "");

    /// <summary>What a change does; of a structure that came or went, what its weightiest field does, which is named too.</summary>
    /// <param name="type">The resource type (<c>Deployment.apps</c>).</param>
    /// <param name="change">The change.</param>
    /// <param name="context">The states that it leads from and to.</param>
    public static (Verdict Verdict, FieldChange Decisive) Judge(string type, FieldChange change, UpdateContext context)
    {
        var rows = UpdateTable.Of(type);
        if (rows is null)
            return (Unnamed with { Certainty = Certainty.Conditional, Why = "nothing is known of this kind's updates" }, change);
        // A row may speak of the structure itself.
        var best = (Verdict: JudgeOne(rows, change, context), Decisive: change);
        // A decision that the whole is no change leaves nothing to look for in it.
        foreach (var part in best.Verdict.Effect == Effect.None ? [] : change.Parts)
        {
            var verdict = JudgeOne(rows, part, context);
            if (verdict.Effect > best.Verdict.Effect || (verdict.Effect == best.Verdict.Effect && best.Decisive == change
                && best.Verdict.Certainty == Certainty.Conditional && verdict.Certainty == Certainty.Certain))
                best = (verdict, part);
        }

        return best;
    }

    private static Verdict JudgeOne(IReadOnlyList<UpdateRow> rows, FieldChange change, UpdateContext context)
    {
        // Labels and annotations of every object change in place.
        var steps = change.Path.Steps();
        if (steps[0].Name == "metadata")
            return new Verdict(Effect.InPlace, Certainty.Certain, "");
        foreach (var row in rows)
        {
            if (!row.Covers(steps) || !row.Holds(context.Release)
                || (row.Condition is { } condition && !UpdateConditions.Holds(condition, context)))
                continue;
            var verdict = Verdict.Of(row);
            return row.Decision is { } decision ? UpdateDecisions.Decide(decision, context, change, verdict) : verdict;
        }

        return Unnamed;
    }
}
