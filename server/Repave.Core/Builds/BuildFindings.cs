using Repave.Core.Analysis;
using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Text;

namespace Repave.Core.Builds;

/// <summary>What the rules find in what was built: each finding once, at the place that a person edits, with the environments that
/// have it.</summary>
public static class BuildFindings
{
    /// <summary>Checks what was built for environments, once for each distinct text.</summary>
    /// <param name="environments">The environments.</param>
    /// <param name="options">How to check.</param>
    /// <param name="naming">The files around them that say which images are put in later
    /// (<see cref="DialectCatalogue.NamesImages"/>).</param>
    /// <param name="analyses">Takes the analyses; null where nobody asks for them.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static CheckResult Of(IReadOnlyList<BuiltEnvironment> environments, AnalysisOptions options,
        IReadOnlyList<Manifest>? naming = null, ICollection<ManifestAnalysis>? analyses = null, CancellationToken cancellation = default)
    {
        var found = new FoundOnce();
        var (documents, resources) = (0, 0);
        foreach (var source in environments.GroupBy(one => one.Environment.Folder, StringComparer.Ordinal))
        {
            var all = source.ToList();
            foreach (var one in all)
            {
                foreach (var problem in one.Result.Problems)
                    found.Add(ProblemOf(problem, all, options.Settings), [one.Environment.Name]);
            }

            var isFirst = true;
            foreach (var same in all.GroupBy(one => one.Text, StringComparer.Ordinal))
            {
                var one = same.First();
                if (one.Manifests.Count == 0)
                    continue;
                string[] names = [.. same.Select(other => other.Environment.Name)];
                Manifest[] manifests = [.. one.Manifests, .. naming ?? []];
                var analysis = ManifestAnalysis.Of(manifests, options, cancellation);
                analyses?.Add(analysis);
                var check = analysis.Result(manifests.Length);
                if (isFirst)
                    (documents, resources) = (documents + check.Documents, resources + check.Resources);
                isFirst = false;
                foreach (var finding in check.Findings)
                    found.Add(Written(finding), names);
            }
        }

        return new CheckResult(0, documents, resources, 0, found.All);
    }

    /// <summary>What was found in what was built for environments, where that was checked already.</summary>
    /// <param name="environments">The environments, each with the analysis of what was built; equal texts may share one.</param>
    /// <param name="settings">The settings in force.</param>
    public static IReadOnlyList<Finding> Of(
        IReadOnlyList<(BuiltEnvironment Built, ManifestAnalysis Analysis)> environments, Settings settings)
    {
        var found = new FoundOnce();
        foreach (var source in environments.GroupBy(one => one.Built.Environment.Folder, StringComparer.Ordinal))
        {
            var all = source.Select(one => one.Built).ToList();
            foreach (var (built, analysis) in source)
            {
                foreach (var problem in built.Result.Problems)
                    found.Add(ProblemOf(problem, all, settings), [built.Environment.Name]);
                foreach (var finding in analysis.Paths.SelectMany(analysis.Findings))
                    found.Add(Written(finding), [built.Environment.Name]);
            }
        }

        return found.All;
    }

    /// <summary>What was found in files as they stand and in what is built from them, as one: of a file that only goes into builds, what it
    /// says of resources counts where what is built from it says the same.</summary>
    /// <param name="plain">What was found in files as they stand.</param>
    /// <param name="built">What was found in what was built.</param>
    /// <param name="environments">What was built.</param>
    public static IReadOnlyList<Finding> Together(
        IReadOnlyList<Finding> plain, IReadOnlyList<Finding> built, IReadOnlyList<BuiltEnvironment> environments)
    {
        var parts = new HashSet<string>(environments.Where(one => one.MayBeTakenIn).SelectMany(one => one.Parts), StringComparer.Ordinal);
        var byPlace = built.ToLookup(finding => (finding.Rule.Id, finding.File.Path));
        Finding[] kept = [.. plain.Where(finding => finding.Resource is null || !parts.Contains(finding.File.Path)
            || byPlace[(finding.Rule.Id, finding.File.Path)].Any(other => Touches(finding, other)))];
        var said = kept.ToLookup(finding => (finding.Rule.Id, finding.File.Path));
        return
        [
            .. kept.Select(finding =>
                byPlace[(finding.Rule.Id, finding.File.Path)].FirstOrDefault(other => Touches(finding, other)) is { } same
                    && finding.Environments.Count == 0 ? finding with { Environments = same.Environments } : finding),
            .. built.Where(finding => !said[(finding.Rule.Id, finding.File.Path)].Any(other => Touches(finding, other))),
        ];

        static bool Touches(Finding one, Finding other) =>
            one.FileSpan.Start <= other.FileSpan.End && other.FileSpan.Start <= one.FileSpan.End;
    }

    // What comes out of packed files, and nobody here can change, is not said.
    private static Finding? Written(Finding finding)
    {
        if (finding.File.Path.IndexOf(".tgz/", StringComparison.Ordinal) >= 0)
            return null;
        if (finding.Manifest.Origin is not null && Suppressions.Suppresses(finding.File, finding.FileSpan, finding.Rule.Id))
            return null;
        // A fix of the built text is none of the text that it is built from.
        return finding.Manifest.Origin is null ? finding : finding with { Fix = null };
    }

    private static Finding? ProblemOf(BuildProblem problem, List<BuiltEnvironment> all, Settings settings)
    {
        if (problem.File is not { } file)
            return null;
        // A chart that wants values before it builds is right as long as some are there that it builds with.
        if (problem is { IsFatal: true, IsDemand: true } && all.Exists(one => !one.Result.Failed))
            return null;
        var rule = problem.Rule ?? (problem.IsFatal ? BuildFailed.Instance : PartNotBuilt.Instance);
        var sink = new FindingSink(file, file.Source.Whole, settings);
        var related = problem.Chain.Where(place => place.File.Path != file.Path || place.Span != problem.Span)
            .Select(place => new RelatedPlace(new Place(place.File, place.File.Source.Whole, place.Span), "Called from here")).ToArray();
        sink.Add(rule, problem.Span, Sentence(problem), severity: problem.IsDemand ? Severity.Info : problem.Severity, related: related);
        return sink.Findings.FirstOrDefault();
    }

    private static string Sentence(BuildProblem problem)
    {
        if (!problem.IsFatal)
            return problem.Message;
        var what = problem.Summary.Trim();
        return problem.IsDemand ? $"With the default values nothing is built: {what}" : $"This cannot be built: {what}";
    }

    // Each finding once, with the environments that have it.
    private sealed class FoundOnce
    {
        private readonly Dictionary<(string Rule, string File, TextSpan Span), (Finding Finding, List<string> Names)> _found = [];
        private readonly List<(string Rule, string File, TextSpan Span)> _order = [];

        public IReadOnlyList<Finding> All => [.. _order.Select(key => _found[key].Finding with
        {
            Environments = [.. _found[key].Names.Distinct()],
        })];

        public void Add(Finding? finding, IReadOnlyList<string> names)
        {
            if (finding is null)
                return;
            var key = (finding.Rule.Id, finding.File.Path, finding.FileSpan);
            if (!_found.TryGetValue(key, out var known))
            {
                _found[key] = known = (finding, []);
                _order.Add(key);
            }

            known.Names.AddRange(names);
        }
    }
}
