using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Shapes;
using Repave.Core.Text;

namespace Repave.Core.Rules;

/// <summary>Runs the rules that read plans.</summary>
public static class PlanFindings
{
    /// <summary>What they find, at the lines that force it; comments and settings are obeyed. A deletion has no line, and is found by the
    /// plan alone.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="settings">The settings in force.</param>
    /// <param name="only">The file whose findings are wanted; null for all.</param>
    public static IReadOnlyList<Finding> Of(Plan plan, Settings settings, Manifest? only = null)
    {
        var findings = new List<Finding>();
        foreach (var file in plan.Changes.Where(c => c.Desired is not null && (only is null || ReferenceEquals(c.Desired.Manifest, only)))
            .GroupBy(c => c.Desired!.Manifest))
        {
            var own = new List<Finding>();
            foreach (var change in file)
                Check(change, plan, settings, own);
            findings.AddRange(Suppressions.Apply(file.Key, own, settings).OrderBy(f => f.FileSpan.Start)
                .ThenBy(f => f.Rule.Id, StringComparer.Ordinal));
        }

        return findings;
    }

    /// <summary>The rules that find something in a plan.</summary>
    public static IReadOnlyList<PlanRule> RulesOn(Plan plan, Settings settings) =>
        [.. RuleCatalogue.Of<PlanRule>().Where(rule => plan.Changes.Any(c => rule.Find(c, plan, settings).Any()))];

    private static void Check(ResourceChange change, Plan plan, Settings settings, List<Finding> findings)
    {
        var desired = change.Desired!;
        var sink = new FindingSink(desired.Manifest, desired.Slot, settings);
        // The line that forces it; what is dragged along has none of its own.
        var reason = change.Forcing.FirstOrDefault() ?? change.Reasons.FirstOrDefault();
        var span = reason is { Source: not null } ? reason.Span : desired.NameSpan;
        foreach (var rule in RuleCatalogue.Of<PlanRule>())
        {
            if (!settings.IsOn(rule, desired.Manifest.Path))
                continue;
            foreach (var issue in rule.Find(change, plan, settings))
            {
                var fix = issue.Of?.Insertion is { } insertion
                    ? sink.FixHere(insertion.Title, new TextEdit(new TextSpan(desired.Span.End, desired.Span.End), insertion.Text)) : null;
                sink.Add(rule, span, issue.Message, desired, reason?.Path ?? "", fix, related: RelatedOf(change, issue, plan));
            }
        }

        findings.AddRange(sink.Findings);
    }

    // What the sentence speaks of, and what causes the change, where the manifests define it.
    private static List<RelatedPlace> RelatedOf(ResourceChange change, PlanIssue issue, Plan plan)
    {
        var ids = change.CausedBy.Select(id => (Id: id, Why: "its change causes this"));
        if (issue.Of?.About is { } about)
            ids = ids.Prepend((about, "this is what it is about"));
        var places = new List<RelatedPlace>();
        var said = new HashSet<Resource>();
        foreach (var (id, why) in ids)
        {
            if (plan.Changes.FirstOrDefault(c => c.Id == id)?.Desired is { } other && said.Add(other))
                places.Add(RelatedPlace.Of(other, $"{DialectCatalogue.KindOf(id)} '{id.Name}': {why}"));
        }

        return places;
    }
}
