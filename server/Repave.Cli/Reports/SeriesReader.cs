using System.Globalization;
using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Repave.Core.Rules;
using Repave.Environments;

namespace Repave.Cli;

/// <summary>Plans every commit of a series against the one before it, and adds up what they do.</summary>
internal static class SeriesReader
{
    private const int MaxCommits = 5000;
    private const int MaxFields = 12;
    private const int ShortHash = 12;

    /// <summary>The series.</summary>
    /// <param name="since">The revision that it begins after.</param>
    /// <param name="until">The revision that it ends with.</param>
    /// <param name="paths">Files and folders.</param>
    /// <param name="settings">The settings in force today: a series is judged by one measure.</param>
    /// <exception cref="CommandException">git cannot tell.</exception>
    public static JsonSeries Read(string since, string until, IReadOnlyList<string> paths, Settings settings)
    {
        var history = GitHistory.Open(Environment.CurrentDirectory)
            ?? throw new CommandException("git cannot find a repository here: neither this folder nor one above it has a .git.");
        var from = Resolve(history, since);
        var to = Resolve(history, until);
        var names = new List<string>();
        foreach (var path in paths)
            names.Add(history.NameOf(path) ?? throw new CommandException($"{path} is outside of the repository."));
        if (names.Contains("", StringComparer.Ordinal))
            names.Clear();
        // A merge is one change: what it brings was tried on its branch, and came to what runs at once.
        var commits = history.Commits(from, to, names, isFirstParent: true, MaxCommits + 1, out var reason)
            ?? throw new CommandException(reason);
        if (commits.Count > MaxCommits)
            throw new CommandException($"there are more than {MaxCommits} commits since {since}; begin later, or name fewer files.");
        var changes = new List<(JsonSeriesChange Change, DateTimeOffset Time)>();
        var plans = new List<Plan>();
        var notes = new SortedSet<string>(StringComparer.Ordinal);
        var before = commits.Count == 0 ? null : commits[^1].Parents is [var parent, ..] ? StateOf(parent, paths, settings)
            : new ReadManifests([], [], []);
        using (var progress = new Progress())
        {
            foreach (var commit in commits.Reverse())
            {
                var now = StateOf(commit.Id, paths, settings);
                var plan = Planner.Plan(now.Manifests, new Baseline($"git:{Short(commit.Id)}^", before!.Manifests)
                {
                    Unread = before.Unread,
                    Roots = before.Roots,
                    IsEarlierState = true,
                }, settings, new PlanOptions { Unread = now.Unread, Roots = now.Roots, SaysWayBack = true });
                var time = DateTimeOffset.FromUnixTimeSeconds(commit.Seconds);
                changes.Add((Of(commit, plan, settings, time), time));
                plans.Add(plan);
                notes.UnionWith(plan.Notes);
                before = now;
                progress.Show("planned", changes.Count, commits.Count, "commits");
            }
        }

        var all = changes.ConvertAll(c => c.Change);
        return new JsonSeries(1, new JsonSeriesEnd(since, from), new JsonSeriesEnd(until, to), [.. paths], PlanJson.SummaryOf(plans),
            [.. all], SeriesPeriods.Of(changes.ConvertAll(c => (c.Time, c.Change.Summary))), Kinds(plans), InPlace(all), Rules(all),
            ControlsOf(all), [.. notes]);
    }

    private static string Resolve(GitHistory history, string revision) => history.Resolve(revision)
        ?? throw new CommandException($"there is no revision '{revision}' in this repository.");

    private static ReadManifests StateOf(string commit, IReadOnlyList<string> paths, Settings settings) =>
        PlanRun.ReadRevision($"git:{Short(commit)}", commit, paths, settings);

    private static JsonSeriesChange Of(GitCommit commit, Plan plan, Settings settings, DateTimeOffset time)
    {
        var changed = plan.Changes.Where(c => c.Action != PlanAction.None).ToList();
        var findings = PlanFindings.Of(plan, settings)
            .Select(f => new JsonSeriesFinding(f.Rule.Id, f.Severity.ToString().ToLowerInvariant(), f.Message))
            .Concat(RecordPolicy.OfDeletions(plan, settings).Select(f => new JsonSeriesFinding(f.Id, f.Severity, f.Message)));
        var back = BackWords.Of(plan).Select(c => c.Back!.How).DefaultIfEmpty(BackHow.Nothing).Max();
        return new JsonSeriesChange(commit.Id, time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), commit.Author,
            commit.Email, commit.Subject, PlanJson.SummaryOf([plan]),
            [.. changed.Select(c => new JsonSeriesAction(JsonReport.Of(c.Id), PlanNames.Of(c.Action),
                [.. c.Reasons.Select(r => r.Path).Distinct(StringComparer.Ordinal).Take(MaxFields)]))],
            [.. findings], WayBack.NameOf(back));
    }

    private static JsonSeriesKind[] Kinds(List<Plan> plans) =>
        [.. plans.SelectMany(plan => plan.Changes).Where(c => c.Action != PlanAction.None)
            .GroupBy(c => DialectCatalogue.KindOf(c.Id), StringComparer.Ordinal)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new JsonSeriesKind(group.Key, PlanJson.SummaryOf(group.Select(c => c.Action).ToList())))];

    private static JsonSeriesResource[] InPlace(List<JsonSeriesChange> changes) =>
        [.. changes.SelectMany(change => change.Resources.Where(r => r.Action == PlanNames.Of(PlanAction.InPlace))
                .Select(action => (change.Commit, Action: action)))
            .GroupBy(one => one.Action.Resource)
            .Select(group => new JsonSeriesResource(group.Key, group.Count(),
                [.. group.SelectMany(one => one.Action.Fields).Distinct(StringComparer.Ordinal).Take(MaxFields)],
                [.. group.Select(one => one.Commit).Distinct(StringComparer.Ordinal)]))
            .OrderByDescending(one => one.Times).ThenBy(one => one.Resource.Type, StringComparer.Ordinal)
            .ThenBy(one => one.Resource.Namespace, StringComparer.Ordinal).ThenBy(one => one.Resource.Name, StringComparer.Ordinal)];

    private static JsonSeriesRule[] Rules(List<JsonSeriesChange> changes) =>
        [.. changes.SelectMany(change => change.Findings.Select(finding => (change.Commit, finding.Id)))
            .GroupBy(one => one.Id, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new JsonSeriesRule(group.Key, RuleCatalogue.Find(group.Key)?.Title ?? "", group.Count(),
                [.. group.Select(one => one.Commit).Distinct(StringComparer.Ordinal)]))];

    // The controls that the rules on changes support, with those that nothing was found of.
    private static JsonControl[] ControlsOf(List<JsonSeriesChange> changes)
    {
        var found = changes.SelectMany(change => change.Findings).ToLookup(finding => finding.Id, StringComparer.Ordinal);
        var rules = RuleCatalogue.Of<PlanRule>();
        return [.. Controls.Catalogues([.. rules]).SelectMany(catalogue => catalogue.Ids.Select(reference =>
        {
            var supporting = rules.Where(rule => rule.Controls.Contains(reference.Key)).Select(rule => rule.Id).ToArray();
            return new JsonControl(catalogue.Name, reference.Value, catalogue.Titles[reference.Value], supporting,
                supporting.Sum(id => found[id].Count()));
        }))];
    }

    private static string Short(string hash) => hash[..Math.Min(ShortHash, hash.Length)];
}
