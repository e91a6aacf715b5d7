using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;

namespace Repave.Cli;

/// <summary>What the policy in force says of a change: what the rules find in the manifests and in what changes, which controls they
/// support, and whether it passes.</summary>
internal static class RecordPolicy
{
    /// <summary>The policy and its verdict.</summary>
    /// <param name="request">What was planned.</param>
    /// <param name="plans">The plans.</param>
    /// <param name="failOn">What <c>--fail-on</c> says.</param>
    /// <param name="failing">The actions that it names.</param>
    /// <param name="places">What records call files.</param>
    /// <param name="findings">All findings, for the controls.</param>
    public static JsonPolicy Of(BaselineRequest request, IReadOnlyList<EnvironmentPlan> plans, string failOn,
        IReadOnlySet<PlanAction> failing, RecordPlaces places, out IReadOnlyList<JsonRecordFinding> findings)
    {
        var settings = request.Settings;
        var found = new List<JsonRecordFinding>();
        var because = new List<string>();
        if (request.Paths.Contains(InputFiles.StandardInput))
        {
            because.Add("Manifests from standard input are not checked, only what changes is.");
        }
        else
        {
            var result = new CheckRun(settings, request.SettingsFolder, request.Paths, request.IsStaged, request.Environment)
                .Check(new Dictionary<string, string>());
            found.AddRange(result.Findings.Select(f => Of(f, places, string.Join(", ", f.Environments))));
        }

        foreach (var plan in plans)
        {
            found.AddRange(PlanFindings.Of(plan.Plan, settings).Select(f => Of(f, places, plan.Environment?.Name ?? "")));
            found.AddRange(OfDeletions(plan.Plan, settings).Select(f => f with { Environment = plan.Environment?.Name }));
        }

        var errors = found.Where(f => f.Severity == "error").GroupBy(f => f.Id, StringComparer.Ordinal).ToList();
        because.AddRange(errors.Select(e => $"{e.Key} ({RuleCatalogue.Find(e.Key)?.Title}) finds {PlanWords.Plural(e.Count(), "error")}."));
        var forbidden = plans.SelectMany(plan => plan.Plan.Changes).Where(c => failing.Contains(c.Action)).ToList();
        if (forbidden.Count > 0)
            because.Add($"The plan holds what --fail-on {failOn} names: {string.Join(", ", forbidden.GroupBy(c => c.Action)
                .Select(group => $"{group.Count()} {PlanWords.Verb(group.Key)}"))}.");
        findings = found;
        return new JsonPolicy(request.SettingsFile is { } file ? places.NameOf(file) : null, failOn, RulesOf(plans, settings),
            [.. settings.Rules.Select(r => (r.Key, r.Value, Paths: (string?)null))
                .Concat(settings.Paths.SelectMany(p => p.Rules.Select(r => (r.Key, r.Value, Paths: (string?)p.Pattern.Text))))
                .OrderBy(r => r.Key, StringComparer.Ordinal)
                .Select(r => new JsonWeight(r.Key, NameOf(r.Value), UsualOf(r.Key), r.Paths))],
            [.. settings.Plans.Select(p => new JsonForbidden(p.Environment?.Text, [.. p.Kinds], [.. p.Forbidden.Select(PlanNames.Of)]))],
            errors.Count > 0 || forbidden.Count > 0 ? "failed" : "passed", [.. because], [.. found]);
    }

    /// <summary>The controls that the rules in force support, with what those rules found.</summary>
    public static JsonControl[] ControlsOf(JsonPolicy policy, IReadOnlyList<JsonRecordFinding> findings)
    {
        var rules = policy.Rules.Error.Concat(policy.Rules.Warning).Concat(policy.Rules.Info).Select(RuleCatalogue.Find).OfType<Rule>()
            .OrderBy(rule => rule.Id, StringComparer.Ordinal).ToList();
        return [.. Controls.Catalogues(rules).SelectMany(catalogue => catalogue.Ids.Select(reference =>
        {
            var supporting = rules.Where(rule => rule.Controls.Contains(reference.Key)).Select(rule => rule.Id).ToArray();
            return new JsonControl(catalogue.Name, reference.Value, catalogue.Titles[reference.Value], supporting,
                findings.Count(f => supporting.Contains(f.Id)));
        }))];
    }

    /// <summary>What the rules on changes find in deletions: these have no line, so that no comment can hold it back either.</summary>
    public static IEnumerable<JsonRecordFinding> OfDeletions(Plan plan, Settings settings) =>
        from change in plan.Changes
        where change.Desired is null
        from rule in RuleCatalogue.Of<PlanRule>()
        let severity = settings.SeverityOf(rule, change.Baseline?.Manifest.Path ?? "")
        where severity != Severity.Off
        from issue in rule.Find(change, plan, settings)
        select new JsonRecordFinding(rule.Id, NameOf(severity), issue.Message, null, null, JsonReport.Of(change.Id), null);

    private static JsonRecordFinding Of(Finding finding, RecordPlaces places, string environment) => new(
        finding.Rule.Id, NameOf(finding.Severity), finding.Message, places.NameOf(finding.File.Path), finding.Range.Start.Line,
        finding.Resource?.Id is { } id ? JsonReport.Of(id) : null, environment.Length == 0 ? null : environment);

    // Only those that read a dialect which is there, or any.
    private static JsonRulesInForce RulesOf(IReadOnlyList<EnvironmentPlan> plans, Settings settings)
    {
        var dialects = plans.SelectMany(plan => plan.Plan.Changes).Select(c => c.Id.Dialect).ToHashSet(StringComparer.Ordinal);
        var rules = RuleCatalogue.All.Where(rule => rule.Dialect is null || dialects.Contains(rule.Dialect))
            .ToLookup(rule => settings.SeverityOf(rule, ""), rule => rule.Id);
        return new JsonRulesInForce([.. rules[Severity.Error]], [.. rules[Severity.Warning]], [.. rules[Severity.Info]],
            [.. rules[Severity.Off]]);
    }

    private static string UsualOf(string id) => RuleCatalogue.Find(id) is { } rule
        ? NameOf(rule.OnByDefault ? rule.Severity : Severity.Off) : "unknown";

    private static string NameOf(Severity severity) => severity.ToString().ToLowerInvariant();
}
