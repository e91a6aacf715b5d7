using System.Net;
using System.Text;
using Repave.Core.Plans;

namespace Repave.Cli;

/// <summary>A series as one HTML file that needs nothing else: evidence for the audit file.</summary>
internal static class SeriesHtml
{
    private const int MostRows = 1000;
    private const int ShortHash = 12;

    private const string Style = """
        :root { --delete: #6e1423 } @media (prefers-color-scheme: dark) { :root { --delete: #ffb3ab } }
        .chart { width: 100%; height: auto; background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 12px }
        .chart .grid { stroke: var(--line); stroke-width: 1 } .chart .axis { fill: var(--soft); font-size: 12px } .chart rect { stroke: var(--paper); stroke-width: 1 }
        .legend { list-style: none; padding: 0; margin: 8px 0 16px; display: flex; flex-wrap: wrap; gap: 4px 18px; font-size: 13px } .legend i { display: inline-block; width: 12px; height: 12px; border-radius: 3px; background: var(--c); margin-right: 6px; vertical-align: -1px; forced-color-adjust: none }
        table.free { table-layout: auto } table.free th { width: auto } table.free th, table.free td { padding-right: 16px; overflow-wrap: break-word } .keep { white-space: nowrap } td.number { text-align: right; font-variant-numeric: tabular-nums } th.number { text-align: right }
        caption { text-align: left; color: var(--soft); font-size: 13px; padding: 8px 0 2px }
        @media print { :root { --ink: #000; --soft: #444; --line: #bbb; --paper: #fff; --ground: #fff; --create: #1a7f37; --in-place: #9a6700; --roll: #0969da; --replace: #cf222e; --delete: #82071e; --unknown: #8250df }
          body { font-size: 10pt } main { max-width: none } tr { break-inside: avoid } h2, caption { break-after: avoid } .chart rect { print-color-adjust: exact } .legend i { print-color-adjust: exact } @page { margin: 14mm } }
        """;

    public static string Render(JsonSeries series)
    {
        var page = new StringBuilder();
        page.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            + $"<title>Changes since {Text(series.Since.Name)}</title>\n<style>\n{PlanHtml.Style}\n{Style}\n</style>\n"
            + "</head>\n<body>\n<main>\n"
            + $"<h1>Changes since {Text(series.Since.Name)}</h1>\n<p class=\"lead\">{Text(SeriesWords.Lead(series))} Each commit is "
            + "planned against the one before it, by the rules that are in force today.</p>\n");
        if (series.Changes.Length > 0)
        {
            AppendTiles(page, series);
            AppendChart(page, series);
            AppendTables(page, series);
        }

