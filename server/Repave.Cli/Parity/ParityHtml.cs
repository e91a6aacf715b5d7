using System.Net;
using System.Text;

namespace Repave.Cli;

/// <summary>How environments differ, as one HTML file that needs nothing else.</summary>
internal static class ParityHtml
{
    public static string Render(ParityReport report)
    {
        var page = new StringBuilder();
        var title = $"{report.First.Name} beside {report.Second.Name}";
        page.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            + $"<title>{Text(title)}</title>\n<style>\n{PlanHtml.Style}\n</style>\n</head>\n<body>\n<main>\n"
            + $"<h1>{Text(title)}</h1>\n<p class=\"lead\">{Text(report.First.Source)}, beside {Text(report.Second.Source)}. "
            + $"{Text(report.Summary)}</p>\n");
        foreach (var group in report.Differences.GroupBy(one => one.Resource))
        {
            var isUntested = group.Any(one => one is { IsUntested: true, AllowedBecause: null });
            page.Append($"<section class=\"change\" style=\"--c: var(--{(isUntested ? "replace"
                : group.All(one => one.AllowedBecause is not null) ? "none" : "in-place")})\">\n"
                + $"<h2>{Text(PlanWords.Name(group.Key.Id))}{(group.Key.Id.Namespace is { } home
                    ? $" <span class=\"ns\">in {Text(home)}</span>" : "")}</h2>\n<table>"
                + "<thead><tr><th>Difference</th><th>Lines that make it</th><th>Judgement</th></tr></thead>\n");
            foreach (var one in group)
            {
                var places = string.Concat(report.Places(one).Select(place => $"<div class=\"why\">{Text(place.Environment)}: "
                    + $"{Text(place.Place.File.Path)}:{place.Place.Range.Start.Line + 1}</div>"
                    + $"<pre>{Text(ParityReport.Line(place.Place))}</pre>"));
                var verdict = one.AllowedBecause is { } reason ? $"meant: {Text(reason)}"
                    : one.IsUntested ? $"<b>{Text(report.First.Name)} does not run it</b>" : one.Rule?.Id ?? "";
                page.Append($"<tr><td class=\"path\">{Text(report.What(one))}</td><td>{places}</td>"
                    + $"<td class=\"why\">{verdict}</td></tr>\n");
            }

            page.Append("</table>\n</section>\n");
        }

        page.Append("</main>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static string Text(string text) => WebUtility.HtmlEncode(Printable.Of(text));
}
