using Repave.Core.Analysis;
using Repave.Core.Rules;
using Spectre.Console;

namespace Repave.Cli;

/// <summary>The findings for people: by file, a line for each, and a summary.</summary>
internal static class TextReport
{
    public static void Write(CheckResult result)
    {
        if (Terminal.IsColoured)
            WriteColoured(result);
        else
            WritePlain(result, Console.Out);
    }

    private static void WritePlain(CheckResult result, TextWriter output)
    {
        foreach (var file in result.Findings.GroupBy(f => f.File.Path))
        {
            output.WriteLine(Printable.Of(file.Key));
            var width = file.Max(f => Place(f).Length);
            foreach (var finding in file)
                output.WriteLine(
                    $"  {Place(finding).PadLeft(width)}  {Name(finding.Severity),-7}  {finding.Rule.Id}  "
                        + Printable.Of(finding.Message + In(finding)));
            output.WriteLine();
        }

        output.WriteLine(Summary(result));
    }

    private static void WriteColoured(CheckResult result)
    {
        var console = Terminal.Create();
        foreach (var file in result.Findings.GroupBy(f => f.File.Path))
        {
            console.Say($"[bold underline]{Printable.Of(file.Key)}[/]");
            var width = file.Max(f => Place(f).Length);
            foreach (var finding in file)
            {
                var colour = ColourOf(finding.Severity);
                console.MarkupLine($"  [grey]{Place(finding).PadLeft(width)}[/]  [{colour}]{Name(finding.Severity),-7}[/]  "
                    + $"[grey]{finding.Rule.Id}[/]  {Emphasise(Printable.Of(finding.Message))}[grey]{Terminal.Text(In(finding))}[/]");
            }

            console.WriteLine();
        }

        var worst = result.Findings.Count == 0 ? Severity.Off : result.Findings.Max(f => f.Severity);
        console.Say($"{Summary(result)}");
        if (worst == Severity.Off)
            console.MarkupLine("[green]Nothing to fix.[/]");
    }

    // Names between quotes stand out from the words around them.
    private static string Emphasise(string message)
    {
        var parts = message.Split('\'');
        if (parts.Length % 2 == 0)
            return Terminal.Text(message);
        return string.Concat(parts.Select((part, i) => i % 2 == 0 ? Terminal.Text(part) : $"'[bold]{Terminal.Text(part)}[/]'"));
    }

    private static string In(Finding finding)
    {
        const int most = 6;
        return finding.Environments.Count == 0 ? "" : $" [{string.Join(", ", finding.Environments.Take(most))}"
            + $"{(finding.Environments.Count > most ? $" and {finding.Environments.Count - most} more" : "")}]";
    }

    private static string ColourOf(Severity severity) => severity switch
    {
        Severity.Error => "red",
        Severity.Warning => "yellow",
        _ => "blue",
    };

    private static string Name(Severity severity) => severity.ToString().ToLowerInvariant();

    private static string Place(Finding finding)
    {
        var start = finding.Range.Start;
        return $"{start.Line + 1}:{start.Character + 1}";
    }

    private static string Summary(CheckResult result)
    {
        var counts = ((Severity, string)[])[(Severity.Error, "error"), (Severity.Warning, "warning"), (Severity.Info, "info")];
        var found = counts
            .Select(c => (Count: result.Findings.Count(f => f.Severity == c.Item1), Name: c.Item2))
            .Where(c => c.Count > 0)
            .Select(c => c.Name == "info" ? $"{c.Count} info" : Plural(c.Count, c.Name))
            .ToList();
        var templates = result.Templates == 0 ? "" : $"; {Plural(result.Templates, "template")} left alone";
        return $"{(found.Count == 0 ? "No findings" : string.Join(", ", found))} in {Plural(result.Resources, "resource")} of "
            + $"{Plural(result.Files, "file")}{templates}{LeftOut(result)}.";
    }

    private static string LeftOut(CheckResult result)
    {
        if (result.LeftOut.Count == 0)
            return "";
        var folders = string.Join(", ", result.LeftOut.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(Printable.Of));
        return $"; {Plural(result.LeftOut.Count, "file")} in {folders} left out (leave-out)";
    }

    private static string Plural(int count, string name) => count == 1 ? $"1 {name}" : $"{count} {name}s";
}