        foreach (var note in series.Notes)
            page.Append($"<p class=\"note\">{Text(note)}</p>\n");
        page.Append($"<h2>What it was made from</h2>\n<p class=\"note\">Commits after <span "
            + $"class=\"path\">{series.Since.Commit}</span> up to "
            + $"<span class=\"path\">{series.Until.Commit}</span> ({Text(series.Until.Name)}) that touch "
            + $"{string.Join(", ", series.Paths.Select(path => $"<span class=\"path\">{Text(path)}</span>"))}; a merge counts once. "
            + $"Made by repave {Text(RecordMaker.Version)}; the same commits give the same bytes.</p>\n");
        return page.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static void AppendTiles(StringBuilder page, JsonSeries series)
    {
        page.Append("<div class=\"tiles\">\n");
        foreach (var action in PlanWords.Order)
        {
            var count = SeriesWords.Count(series.Summary, action);
            page.Append($"<div class=\"tile{(count == 0 ? " zero" : "")}\" style=\"color: var(--{PlanNames.Of(action)})\"><b>{count}</b>"
                + $"<span>{SeriesWords.Done(action)}</span></div>\n");
        }

        page.Append("</div>\n");
    }

    private static void AppendChart(StringBuilder page, JsonSeries series)
    {
        page.Append($"<h2>Over time</h2>\n{SeriesChart.Render(series)}<ul class=\"legend\">\n");
        foreach (var action in PlanWords.Order.Where(a => SeriesWords.Count(series.Summary, a) > 0))
            page.Append($"<li style=\"--c: var(--{PlanNames.Of(action)})\"><i></i>{SeriesWords.Done(action)}</li>\n");
        page.Append("</ul>\n");
    }

    private static void AppendTables(StringBuilder page, JsonSeries series)
    {
        string[] actions = [.. PlanWords.Order.Select(SeriesWords.Done)];
        Table(page, null, "Resources by time and by what was done to them", ["time", "commits", .. actions], series.Periods.Select(period =>
            (string[])[Text(period.Name), Number(period.Changes), .. Cells(period.Summary)]), 1);
        Table(page, "By kind", "Resources by kind and by what was done to them", ["kind", .. actions], series.Kinds.Select(kind =>
            (string[])[Text(kind.Kind), .. Cells(kind.Summary)]), 1);
        Table(page, "Mutated in place", "What kept its identity and was changed, the most often first",
            ["resource", "times", "fields", "commits"],
            series.InPlace.Select(one => (string[])[Text(SeriesWords.Name(one.Resource)), $"{one.Times}",
                $"<span class=\"path\">{string.Join("<br>", one.Fields.Select(Text))}</span>", Hashes(one.Commits)]), -1);
        Table(page, "By rule", "What the rules on changes find", ["rule", "what", "findings", "commits"], series.Rules.Select(rule =>
            (string[])[Text(rule.Id), Text(rule.Title), $"{rule.Findings}", Hashes(rule.Commits)]), -1);
        Table(page, "By control", "The controls that those rules support", ["control", "title", "rules", "findings"],
            series.Controls.Select(c => (string[])[Text($"{c.Catalogue} {c.Id}"), Text(c.Title), string.Join(' ', c.Rules),
                c.Findings == 0 ? "none" : $"<b>{c.Findings}</b>"]), -1);
        Table(page, "Commits", "The commits that change what runs, the oldest first",
            ["commit", "day", "author", "what it says", "what it does", "going back", "rules"],
            series.Changes.Where(c => SeriesWords.Total(c.Summary) > 0).Select(c => (string[])[
                $"<span class=\"path keep\">{c.Commit[..ShortHash]}</span>", $"<span class=\"keep\">{c.Time[..10]}</span>",
                Text(c.Author), Text(c.Subject), SeriesWords.Parts(c.Summary), c.Back,
                string.Join(' ', c.Findings.Select(f => Text(f.Id)).Distinct(StringComparer.Ordinal))]), -1);
    }

    private static string Hashes(string[] commits)
    {
        const int most = 6;
        return $"<span class=\"path keep\">{string.Join("<br>", commits.Take(most).Select(c => c[..ShortHash]))}</span>"
            + (commits.Length > most ? $"<br>and {commits.Length - most} more" : "");
    }

    private static IEnumerable<string> Cells(JsonPlanSummary summary) => PlanWords.Order.Select(a => Number(SeriesWords.Count(summary, a)));

    private static string Number(int count) => count == 0 ? "<span class=\"why\">·</span>" : $"{count}";

    // From a column on, numbers stand under each other; none where that is -1.
    private static void Table(StringBuilder page, string? title, string caption, string[] heads, IEnumerable<string[]> rows,
        int numbersFrom)
    {
        var all = rows.ToList();
        if (title is not null)
            page.Append($"<h2>{title}</h2>\n");
        if (all.Count == 0)
        {
            page.Append("<p class=\"note\">None.</p>\n");
            return;
        }

        string Class(int column) => numbersFrom >= 0 && column >= numbersFrom ? " class=\"number\"" : "";
        // What scrolls can be reached by keyboard.
        page.Append($"<div class=\"facts scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{caption}\"><table class=\"free\"><caption>{caption}</caption><thead><tr>"
            + $"{string.Concat(heads.Select((head, i) => $"<th scope=\"col\"{Class(i)}>{head}</th>"))}</tr></thead><tbody>\n");
        foreach (var row in all.Take(MostRows))
            page.Append($"<tr>{string.Concat(row.Select((cell, i) => $"<td{Class(i)}>{cell}</td>"))}</tr>\n");
        page.Append("</tbody></table></div>\n");
        if (all.Count > MostRows)
            page.Append($"<p class=\"note\">and {all.Count - MostRows} more.</p>\n");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(Printable.Of(text));
}
