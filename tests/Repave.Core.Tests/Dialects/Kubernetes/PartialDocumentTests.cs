using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Tests.Dialects.Kubernetes;

/// <summary>Documents that cannot be read to their end: what stands before the error is checked, what may only be unread is
/// not missed.</summary>
public class PartialDocumentTests
{
    [Theory]
    [InlineData("apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  typ: NodePort\n  ports:\n  - port: 80\n    name: 'x\n",
        "RPV0010@6 RPV0001@9")]
    [InlineData(
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  hostNetwork: maybe\n  containers:\n  - name: web\n   image: x\n",
        "RPV0011@6 RPV0001@9")]
    [InlineData("kind: Pod\nmetadata:\n  name: [\n", "")]
    [InlineData(
        "apiVersion: v1\nkind: Pod\nmetadata: {name: [\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers: []\n",
        "RPV0001@3 RPV0012@10")]
    public void AreCheckedAsFarAsTheyGo(string text, string expected) =>
        Assert.Equal(expected,
            string.Join(' ', ManifestAnalysis.Check([Manifest.Parse("a.yaml", text)], new AnalysisOptions(Settings.Default)).Findings
                .Select(f => $"{f.Rule.Id}@{f.Range.Start.Line + 1}")));

    [Fact]
    public void ADuplicateThatTheServerTakesIsAWarning()
    {
        var findings = ManifestAnalysis.Check([Manifest.Parse("a.yaml", RuleCatalogue.Find("RPV1001")!.Good.TrimEnd() + "\n          env:\n"
            + "            - {name: A, value: one}\n            - {name: A, value: two}\n")],
            new AnalysisOptions(Settings.Default)).Findings;
        var finding = Assert.Single(findings);
        Assert.Equal(("RPV0016", Severity.Warning, "spec.template.spec.containers[0].env[1].name"),
            (finding.Rule.Id, finding.Severity, finding.Path));
    }
}
