using Repave.Core.Parity;
using Spectre.Console;

namespace Repave.Cli;

/// <summary>How environments differ, for a terminal: by resource, the lines that make it under each difference.</summary>
internal static class ParityText
{
    public static void Write(ParityReport report, bool showsAllowed)
    {
        var console = Terminal.Create();
        var (first, second) = (report.First, report.Second);
        console.Say($"[bold]{first.Name}[/] [grey]{first.Source}[/]  beside  [bold]{second.Name}[/] [grey]{second.Source}[/]");
        console.WriteLine();
        foreach (var group in report.Differences.Where(one => showsAllowed || one.AllowedBecause is null).GroupBy(one => one.Resource))
        {
            console.Say($"[bold]{PlanWords.Name(group.Key.Id)}[/]{(group.Key.Id.Namespace is { } home ? $" in {home}" : "")}");
            foreach (var one in group)
            {
                var colour = one.AllowedBecause is not null ? "grey" : one.IsUntested ? "red" : "yellow";
                console.MarkupLine($"  [{colour}]{(one.IsUntested ? "!" : one.Kind switch
                {
                    DifferenceKind.OnlyFirst => "-",
                    DifferenceKind.OnlySecond => "+",
                    _ => "~",
                })}[/] {Terminal.Text(report.What(one))}{(one.IsUntested ? Terminal.Text($"  ({report.First.Name} does not run it)")
                    : "")}");
                foreach (var (environment, place) in report.Places(one))
                {
                    var where = $"{environment}: {place.File.Path}:{place.Range.Start.Line + 1}";
                    console.Say($"      [grey]{where} │[/] {ParityReport.Line(place)}");
                }

                if (one.AllowedBecause is { } reason)
                    console.Say($"      [grey]meant: {reason}[/]");
            }

            console.WriteLine();
        }

        console.Say($"{report.Summary}");
    }
}
