using Repave.Core.Analysis;
using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Repave.LanguageServer.Protocol;

namespace Repave.LanguageServer.Features;

/// <summary>The plan over resources, beside changed lines, and as a whole.</summary>
internal static class Plans
{
    // Between an edit and the next plan, what the last one said stays over its resources, wherever these stand now: what vanishes and
    // comes back moves every line below it.
    public static CodeLens[] Lenses(OpenDocument document, Plan? plan, ManifestAnalysis analysis, Positions positions)
    {
        if (plan is null)
            return [];
        var now = analysis.ResourcesOf(document.Manifest.Path).GroupBy(r => r.Id).ToDictionary(g => g.Key, g => g.First());
        var lenses = new List<CodeLens>();
        foreach (var change in plan.Changes.Where(c => c.Desired?.Manifest.Path == document.Manifest.Path))
        {
            var isOfThisText = ReferenceEquals(change.Desired!.Manifest, document.Manifest);
            if ((isOfThisText ? change.Desired : now.GetValueOrDefault(change.Id)) is not { } resource
                || !ReferenceEquals(resource.Manifest, document.Manifest))
                continue;
            lenses.Add(new CodeLens(positions.RangeOf(document.Text, resource.Span.Shift(resource.Slot.Start)) is var range
                ? range with { End = range.Start }
                : range, new Command(Title(change, plan), "repave.showPlan")));
        }

        return [.. lenses];
    }

    public static InlayHint[] Hints(OpenDocument document, Protocol.Range range, Plan? plan, Positions positions)
    {
        if (plan is null)
            return [];
        var hints = new List<InlayHint>();
        MovedLines? moved = null;
        foreach (var reason in plan.Changes.Where(c => c.Desired?.Manifest.Path == document.Manifest.Path).SelectMany(c => c.Reasons))
        {
            if (reason.Source?.Manifest is not { } source || source.Path != document.Manifest.Path || reason.Range is not { } place
                || reason.Effect == Effect.None)
                continue;
            if (!ReferenceEquals(source, document.Manifest) && moved?.From != source.Source.Text)
                moved = new MovedLines(source.Source.Text, document.Text);
            var line = ReferenceEquals(source, document.Manifest) ? place.Start.Line : moved!.LineOf(place.Start.Line);
            if (line < range.Start.Line || line > range.End.Line)
                continue;
            var end = document.Text.LineEnd(line);
            hints.Add(new InlayHint(positions.RangeOf(document.Text, new Core.Text.TextSpan(end, end)).Start,
                $"⟵ {PlanNames.Of(reason.Effect)}"
                    + $"{(reason.IsSecret || reason.From is null || reason.IsDragged ? "" : $" (was {Short(reason.From)})")}",
                true, reason.Why));
        }

        return [.. hints];
    }

    public static PlanResult ResultOf(PlanService service, EnvironmentService environments, Workspace workspace, Positions positions)
    {
        var built = environments.Environments.Select(one => EnvironmentOf(one, workspace, positions)).ToArray();
        if (service.Plan is not { } plan)
            return new PlanResult(service.Chosen ?? "", service.Problem ?? "no baseline is chosen", 0, [], [], service.Problem)
            {
                Environments = built,
            };
        IReadOnlyList<Plan> all = [plan, .. environments.Environments.Select(one => one.Plan).OfType<Plan>()];
        return new PlanResult(plan.Baseline, Counts(all), all.Sum(one => one.Count(PlanAction.Replace)),
            ItemsOf(plan, null, workspace, positions), [.. plan.Notes], null)
        { Environments = built };
    }

    private static PlanEnvironment EnvironmentOf(WorkspaceEnvironment one, Workspace workspace, Positions positions) => new(
        one.Environment.Name,
        one.Environment.Source,
        one.Plan?.Baseline ?? "",
        one.Plan is null ? one.Problem ?? "" : Counts([one.Plan]),
        one.Plan?.Count(PlanAction.Replace) ?? 0,
        one.Plan is null ? [] : ItemsOf(one.Plan, one.Environment.Name, workspace, positions),
        one.Plan is null ? [] : [.. one.Plan.Notes],
        one.Problem);

    private static PlanItem[] ItemsOf(Plan plan, string? environment, Workspace workspace, Positions positions) =>
        [.. plan.Changes.Where(c => c.Action != PlanAction.None || c.Warnings.Count > 0).Select(c => ItemOf(c, workspace, positions) with
        {
            Key = c.Baseline is null && c.Desired is null ? null : Sides.KeyOf(c, environment, workspace),
        })];

    private static string Counts(IReadOnlyList<Plan> plans)
    {
        var counts = string.Join(", ", Enum.GetValues<PlanAction>().Select(a => (Action: a, Count: plans.Sum(plan => plan.Count(a))))
            .Where(a => a.Action != PlanAction.None && a.Count > 0).Select(a => $"{a.Count} {PlanNames.Of(a.Action)}"));
        return counts.Length == 0 ? "in sync" : counts;
    }

    private static PlanItem ItemOf(ResourceChange change, Workspace workspace, Positions positions)
    {
        Location? place = change.Desired is { } desired && new Place(desired.Manifest, desired.Slot, desired.NameSpan) is var named
            ? new Location(workspace.UriOf(named.File.Path), positions.RangeOf(named.File.Source.Text, named.FileSpan)) : null;
        return new PlanItem(
            NameOf(change.Id),
            change.Id.Namespace,
            PlanNames.Of(change.Action),
            change.Certainty == Certainty.Conditional ? "perhaps" : change.Mechanism ?? "",
            [.. change.CausedBy.Select(NameOf)],
            [.. change.Reasons.Select(r => new PlanItemReason(r.Path, ValuesOf(r), PlanNames.Of(r.Effect), r.Why, r.Source is null ? null
                : new Location(workspace.UriOf(r.File!), positions.RangeOf(r.Place!.Value.File.Source.Text, r.Range!.Value))))],
            [.. change.Warnings.Select(w => w.Message)],
            place)
        {
            Steps = StepsSentence.Of(change),
        };
    }

    private static string Title(ResourceChange change, Plan plan)
    {
        var forcing = change.Forcing.FirstOrDefault();
        // Of a live engine only that something differs may be known, and not which line.
        var path = forcing is null ? "" : forcing.Path.Length > 0 ? $": {forcing.Path}"
            : forcing.Why.Length > 0 ? $": {forcing.Why}" : "";
        return change.Action switch
        {
            PlanAction.None => $"in sync with {plan.Baseline}",
            PlanAction.Create => $"+ created ({plan.Baseline} has none)",
            PlanAction.Replace => $"-/+ replaces{path}{(forcing is { Path.Length: > 0, Why.Length: > 0 } ? $", {forcing.Why}" : "")}",
            PlanAction.Roll => $"↻ rolls its {((IPlans)DialectCatalogue.Of(change.Id.Dialect)).Instances}{path}",
            PlanAction.InPlace => $"~ mutated in place{path}",
            _ => $"? {change.Note}",
        };
    }

    private static string ValuesOf(Reason reason) => reason.IsSecret ? "(secret)"
        : $"{(reason.From is null ? "" : Short(reason.From))} → "
            + $"{(reason.To is not null ? Short(reason.To) : reason.IsThere ? "known once it is applied" : "removed")}";

    internal static string NameOf(ResourceId id) => $"{DialectCatalogue.KindOf(id)}/{id.Name}";

    internal static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
