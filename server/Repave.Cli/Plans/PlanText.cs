using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Spectre.Console;

namespace Repave.Cli;

/// <summary>A plan for a terminal: by file, the forcing line under each change, a summary last.</summary>
internal static class PlanText
{
    private const int MaxReasons = 8;

    public static void Write(IReadOnlyList<EnvironmentPlan> plans, bool showsUnchanged, bool showsBack)
    {
        var console = Terminal.Create();
        if (plans is [var only])
        {
            var whose = only.Environment is { } one ? $"of {one.Name} ({one.Source}) " : "";
            console.Say($"Plan {whose}against [bold]{only.Plan.Baseline}[/]");
            console.WriteLine();
            Write(console, only.Plan, showsUnchanged, showsBack);
            return;
        }

        WriteMatrix(console, plans);
        foreach (var plan in plans.Where(plan => showsUnchanged || plan.HasNews))
        {
            console.WriteLine();
            var source = plan.Environment is { } one ? one.Source + " " : "";
            console.Say($"[bold]{plan.Name}[/] [grey]{source}against {plan.Plan.Baseline}[/]");
            console.WriteLine();
            Write(console, plan.Plan, showsUnchanged, showsBack);
        }
    }

    // Environments and actions, those that change first as they stand in the settings.
    private static void WriteMatrix(IAnsiConsole console, IReadOnlyList<EnvironmentPlan> plans)
    {
        var changing = plans.Where(plan => plan.Plan.Changes.Any(c => c.Action != PlanAction.None)).ToList();
        var changes = changing.Count switch
        {
            0 => "none of which changes",
            1 => "1 of which changes",
            _ => $"{changing.Count} of which change",
        };
        console.Say($"Plan of {PlanWords.Plural(plans.Count, "environment")}, {changes}");
        if (changing.Count == 0)
            return;
        console.WriteLine();
        var width = changing.Max(plan => Printable.Of(plan.Name).Length);
        var columns = PlanWords.Order.Where(a => a != PlanAction.Unknown || changing.Exists(plan => plan.Plan.Count(a) > 0)).ToList();
        console.MarkupLine($"  {new string(' ', width)}{string.Concat(columns.Select(a => $"  [grey]{PlanNames.Of(a)}[/]"))}");
        foreach (var plan in changing)
        {
            var cells = columns.Select(a => (Count: plan.Plan.Count(a), Action: a)).Select(cell =>
            {
                var text = (cell.Count == 0 ? "·" : $"{cell.Count}").PadLeft(PlanNames.Of(cell.Action).Length + 2);
                return cell.Count == 0 ? $"[grey]{text}[/]" : $"[{Colour(cell.Action)}]{text}[/]";
            });
            console.MarkupLine($"  [bold]{Terminal.Text(plan.Name.PadRight(width))}[/]{string.Concat(cells)}"
                + Terminal.Text(PlanWords.Replaced(plan.Plan)));
        }

        var still = plans.Except(changing).Select(plan => plan.Name).ToList();
        if (still.Count > 0)
            console.Say($"  [grey]unchanged: {string.Join(", ", still)}[/]");
    }

    private static void Write(IAnsiConsole console, Plan plan, bool showsUnchanged, bool showsBack)
    {
        var shown = plan.Changes.Where(c => showsUnchanged || c.Action != PlanAction.None || c.Warnings.Count > 0).ToList();
        foreach (var file in shown.Where(c => c.Desired is not null).GroupBy(c => PlanWords.FileOf(c.Desired!)))
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
        if (showsBack)
            WriteBack(console, plan);
        console.MarkupLine(Summary(plan));
        if (BackWords.Line(plan) is { } line)
            console.Say($"[grey]{line}[/]");
    }

    private static void WriteBack(IAnsiConsole console, Plan plan)
    {
        var changes = BackWords.Of(plan);
        if (changes.Count == 0)
            return;
        console.Say($"[bold underline]Going back to {plan.Baseline}[/]");
        foreach (var change in changes)
        {
            var colour = BackColour(change.Back!.How);
            var where = PlanWords.Home(change) is { } ns ? $" [grey]in {Terminal.Text(ns)}[/]" : "";
            console.MarkupLine($"  [{colour}]{change.Back.Name,8}[/] [bold]{Terminal.Text(PlanWords.Name(change.Id))}[/]{where}: "
                + $"going back {BackWords.What(change.Back)}");
            foreach (var reason in change.Back.Reasons)
                console.Say($"           [grey]{reason}[/]");
        }

        console.WriteLine();
    }

    private static string BackColour(BackHow how) => how switch
    {
        BackHow.Loss or BackHow.Never => "red",
        BackHow.Replace or BackHow.Unknown => "yellow",
        BackHow.Roll => "blue",
        _ => "grey",
    };

    private static void Write(IAnsiConsole console, ResourceChange change)
    {
        var colour = Colour(change.Action);
        var where = PlanWords.Home(change) is { } ns ? $" [grey]in {Terminal.Text(ns)}[/]" : "";
        console.MarkupLine($"  [{colour}]{PlanWords.Sign(change.Action),3}[/] "
            + $"[bold]{Terminal.Text(PlanWords.Name(change.Id))}[/]{where} [{colour}]{Terminal.Text(PlanWords.What(change))}[/]");
        if (change.CausedBy.Count > 0)
            console.Say($"        [grey]because of[/] {string.Join(", ", change.CausedBy.Select(PlanWords.Name))}");
        if (PlanWords.Cause(change) is { } cause)
            console.Say($"        [grey]because of[/] {cause}");
        if (change.Note is { } note)
            console.Say($"        [grey]{note}[/]");
        if (StepsSentence.Of(change) is { } steps)
            console.Say($"        {steps}");
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
        // The file that a person edits is another than the one that this stands under.
        if (reason.Place is { Manifest.Origin: not null } place && reason.Range is { } there)
        {
            var line = PlanWords.Line(reason)?.Trim() ?? PlanWords.HiddenLine;
            console.Say($"          [grey]{place.File.Path}:{there.Start.Line + 1} │[/] {line}");
        }
        else if (isForcing && PlanWords.Line(reason) is { } forcing)
        {
            console.Say($"          [grey]{reason.Range!.Value.Start.Line + 1,4} │[/] {forcing}");
        }

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

    /// <summary>The colour of an action.</summary>
    internal static string Colour(PlanAction action) => action switch
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
