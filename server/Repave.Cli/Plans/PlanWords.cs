using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Plans;

namespace Repave.Cli;

/// <summary>How plans speak to people, in every format.</summary>
internal static class PlanWords
{
    private const int MaxValue = 60;

    /// <summary>The actions in the order of summaries.</summary>
    public static readonly PlanAction[] Order =
        [PlanAction.Create, PlanAction.InPlace, PlanAction.Roll, PlanAction.Replace, PlanAction.Delete, PlanAction.Unknown];

    /// <summary>The sign of an action, as terraform's users know them.</summary>
    public static string Sign(PlanAction action) => action switch
    {
        PlanAction.Create => "+",
        PlanAction.InPlace => "~",
        PlanAction.Roll => "↻",
        PlanAction.Replace => "-/+",
        PlanAction.Delete => "-",
        PlanAction.Unknown => "?",
        _ => "=",
    };

    /// <summary>A resource's name: <c>Deployment/web</c>.</summary>
    public static string Name(ResourceId id) =>
        $"{DialectCatalogue.KindOf(id)}/{(id.Name.Length == 0 ? "(named when it is made)" : id.Name)}";

    /// <summary>The namespace to show of a resource: none where that is the file that it stands under.</summary>
    public static string? Home(ResourceChange change) =>
        change.Id.Namespace is { Length: > 0 } home && home != (change.Desired ?? change.Baseline)?.Manifest.Path ? home : null;

    /// <summary>What happens, in words.</summary>
    public static string What(ResourceChange change)
    {
        var isSure = change.Certainty == Certainty.Certain;
        return change.Action switch
        {
            PlanAction.Create => isSure ? "is created" : "may be created",
            PlanAction.InPlace => (isSure ? "is mutated in place" : "may be mutated in place")
                + (change.Reasons.Any(r => r.Effect == Effect.Interrupts) ? ", and restarts" : ""),
            PlanAction.Roll =>
                $"{(isSure ? "rolls" : "may roll")}: its {((IPlans)DialectCatalogue.Of(change.Id.Dialect)).Instances} are replaced",
            PlanAction.Replace when change is { Mechanism: ResourceChange.CreateAndDelete, Previous: null } =>
                isSure ? "is replaced: a new one is made, then the old one deleted"
                    : "may be replaced: a new one may be made, then the old one deleted",
            PlanAction.Replace when change.Mechanism == ResourceChange.CreateAndDelete =>
                $"replaces {Name(change.Previous!)}"
                    + $"{(change.Previous!.Namespace == change.Id.Namespace ? "" : $" in {change.Previous.Namespace ?? "its namespace"}")}",
            PlanAction.Replace =>
                isSure ? "must be replaced: deleted, then created again" : "may have to be replaced: deleted, then created again",
            PlanAction.Delete => isSure ? "is deleted" : "may be deleted",
            PlanAction.Unknown => "is unknown",
            _ => "stays as it is",
        };
    }

    /// <summary>How a field changes: <c>"a" → "b"</c>.</summary>
    public static string Values(Reason reason)
    {
        if (reason.IsSecret)
            return reason.WasThere && reason.IsThere ? "(secret) is different" : reason.IsThere ? "(secret) is added"
                : "(secret) is removed";
        return (reason.From, reason.To) switch
        {
            (null, null) => "",
            (null, { } to) => reason.WasThere ? $"unknown → {Short(to)}" : $"added: {Short(to)}",
            ({ } from, null) when reason.IsThere => $"{Short(from)} → known once it is applied",
            ({ } from, null) => $"removed: {Short(from)}",
            var (from, to) => Pair(from, to),
        };
    }

    /// <summary>A warning's heading.</summary>
    public static string Heading(PlanWarningKind kind) => kind switch
    {
        PlanWarningKind.Refused => "refused",
        PlanWarningKind.DataLoss => "data loss",
        PlanWarningKind.Downtime => "downtime",
        PlanWarningKind.NoSideBySide => "not side by side",
        PlanWarningKind.NotRolledOut => "not rolled out",
        PlanWarningKind.Breaks => "breaks",
        _ => "note",
    };

    /// <summary>The file under which a resource is shown: the one that a person edits.</summary>
    public static string FileOf(Resource resource) => resource.Manifest.Origin is null ? resource.Manifest.Path
        : new Place(resource.Manifest, resource.Slot, new Core.Text.TextSpan(resource.Span.Start, resource.Span.Start + 1)).File.Path;

    /// <summary>The file and line that make a resource come or go; null where none is known.</summary>
    public static string? Cause(ResourceChange change) => change.Cause is not var (file, span) ? null
        : $"{file.Path}:{file.Source.Text.PositionOf(span.Start).Line + 1}";

    /// <summary>What stands for a line that may hold secrets.</summary>
    public const string HiddenLine = "(not shown)";

    /// <summary>The resources that are replaced or deleted, for the end of a line; empty if there are none.</summary>
    public static string Replaced(Plan plan)
    {
        const int most = 3;
        var names = plan.Changes.Where(c => c.Action is PlanAction.Replace or PlanAction.Delete)
            .OrderBy(c => c.Action == PlanAction.Replace ? 0 : 1)
            .Select(c => $"{(c.Action == PlanAction.Replace ? "replaces" : "deletes")} {Name(c.Id)}").ToList();
        return names.Count == 0 ? "" : "   " + string.Join(", ", names.Take(most)) + (names.Count > most ? ", …" : "");
    }

    /// <summary>The one-line summary.</summary>
    public static string Summary(Plan plan)
    {
        var parts = Order.Where(a => plan.Count(a) > 0).Select(a => $"{plan.Count(a)} {Verb(a)}").ToList();
        var unchanged = plan.Count(PlanAction.None);
        if (parts.Count == 0)
            return unchanged == 0 ? "Nothing to plan."
                : $"Nothing changes: {Plural(unchanged, "resource")} as {(unchanged == 1 ? "it is" : "they are")} already.";
        return $"{string.Join(", ", parts)}; {unchanged} unchanged.";
    }

    /// <summary>What is done to resources of an action, for summaries.</summary>
    public static string Verb(PlanAction action) => action switch
    {
        PlanAction.Create => "to create",
        PlanAction.InPlace => "to mutate in place",
        PlanAction.Roll => "to roll",
        PlanAction.Replace => "to replace",
        PlanAction.Delete => "to delete",
        PlanAction.Unknown => "unknown",
        _ => "unchanged",
    };

    /// <summary>A count and its noun.</summary>
    public static string Plural(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    /// <summary>The line of the text that a reason points at; null if it points at none, or at a secret.</summary>
    public static string? Line(Reason reason)
    {
        if (reason.HidesLine || reason.Range is not { } range)
            return null;
        var line = reason.Place!.Value.File.Source.Text.LineText(range.Start.Line);
        const int most = 120;
        return line.Length <= most ? line : line[..most] + "…";
    }

    // Of two long values that begin alike, what differs is shown, from the last separator before it on.
    private static string Pair(string from, string to)
    {
        const int least = 24;
        if (Math.Max(from.Length, to.Length) <= MaxValue)
            return $"{from} → {to}";
        var same = 0;
        while (same < from.Length && same < to.Length && from[same] == to[same])
            same++;
        var cut = same == 0 ? -1 : from.LastIndexOfAny(['/', ':', ' ', ',', '\n'], same - 1);
        return cut < least ? $"{Short(from)} → {Short(to)}" : $"…{Short(from[cut..])} → …{Short(to[cut..])}";
    }

    private static string Short(string value) => value.Length <= MaxValue ? value : value[..MaxValue] + "…";
}
