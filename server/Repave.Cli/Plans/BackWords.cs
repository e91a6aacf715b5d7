using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;

namespace Repave.Cli;

/// <summary>How plans speak of the way back, in every format.</summary>
internal static class BackWords
{
    /// <summary>The changes that going back would take back, worst first.</summary>
    public static IReadOnlyList<ResourceChange> Of(Plan plan) =>
        [.. plan.Changes.Where(c => c.Back is not null && c.Action != PlanAction.None)
            .OrderByDescending(c => c.Back!.How)];

    /// <summary>One line for a whole plan (<c>Going back: 1 with loss (db), 2 by rolling.</c>); null if nothing is to be said.</summary>
    public static string? Line(Plan plan)
    {
        var changes = Of(plan);
        if (changes.Count == 0)
            return null;
        // Those that it matters to name come first.
        var parts = changes.Where(c => c.Back!.How != BackHow.Nothing).GroupBy(c => c.Back!.How)
            .Select(part => $"{part.Count()} {How(part.Key)}{Names(part.Key, [.. part])}").ToList();
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
        BackHow.Replace => "creates it again",
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
