using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Rules;

/// <summary>A set whose trees are dropped and made again gives the findings of one whose trees are held.</summary>
public class LargeSetTests
{
    private static readonly Settings Everything = new() { Rules = RuleCatalogue.All.ToDictionary(r => r.Id, r => r.Severity) };

    [Fact]
    public void ExamplesOfEveryRuleAreJudgedTheSame() =>
        AssertSame(
            [.. RuleCatalogue.All.SelectMany(rule => new[] { ($"{rule.Id}/bad.yaml", rule.Bad), ($"{rule.Id}/good.yaml", rule.Good) })]);

    [Fact]
    public void TheCorpusIsJudgedTheSame()
    {
        var root = SharedData.Require("data/corpus/kubernetes");
        AssertSame([.. Directory.EnumerateFiles(root, "*.y*ml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => (Path.GetRelativePath(root, file).Replace('\\', '/'), File.ReadAllText(file)))]);
    }

    [Fact]
    public void ItemsOfAListAreFoundAgain() =>
        AssertSame([("list.yaml", "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: a, uid: x}\n"
            + "- 5\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: b, uid: x}\n  data: {c: on}\n")]);

    private static void AssertSame(IReadOnlyList<(string Path, string Text)> files)
    {
        var held = Findings(files, new AnalysisOptions(Everything) { TreesHeld = int.MaxValue });
        Assert.NotEmpty(held);
        Assert.Equal(held, Findings(files, new AnalysisOptions(Everything) { TreesHeld = 0 }));
    }

    private static List<string> Findings(IReadOnlyList<(string Path, string Text)> files, AnalysisOptions context) =>
        [.. ManifestAnalysis.Check([.. files.Select(f => Manifest.Parse(f.Path, f.Text))], context).Findings
            .Select(f => $"{f.File.Path} {f.Range} {f.Rule.Id} {f.Path} {f.Message} {f.Fix?.Edits.Count}")];
}
