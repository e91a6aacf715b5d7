using Repave.Core.Plans;
using Spectre.Console;

namespace Repave.Cli;

/// <summary>A plan for a terminal: by file, the forcing line under each change, a summary last.</summary>
internal static class PlanText
{
    private const int MaxReasons = 8;

    public static void Write(Plan plan, bool showsUnchanged)
    {
        var console = Terminal.Create();
        console.Say($"Plan against [bold]{plan.Baseline}[/]");
        console.WriteLine();
        var shown = plan.Changes.Where(c => showsUnchanged || c.Action != PlanAction.None || c.Warnings.Count > 0).ToList();
        foreach (var file in shown.Where(c => c.Desired is not null).GroupBy(c => c.Desired!.Manifest.Path))
        {
            console.Say($"[bold underline]{file.Key}[/]");
            foreach (var change in file)
                Write(console, change);
        }

        var dragged = shown.Where(c => c.Desired is null).ToList();
        (string Title, List<ResourceChange> Changes)[] groups =
        [
            ("No longer in the manifests", dragged.FindAll(c => c.Action == PlanAction.Delete)),
            ("Perhaps no longer in the manifests", dragged.FindAll(c => c.Action == PlanAction.Unknown)),
            ("Dragged along", dragged.FindAll(c => c.Action is not (PlanAction.Delete or PlanAction.Unknown))),
        ];
        foreach (var (title, changes) in groups)
        {
            if (changes.Count == 0)
                continue;
            console.Say($"[bold underline]{title}[/]");
            foreach (var change in changes)
                Write(console, change);
        }

        foreach (var note in plan.Notes)
            console.Say($"[grey]note:[/] {note}");
        if (plan.Notes.Count > 0)
            console.WriteLine();
        console.MarkupLine(Summary(plan));
    }

    private static void Write(IAnsiConsole console, ResourceChange change)
    {
        var colour = Colour(change.Action);
        var where = PlanWords.Home(change) is { } ns ? $" [grey]in {Terminal.Text(ns)}[/]" : "";
        console.MarkupLine($"  [{colour}]{PlanWords.Sign(change.Action),3}[/] "
            + $"[bold]{Terminal.Text(PlanWords.Name(change.Id))}[/]{where} [{colour}]{Terminal.Text(PlanWords.What(change))}[/]");
        if (change.CausedBy.Count > 0)
            console.Say($"        [grey]because of[/] {string.Join(", ", change.CausedBy.Select(PlanWords.Name))}");
        if (change.Note is { } note)
            console.Say($"        [grey]{note}[/]");
        var forcing = change.Action is PlanAction.Replace or PlanAction.Roll;
        var said = "";
        foreach (var reason in change.Reasons.Take(MaxReasons))
        {
            Write(console, change, reason, forcing && PlanNames.ActionOf(reason.Effect) == change.Action, said);
            said = reason.Why;
        }

        if (change.Reasons.Count > MaxReasons)
            console.Say($"        [grey]and {PlanWords.Plural(change.Reasons.Count - MaxReasons, "more field")}[/]");
        foreach (var warning in change.Warnings)
            console.MarkupLine(
                $"      [{WarningColour(warning.Kind)}]! {PlanWords.Heading(warning.Kind)}:[/] {Terminal.Text(warning.Message)}");
        console.WriteLine();
    }

    private static void Write(IAnsiConsole console, ResourceChange change, Reason reason, bool isForcing, string said)
    {
        var values = PlanWords.Values(reason);
        console.MarkupLine(
            $"        {(isForcing ? $"[{Colour(change.Action)}]{Terminal.Text(reason.Path)}[/]" : Terminal.Text(reason.Path))}"
                + $"{(values.Length == 0 ? "" : "  " + Terminal.Text(values))}");
        if (isForcing && PlanWords.Line(reason) is { } line)
            console.Say($"          [grey]{reason.Range!.Value.Start.Line + 1,4} │[/] {line}");
        if (reason.Why.Length > 0 && reason.Why != said
            && (isForcing || reason.Effect == Effect.Interrupts || reason.Certainty == Certainty.Conditional))
            console.Say($"               [grey]{reason.Why}[/]");
    }

    private static string Summary(Plan plan)
    {
        var parts = PlanWords.Order.Where(a => plan.Count(a) > 0)
            .Select(a => $"[{Colour(a)}]{plan.Count(a)} {PlanWords.Verb(a)}[/]").ToList();
        return parts.Count == 0 ? $"[green]{Terminal.Text(PlanWords.Summary(plan))}[/]"
            : $"[bold]Plan:[/] {string.Join(", ", parts)}; {plan.Count(PlanAction.None)} unchanged.";
    }

    private static string Colour(PlanAction action) => action switch
    {
        PlanAction.Create => "green",
        PlanAction.InPlace => "yellow",
        PlanAction.Roll => "blue",
        PlanAction.Replace or PlanAction.Delete => "red",
        PlanAction.Unknown => "magenta",
        _ => "grey",
    };

    private static string WarningColour(PlanWarningKind kind) => kind switch
    {
        PlanWarningKind.Refused or PlanWarningKind.DataLoss or PlanWarningKind.Breaks => "red",
        PlanWarningKind.Notice => "grey",
        _ => "yellow",
    };
}
