using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.LanguageServer.Protocol;

namespace Repave.LanguageServer.Features;

/// <summary>The plan over resources, beside changed lines, and as a whole.</summary>
internal static class Plans
{
    public static CodeLens[] Lenses(OpenDocument document, Plan? plan, Positions positions)
    {
        if (plan is null)
            return [];
        var lenses = new List<CodeLens>();
        foreach (var change in plan.Changes.Where(c => ReferenceEquals(c.Desired?.Manifest, document.Manifest)))
        {
            var resource = change.Desired!;
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
        foreach (var reason in plan.Changes.Where(c => ReferenceEquals(c.Desired?.Manifest, document.Manifest)).SelectMany(c => c.Reasons))
        {
            if (!ReferenceEquals(reason.Source?.Manifest, document.Manifest) || reason.Range is not { } place
                || place.Start.Line < range.Start.Line || place.Start.Line > range.End.Line || reason.Effect == Effect.None)
                continue;
            var end = document.Text.LineEnd(place.Start.Line);
            hints.Add(new InlayHint(positions.RangeOf(document.Text, new Core.Text.TextSpan(end, end)).Start,
                $"⟵ {PlanNames.Of(reason.Effect)}"
                    + $"{(reason.IsSecret || reason.From is null || reason.IsDragged ? "" : $" (was {Short(reason.From)})")}",
                true, reason.Why));
        }

        return [.. hints];
    }

    public static PlanResult ResultOf(PlanService service, Workspace workspace, Positions positions)
    {
        if (service.Plan is not { } plan)
            return new PlanResult(service.Chosen ?? "", service.Problem ?? "no baseline is chosen", 0, [], [], service.Problem);
        var items = plan.Changes.Where(c => c.Action != PlanAction.None || c.Warnings.Count > 0)
            .Select(c => ItemOf(c, workspace, positions)).ToArray();
        var counts = string.Join(", ", Enum.GetValues<PlanAction>().Where(a => a != PlanAction.None && plan.Count(a) > 0)
            .Select(a => $"{plan.Count(a)} {PlanNames.Of(a)}"));
        return new PlanResult(plan.Baseline, counts.Length == 0 ? "in sync" : counts, plan.Count(PlanAction.Replace), items,
            [.. plan.Notes], null);
    }

    private static PlanItem ItemOf(ResourceChange change, Workspace workspace, Positions positions)
    {
        Location? place = change.Desired is { } desired ? new Location(workspace.UriOf(desired.Manifest.Path),
            positions.RangeOf(desired.Manifest.Source.Text, desired.NameSpan.Shift(desired.Slot.Start))) : null;
        return new PlanItem(
            NameOf(change.Id),
            change.Id.Namespace,
            PlanNames.Of(change.Action),
            change.Certainty == Certainty.Conditional ? "perhaps" : change.Mechanism ?? "",
            [.. change.CausedBy.Select(NameOf)],
            [.. change.Reasons.Select(r => new PlanItemReason(r.Path, ValuesOf(r), PlanNames.Of(r.Effect), r.Why, r.Source is null ? null
                : new Location(workspace.UriOf(r.File!), positions.RangeOf(r.Place!.Value.File.Source.Text, r.Range!.Value))))],
            [.. change.Warnings.Select(w => w.Message)],
            place);
    }

    private static string Title(ResourceChange change, Plan plan)
    {
        var forcing = change.Forcing.FirstOrDefault();
        return change.Action switch
        {
            PlanAction.None => $"in sync with {plan.Baseline}",
            PlanAction.Create => $"+ created ({plan.Baseline} has none)",
            PlanAction.Replace =>
                $"-/+ replaces{(forcing is null ? "" : $": {forcing.Path}{(forcing.Why.Length == 0 ? "" : $", {forcing.Why}")}")}",
            PlanAction.Roll =>
                $"↻ rolls its {((IPlans)DialectCatalogue.Of(change.Id.Dialect)).Instances}{(forcing is null ? "" : $": {forcing.Path}")}",
            PlanAction.InPlace => $"~ mutated in place{(forcing is null ? "" : $": {forcing.Path}")}",
            _ => $"? {change.Note}",
        };
    }

    private static string ValuesOf(Reason reason) => reason.IsSecret ? "(secret)"
        : $"{(reason.From is null ? "" : Short(reason.From))} → {(reason.To is null ? "removed" : Short(reason.To))}";

    private static string NameOf(ResourceId id) => $"{DialectCatalogue.KindOf(id)}/{id.Name}";

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
