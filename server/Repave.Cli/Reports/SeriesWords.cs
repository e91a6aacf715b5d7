using Repave.Core.Plans;

namespace Repave.Cli;

/// <summary>How reports on series speak, in every format.</summary>
internal static class SeriesWords
{
    /// <summary>The signs of a chart in text, one for each action.</summary>
    public static readonly (PlanAction Action, string Sign)[] Signs =
    [
        (PlanAction.Create, "+"), (PlanAction.InPlace, "~"), (PlanAction.Roll, "↻"), (PlanAction.Replace, "#"), (PlanAction.Delete, "-"),
        (PlanAction.Unknown, "?"),
    ];

    private const int Width = 48;

    /// <summary>How many resources an action was done to.</summary>
    public static int Count(JsonPlanSummary summary, PlanAction action) => action switch
    {
        PlanAction.Create => summary.Create,
        PlanAction.InPlace => summary.InPlace,
        PlanAction.Roll => summary.Roll,
        PlanAction.Replace => summary.Replace,
        PlanAction.Delete => summary.Delete,
        PlanAction.Unknown => summary.Unknown,
        _ => summary.None,
    };

    /// <summary>How many resources changed.</summary>
    public static int Total(JsonPlanSummary summary) => PlanWords.Order.Sum(action => Count(summary, action));

    /// <summary>What was done, for summaries.</summary>
    public static string Done(PlanAction action) => action switch
    {
        PlanAction.Create => "created",
        PlanAction.InPlace => "mutated in place",
        PlanAction.Roll => "rolled",
        PlanAction.Replace => "replaced",
        PlanAction.Delete => "deleted",
        PlanAction.Unknown => "unknown",
        _ => "unchanged",
    };

    /// <summary>What was done to how many, as <c>1 created, 2 rolled</c>.</summary>
    public static string Parts(JsonPlanSummary summary) => string.Join(", ", PlanWords.Order
        .Where(a => Count(summary, a) > 0).Select(a => $"{Count(summary, a)} {Done(a)}"));

    /// <summary>The whole series in a sentence.</summary>
    public static string Lead(JsonSeries series)
    {
        var changing = series.Changes.Count(c => Total(c.Summary) > 0);
        if (series.Changes.Length == 0)
            return $"No commit since {series.Since.Name} touches these files.";
        var parts = Parts(series.Summary);
        return $"{PlanWords.Plural(series.Changes.Length, "commit")} since {series.Since.Name}, {changing} of which "
            + $"{(changing == 1 ? "changes" : "change")} what runs: {(parts.Length == 0 ? "nothing" : parts)}.";
    }

    /// <summary>How many changes a sign of a chart stands for.</summary>
    public static int Scale(JsonSeries series) =>
        Math.Max(1, (int)Math.Ceiling(series.Periods.Select(p => Total(p.Summary)).DefaultIfEmpty(0).Max() / (double)Width));

    /// <summary>The bar of a stretch of time, its parts in the order of actions; what is there at all is at least one sign.</summary>
    public static IEnumerable<(PlanAction Action, string Text)> Bar(JsonPlanSummary summary, int scale) =>
        Signs.Select(sign => (sign.Action, Count(summary, sign.Action) is > 0 and var count
            ? string.Concat(Enumerable.Repeat(sign.Sign, Math.Max(1, (int)Math.Round(count / (double)scale)))) : ""))
            .Where(part => part.Item2.Length > 0);

    /// <summary>What the signs mean.</summary>
    public static string Legend(JsonSeries series)
    {
        var used = Signs.Where(sign => Count(series.Summary, sign.Action) > 0).Select(sign => $"{sign.Sign} {Done(sign.Action)}").ToList();
        var scale = Scale(series);
        return used.Count == 0 ? "" : $"{string.Join("   ", used)}{(scale == 1 ? "" : $"   (a sign for {scale})")}";
    }

    /// <summary>A resource's name for people.</summary>
    public static string Name(JsonResource resource) =>
        $"{resource.Type.Split('.')[0]}/{resource.Name}{(resource.Namespace is { Length: > 0 } home ? $" in {home}" : "")}";
}
