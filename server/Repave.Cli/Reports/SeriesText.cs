using Repave.Core.Plans;
using Spectre.Console;

namespace Repave.Cli;

/// <summary>A series for a terminal.</summary>
internal static class SeriesText
{
    private const int MostResources = 15;
    private const int MostFields = 3;
    private const int ShortHash = 10;

    public static void Write(JsonSeries series)
    {
        var console = Terminal.Create();
        console.Say($"[bold]{SeriesWords.Lead(series)}[/]");
        if (series.Changes.Length == 0)
            return;
        WriteChart(console, series);
        Title(console, "By kind");
        var width = series.Kinds.Select(kind => Printable.Of(kind.Kind).Length).DefaultIfEmpty(0).Max();
        foreach (var kind in series.Kinds)
            console.Say($"  {kind.Kind.PadRight(width)}  [grey]{SeriesWords.Parts(kind.Summary)}[/]");
        if (series.InPlace.Length > 0)
        {
            Title(console, "Mutated in place");
            foreach (var one in series.InPlace.Take(MostResources))
                console.Say($"  [yellow]{one.Times,3} ×[/] {SeriesWords.Name(one.Resource)}  [grey]{string.Join(", ",
                    one.Fields.Take(MostFields))}{(one.Fields.Length > MostFields ? ", …" : "")}[/]");
            if (series.InPlace.Length > MostResources)
                console.Say($"        [grey]and {PlanWords.Plural(series.InPlace.Length - MostResources, "more resource")}[/]");
        }

        if (series.Rules.Length > 0)
        {
            Title(console, "By rule");
            foreach (var rule in series.Rules)
                console.Say($"  {rule.Id}  {rule.Findings,4}  {rule.Title} [grey]({PlanWords.Plural(rule.Commits.Length, "commit")})[/]");
            Title(console, "By control");
            foreach (var control in series.Controls.Where(c => c.Findings > 0))
                console.Say($"  {control.Catalogue} {control.Id}  {control.Findings}  [grey]{control.Title}[/]");
        }

        Title(console, "Commits that change what runs");
        foreach (var change in series.Changes.Where(c => SeriesWords.Total(c.Summary) > 0))
        {
            console.Say($"  [grey]{change.Commit[..ShortHash]} {change.Time[..10]}[/] {change.Subject} [grey]({change.Author})[/]");
            var rules = change.Findings.Select(f => f.Id).Distinct(StringComparer.Ordinal).ToList();
            console.Say($"             [grey]{SeriesWords.Parts(change.Summary)}; going back: {change.Back}{(rules.Count == 0 ? ""
                : "; " + string.Join(", ", rules))}[/]");
        }

        foreach (var note in series.Notes)
            console.Say($"[grey]note:[/] {note}");
    }

    private static void WriteChart(IAnsiConsole console, JsonSeries series)
    {
        console.WriteLine();
        var scale = SeriesWords.Scale(series);
        var width = series.Periods.Max(period => period.Name.Length);
        foreach (var period in series.Periods)
        {
            var bar = string.Concat(SeriesWords.Bar(period.Summary, scale).Select(part =>
                $"[{PlanText.Colour(part.Action)}]{Markup.Escape(part.Text)}[/]"));
            var total = SeriesWords.Total(period.Summary);
            console.MarkupLine($"  {period.Name.PadRight(width)} [grey]│[/]{bar}{(total == 0 ? "" : $" {total}")}");
        }

        console.Say($"  {new string(' ', width)}  [grey]{SeriesWords.Legend(series)}[/]");
    }

    private static void Title(IAnsiConsole console, string title)
    {
        console.WriteLine();
        console.Say($"[bold underline]{title}[/]");
    }
}
