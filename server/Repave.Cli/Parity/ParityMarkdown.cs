using System.Text;
using Repave.Core.Parity;

namespace Repave.Cli;

/// <summary>How environments differ, as a comment on a merge request.</summary>
internal static class ParityMarkdown
{
    private const int Reserve = 500;

    public static string Render(ParityReport report)
    {
        var page = new StringBuilder();
        page.Append($"### {PlanMarkdown.Text(report.First.Name)} beside {PlanMarkdown.Text(report.Second.Name)}\n\n"
            + $"**{PlanMarkdown.Text(report.Summary)}**\n\n");
        var left = 0;
        var isOpen = false;
        foreach (var one in report.Differences)
        {
            var row = Row(report, one);
            if (left > 0 || page.Length + row.Length > PlanMarkdown.MaxLength - Reserve)
            {
                left++;
                continue;
            }

            if (!isOpen)
                page.Append("| resource | difference | where | |\n|---|---|---|---|\n");
            isOpen = true;
            page.Append(row);
        }

        if (left > 0)
            page.Append($"\n… and {PlanWords.Plural(left, "more difference")}: run `repave compare` for all of them.\n");
        return page.ToString();
    }

    private static string Row(ParityReport report, EnvironmentDifference one)
    {
        var places = string.Join("<br>", report.Places(one).Select(place =>
            PlanMarkdown.Text($"{place.Environment}: {place.Place.File.Path}:{place.Place.Range.Start.Line + 1}")));
        var verdict = one.AllowedBecause is { } reason ? $"meant: {PlanMarkdown.Text(reason)}"
            : one.IsUntested ? $"⚠ {PlanMarkdown.Text(report.First.Name)} does not run it" : one.Rule?.Id ?? "";
        return $"| **{PlanMarkdown.Text(PlanWords.Name(one.Resource.Id))}** | {PlanMarkdown.Text(report.What(one))} | {places} "
            + $"| {verdict} |\n";
    }
}
