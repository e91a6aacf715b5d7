using System.Text;
using Repave.Core.Plans;

namespace Repave.Cli;

/// <summary>A series as Markdown, never longer than what platforms take for a comment.</summary>
internal static class SeriesMarkdown
{
    private const int MostRows = 60;
    private const int ShortHash = 10;

    public static string Render(JsonSeries series)
    {
        var page = new StringBuilder($"### Changes since {Text(series.Since.Name)}\n\n{Text(SeriesWords.Lead(series))}\n\n");
        if (series.Changes.Length == 0)
            return page.ToString();
        var scale = SeriesWords.Scale(series);
        var width = series.Periods.Max(period => period.Name.Length);
        page.Append("```text\n");
        foreach (var period in series.Periods)
        {
            var total = SeriesWords.Total(period.Summary);
            page.Append($"{period.Name.PadRight(width)} |{string.Concat(SeriesWords.Bar(period.Summary, scale).Select(part => part.Text))}"
                + $"{(total == 0 ? "" : $" {total}")}\n");
        }

        page.Append($"{new string(' ', width)}  {SeriesWords.Legend(series)}\n```\n\n");
        Table(page, "By kind", ["kind", .. PlanWords.Order.Select(SeriesWords.Done)],
            series.Kinds.Select(kind => (string[])[Text(kind.Kind), .. Cells(kind.Summary)]));
        Table(page, "Mutated in place", ["resource", "times", "fields"], series.InPlace.Select(one =>
            (string[])[Text(SeriesWords.Name(one.Resource)), $"{one.Times}", Text(string.Join(", ", one.Fields))]));
        Table(page, "By rule", ["rule", "findings", "commits", "what"], series.Rules.Select(rule =>
            (string[])[rule.Id, $"{rule.Findings}", $"{rule.Commits.Length}", Text(rule.Title)]));
        Table(page, "By control", ["control", "title", "rules", "findings"], series.Controls.Select(c =>
            (string[])[Text($"{c.Catalogue} {c.Id}"), Text(c.Title), string.Join(' ', c.Rules), $"{c.Findings}"]));
        Table(page, "Commits", ["commit", "day", "author", "what it says", "what it does", "going back"],
            series.Changes.Where(c => SeriesWords.Total(c.Summary) > 0).Select(c => (string[])[c.Commit[..ShortHash], c.Time[..10],
                Text(c.Author), Text(c.Subject), SeriesWords.Parts(c.Summary), c.Back]));
        foreach (var note in series.Notes)
            page.Append($"> {Text(note)}\n\n");
        return page.Length <= PlanMarkdown.MaxLength ? page.ToString()
            : page.ToString()[..page.ToString().LastIndexOf('\n', PlanMarkdown.MaxLength - 100)] + "\n\n… too long for one comment.\n";
    }

    private static IEnumerable<string> Cells(JsonPlanSummary summary) =>
        PlanWords.Order.Select(a => SeriesWords.Count(summary, a) is > 0 and var count ? $"{count}" : "");

    private static void Table(StringBuilder page, string title, string[] heads, IEnumerable<string[]> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0)
            return;
        page.Append($"#### {title}\n\n| {string.Join(" | ", heads)} |\n|{string.Concat(heads.Select(_ => "---|"))}\n");
        foreach (var row in all.Take(MostRows))
            page.Append($"| {string.Join(" | ", row)} |\n");
        page.Append(all.Count > MostRows ? $"\n… and {all.Count - MostRows} more.\n\n" : "\n");
    }

    private static string Text(string text) => PlanMarkdown.Text(text);
}
