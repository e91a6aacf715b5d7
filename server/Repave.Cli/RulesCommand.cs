using System.CommandLine;
using Repave.Core.Rules;
using Repave.Environments.Files;

namespace Repave.Cli;

/// <summary><c>repave rules</c>.</summary>
internal static class RulesCommand
{
    public static Command Create()
    {
        var id = new Argument<string?>("ID") { Description = "A rule to explain.", Arity = ArgumentArity.ZeroOrOne };
        var markdown = new Option<string?>("--markdown") { Description = "Write a page for each rule into a folder.", HelpName = "DIR" };
        var controls = new Option<bool>("--controls") { Description = "Print which controls of public catalogues the rules support." };
        var command = new Command("rules", "Lists the rules, or explains one.") { id, markdown, controls };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(markdown) is { } folder)
                WritePages(folder);
            else if (parsed.GetValue(controls))
                ListControls();
            else if (parsed.GetValue(id) is { } one)
                Explain(one);
            else
                List();
            return ExitCodes.Clean;
        });
        return command;
    }

    private static void List()
    {
        foreach (var rule in RuleCatalogue.All)
            Console.WriteLine(
                $"{rule.Id}  {rule.Severity.ToString().ToLowerInvariant(),-7}  {(rule.OnByDefault ? "on " : "off")}  {rule.Title}");
        Console.WriteLine();
        Console.WriteLine(
            $"{RuleCatalogue.All.Count} rules; 'repave rules ID' explains one. {CodeRulePages.Ids.Count} more, on infrastructure code in "
                + $"C#, run in dotnet build (the package Repave.Analyzers): {CodeRulePages.Ids[0]} to {CodeRulePages.Ids[^1]}.");
    }

    private static void ListControls()
    {
        foreach (var catalogue in Controls.Catalogues(RuleCatalogue.All))
        {
            Console.WriteLine($"{catalogue.Name}, version {catalogue.Version} ({catalogue.Address})");
            foreach (var (reference, control) in catalogue.Ids)
            {
                var rules = RuleCatalogue.All.Where(rule => rule.Controls.Contains(reference)).Select(rule => rule.Id);
                Console.WriteLine($"  {control,-6} {catalogue.Titles[control]}");
                Console.WriteLine($"         {string.Join(' ', rules)}");
            }

            Console.WriteLine();
        }
    }

    private static void Explain(string id)
    {
        if (CodeRulePages.Find(id) is { } page)
        {
            Console.WriteLine(page);
            return;
        }

        var rule = RuleCatalogue.Find(id) ?? throw new CommandException($"there is no rule {id}; 'repave rules' lists them.");
        Console.WriteLine(
            $"{rule.Id}: {rule.Title} ({rule.Severity.ToString().ToLowerInvariant()}, {(rule.OnByDefault ? "on" : "off")} by default)");
        Console.WriteLine();
        Console.WriteLine(rule.Reason);
        WriteExample("Breaks the rule:", rule.Bad);
        WriteExample("Keeps it:", rule.Good);
        if (rule.Controls.Count > 0)
            Console.WriteLine($"\nControls: {string.Join(", ", rule.Controls)}");
        foreach (var reference in rule.References)
            Console.WriteLine($"See {reference}");
    }

    private static void WriteExample(string title, string example)
    {
        Console.WriteLine($"\n{title}\n");
        foreach (var line in example.TrimEnd().Split('\n'))
            Console.WriteLine("    " + line);
    }

    private static void WritePages(string folder)
    {
        Directory.CreateDirectory(folder);
        SafeWriter.Write(Path.Combine(folder, "README.md"), RulePage.Index(RuleCatalogue.All));
        foreach (var rule in RuleCatalogue.All)
            SafeWriter.Write(Path.Combine(folder, rule.Id + ".md"), RulePage.Of(rule));
        Console.WriteLine($"Wrote {RuleCatalogue.All.Count} pages to {folder}.");
    }
}
