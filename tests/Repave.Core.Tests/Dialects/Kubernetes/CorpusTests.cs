using System.Text.Json.Nodes;
using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Dialects.Kubernetes;

/// <summary>Real manifests that nobody here wrote, and what a real API server says of each document.</summary>
public class CorpusTests(ITestOutputHelper output)
{
    [Fact]
    public void EveryErrorIsOneThatTheServerRefusesToo()
    {
        var root = SharedData.Require("data/corpus/kubernetes");
        var verdicts = File.ReadLines(SharedData.Require("data/kubernetes-validation/1.36.2.jsonl")).Select(line => JsonNode.Parse(line)!)
            .ToLookup(row => (string)row["file"]!);
        var manifests = Files(root)
            .Select(file => Manifest.Parse(Path.GetRelativePath(root, file).Replace('\\', '/'), File.ReadAllText(file))).ToList();
        var result = ManifestAnalysis.Check(manifests, new AnalysisOptions(Settings.Default));
        Assert.Equal(248, result.Files);
        foreach (var finding in result.Findings.Where(f => f.Severity == Severity.Error))
        {
            var document = DocumentIndex(finding);
            var row = verdicts[finding.File.Path].FirstOrDefault(r => (int)r["document"]! == document);
            Assert.True((string?)row?["verdict"] is "refused" or "unknown-kind",
                $"{finding.File.Path} {finding.Range.Start.Line + 1}: {finding.Rule.Id} {finding.Message}, "
                    + $"but the server says {row?["verdict"]}");
        }

        var refused = verdicts.SelectMany(v => v).Where(r => (string)r["verdict"]! == "refused").Select(r => (string)r["file"]!)
            .Distinct().ToList();
        var found = result.Findings.Where(f => f.Severity == Severity.Error).Select(f => f.File.Path).ToHashSet(StringComparer.Ordinal);
        // Of the refused files six are templates with {{ }}, and one says <…> for what should stand there; these are left alone.
        output.WriteLine($"{result.Documents} documents, {result.Resources} resources, {result.Templates} templates, "
            + $"{refused.Count(found.Contains)} of {refused.Count} refused files found");
        Assert.Equal(6, result.Templates);
        Assert.All(refused.Except(found),
            file => Assert.Matches(@"\{\{|<ADD LUN ID Here>", File.ReadAllText(Path.Combine(root, file))));
    }

    [Fact]
    public void NoRuleThrowsWithEveryRuleOn()
    {
        var root = SharedData.Require("data/corpus");
        var all = new Settings { Rules = RuleCatalogue.All.ToDictionary(r => r.Id, r => r.Severity) };
        var result = ManifestAnalysis.Check([.. Files(root).Select(file => Manifest.Parse(file, File.ReadAllText(file)))],
            new AnalysisOptions(all));
        foreach (var rule in result.Findings.GroupBy(f => f.Rule.Id).OrderBy(g => g.Key, StringComparer.Ordinal))
            output.WriteLine($"{rule.Key} {rule.Count(),5}  {rule.First().Rule.Title}");
        Assert.True(result.Files > 500);
        // Compose files and the like are nobody's business here; a manifest among them is. What is said of a template as a whole has
        // no resource.
        Assert.All(result.Findings.Where(f => !f.File.Path.Contains("/kubernetes/", StringComparison.Ordinal)),
            f => Assert.True(f.Resource is not null || f.File.Path.Contains("/cloudformation/", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("1.32")]
    [InlineData("1.33")]
    [InlineData("1.34")]
    public void EarlierReleasesRefuseWhatTheyLackAndNothingElse(string release)
    {
        var root = SharedData.Require("data/corpus/kubernetes");
        var manifests = Files(root).Select(file => Manifest.Parse(file, File.ReadAllText(file))).ToList();
        var newest = Errors(manifests, Settings.Default);
        var earlier = Errors(manifests, Settings.Default.With(new Dictionary<string, string> { ["kubernetes"] = release }));
        Assert.Empty(earlier.Except(newest));
    }

    private static List<string> Errors(IReadOnlyList<Manifest> manifests, Settings settings) =>
        [.. ManifestAnalysis.Check(manifests, new AnalysisOptions(settings)).Findings.Where(f => f.Severity == Severity.Error)
            .Select(f => $"{f.File.Path} {f.Rule.Id} {f.Path}")];

    private static IEnumerable<string> Files(string root) =>
        Directory.EnumerateFiles(root, "*.*", SearchOption.AllDirectories).Where(f => Path.GetExtension(f) is ".yaml" or ".yml" or ".json")
            .Order(StringComparer.Ordinal);

    // The verdicts count the parts between "---" lines, an empty first one included.
    private static int DocumentIndex(Finding finding) =>
        finding.File.Source.Text.Content[..(finding.Place.Slot.Start + 1)].Split('\n')
            .Count(line => line.TrimEnd() is "---" || line.StartsWith("--- ", StringComparison.Ordinal))
        + (finding.Place.Slot.Document.Text.StartsWith("---", StringComparison.Ordinal) ? 1 : 0);
}
