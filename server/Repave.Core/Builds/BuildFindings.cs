using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Text;

namespace Repave.Core.Builds;

/// <summary>What the rules find in what was built, each finding once and at the place that a person edits.</summary>
public static class BuildFindings
{
    /// <summary>Checks what a folder builds: as it is, and with each file of values.</summary>
    public static CheckResult Of(BuiltFolder built, AnalysisOptions options, CancellationToken cancellation = default)
    {
        var findings = new List<Finding>();
        var said = new HashSet<(string Rule, string File, TextSpan Span)>();
        var (documents, resources) = (0, 0);
        var results = built.Variants.Select(variant => variant.Result).Prepend(built.Result).ToList();
        var texts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var result in results)
        {
            foreach (var problem in result.Problems)
                Add(ProblemOf(problem, results, options.Settings));
            // The same set again says nothing new.
            if (!texts.Add(string.Concat(result.Outputs.Where(output => output.IsManifest).Select(output => output.Source + "\0"
                + output.Text + "\0"))))
                continue;
            var manifests = result.Outputs.Where(output => output.IsManifest && output.Text.Trim().Length > 0)
                .Select(output => output.Manifest).ToArray();
            var check = ManifestAnalysis.Check(manifests, options, cancellation);
            if (ReferenceEquals(result, built.Result))
                (documents, resources) = (check.Documents, check.Resources);
            foreach (var finding in check.Findings)
                Add(Written(finding, built));
        }

        return new CheckResult(0, documents, resources, 0, findings);

        void Add(Finding? finding)
        {
            if (finding is not null && said.Add((finding.Rule.Id, finding.File.Path, finding.FileSpan)))
                findings.Add(finding);
        }
    }

    // What comes out of others' files, and nobody here can change, is not said.
    private static Finding? Written(Finding finding, BuiltFolder built)
    {
        var prefix = built.Folder.Length == 0 || built.Folder == "." ? "" : built.Folder.TrimEnd('/') + "/";
        var path = finding.File.Path;
        if (!path.StartsWith(prefix, StringComparison.Ordinal) || path.StartsWith("../", StringComparison.Ordinal)
            || path.IndexOf(".tgz/", StringComparison.Ordinal) >= 0)
            return null;
        // A fix of the built text is none of the text that it is built from.
        return finding with { Fix = null };
    }

    private static Finding? ProblemOf(BuildProblem problem, List<BuildResult> results, Settings settings)
    {
        if (problem.File is not { } file)
            return null;
        // A chart that wants values before it builds is right as long as some are there that it builds with.
        if (problem is { IsFatal: true, IsDemand: true } && results.Any(result => !result.Failed))
            return null;
        var rule = problem.IsFatal ? BuildFailed.Instance : PartNotBuilt.Instance;
        var sink = new FindingSink(file, file.Source.Whole, settings);
        var related = problem.Chain.Where(place => place.File.Path != file.Path || place.Span != problem.Span)
            .Select(place => new RelatedPlace(new Place(place.File, place.File.Source.Whole, place.Span), "Called from here")).ToArray();
        sink.Add(rule, problem.Span, Sentence(problem), severity: problem.IsDemand ? Severity.Info : null, related: related);
        return sink.Findings.FirstOrDefault();
    }

    private static string Sentence(BuildProblem problem)
    {
        if (!problem.IsFatal)
            return problem.Message;
        var what = problem.Summary.Trim();
        return problem.IsDemand ? $"With the default values nothing is built: {what}" : $"This cannot be built: {what}";
    }
}
