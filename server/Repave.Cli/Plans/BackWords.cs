using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;

namespace Repave.Cli;

/// <summary>How plans speak of the way back, in every format.</summary>
internal static class BackWords
{
    // Those whom it matters to name come first.
    private static readonly BackHow[] Order =
        [BackHow.Never, BackHow.Loss, BackHow.Replace, BackHow.Unknown, BackHow.Roll, BackHow.AtOnce, BackHow.InPlace];

    /// <summary>The changes that going back would take back, worst first.</summary>
    public static IReadOnlyList<ResourceChange> Of(Plan plan) =>
        [.. plan.Changes.Where(c => c.Back is not null && c.Action != PlanAction.None)
            .OrderByDescending(c => Array.IndexOf(Order, c.Back!.How) is var at && at < 0 ? -Order.Length : -at)];

    /// <summary>One line for a whole plan (<c>Going back: 1 with loss (db), 2 by rolling.</c>); null if nothing is to be said.</summary>
    public static string? Line(Plan plan)
    {
        var changes = Of(plan);
        if (changes.Count == 0)
            return null;
        var parts = Order.Select(how => (How: how, Changes: changes.Where(c => c.Back!.How == how).ToList()))
            .Where(part => part.Changes.Count > 0)
            .Select(part => $"{part.Changes.Count} {How(part.How)}{Names(part.How, part.Changes)}").ToList();
        return parts.Count == 0 ? "Going back changes nothing." : $"Going back: {string.Join(", ", parts)}.";
    }

    /// <summary>What going back does to one resource, as the end of "going back …".</summary>
    public static string What(WayBack back) => back.How switch
    {
        BackHow.Nothing => "changes nothing",
        BackHow.InPlace => "changes it in place",
        BackHow.AtOnce => "gives the traffic back to what is kept",
        BackHow.Roll => "rolls it",
        BackHow.Unknown => "may bring something else",
        BackHow.Replace => "makes it anew",
        BackHow.Loss => "loses what is stored",
        _ => "is not possible",
    };

    private static string How(BackHow how) => how switch
    {
        BackHow.InPlace => "in place",
        BackHow.AtOnce => "at once",
        BackHow.Roll => "by rolling",
        BackHow.Unknown => "unknown",
        BackHow.Replace => "by replacing",
        BackHow.Loss => "with loss",
        _ => "never",
    };

    private static string Names(BackHow how, List<ResourceChange> changes)
    {
        const int most = 3;
        return how is BackHow.Never or BackHow.Loss
            ? $" ({string.Join(", ", changes.Take(most).Select(c => PlanWords.Name(c.Id)))}{(changes.Count > most ? ", …" : "")})" : "";
    }
}
