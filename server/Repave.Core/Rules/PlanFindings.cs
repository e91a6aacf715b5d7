using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Shapes;

namespace Repave.Core.Rules;

/// <summary>Runs the rules that read plans.</summary>
public static class PlanFindings
{
    private static readonly PlanRule[] Rules = [.. RuleCatalogue.All.OfType<PlanRule>()];

    /// <summary>What they find, at the lines that force it; comments and settings are obeyed. A deletion has no line, and is found by the
    /// plan alone.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="settings">The settings in force.</param>
    /// <param name="only">The file whose findings are wanted; null for all.</param>
    public static IReadOnlyList<Finding> Of(Plan plan, Settings settings, Manifest? only = null)
    {
        var findings = new List<Finding>();
        foreach (var file in plan.Changes.Where(c => c.Desired is not null && (only is null || ReferenceEquals(c.Desired.Manifest, only))).GroupBy(c => c.Desired!.Manifest))
        {
            var own = new List<Finding>();
            foreach (var change in file)
                Check(change, plan, settings, own);
            findings.AddRange(Suppressions.Apply(file.Key, own, settings).OrderBy(f => f.FileSpan.Start).ThenBy(f => f.Rule.Id, StringComparer.Ordinal));
        }

        return findings;
    }

    /// <summary>The rules that find something in a plan.</summary>
    public static IReadOnlyList<PlanRule> RulesOn(Plan plan, Settings settings) => [.. Rules.Where(rule => plan.Changes.Any(c => rule.Find(c, plan, settings).Any()))];

    private static void Check(ResourceChange change, Plan plan, Settings settings, List<Finding> findings)
    {
        var desired = change.Desired!;
        var sink = new FindingSink(desired.Manifest, desired.Slot, settings);
        // The line that forces it; what is dragged along has none of its own.
        var reason = change.Forcing.FirstOrDefault() ?? change.Reasons.FirstOrDefault();
        var span = reason is { Source: not null } ? reason.Span : ShapeValidator.Underline(desired.NameNode);
        foreach (var rule in Rules)
        {
            if (!settings.IsOn(rule, desired.Manifest.Path))
                continue;
            foreach (var message in rule.Find(change, plan, settings))
                sink.Add(rule, span, message, desired, reason?.Path ?? "", related: RelatedOf(change, message, plan));
        }

        findings.AddRange(sink.Findings);
    }

    // What the sentence speaks of, and what causes the change, where the manifests define it.
    private static List<RelatedPlace> RelatedOf(ResourceChange change, string message, Plan plan)
    {
        var ids = change.Warnings.Where(w => w.About is not null && message.Contains(w.Message)).Select(w => (Id: w.About!, Why: "this is what it is about"))
            .Concat(change.CausedBy.Select(id => (Id: id, Why: "its change causes this")));
        var places = new List<RelatedPlace>();
        foreach (var (id, why) in ids)
        {
            if (plan.Changes.FirstOrDefault(c => c.Id == id)?.Desired is { } other && !places.Exists(p => p.Resource == other))
                places.Add(RelatedPlace.Of(other, $"{id.Type.Split('.')[0]} '{id.Name}': {why}"));
        }

        return places;
    }
}
