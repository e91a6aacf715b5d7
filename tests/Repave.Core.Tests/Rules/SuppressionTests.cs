using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Tests.Rules;

public class SuppressionTests
{
    private const string Pod = """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: shop
          uid: 7c0a3a54
          resourceVersion: "5"
        """;

    [Theory]
    [InlineData("  uid: 7c0a3a54", "  uid: 7c0a3a54 # repave: ignore RPV1601 -- restored on purpose", "RPV1601@6")]
    [InlineData("  uid: 7c0a3a54", "  # repave: ignore RPV1601 -- restored on purpose\n  uid: 7c0a3a54", "RPV1601@7")]
    [InlineData("apiVersion: v1", "# repave: ignore-resource RPV1601 -- restored on purpose\napiVersion: v1", "")]
    [InlineData("apiVersion: v1", "# repave: ignore-file RPV1601, RPV0010 -- restored on purpose\napiVersion: v1", "RPV0030@1")]
    [InlineData("  uid: 7c0a3a54", "  uid: 7c0a3a54 # repave: ignore RPV1601", "RPV0031@5 RPV1601@6")]
    [InlineData("  uid: 7c0a3a54", "  uid: 7c0a3a54 # repave: ignore RPV9999 -- what", "RPV1601@5 RPV0030@5 RPV1601@6")]
    [InlineData("  uid: 7c0a3a54", "  uid: 7c0a3a54 # repave: ignore -- what", "RPV1601@5 RPV0030@5 RPV1601@6")]
    [InlineData("  uid: 7c0a3a54", "  uid: '# repave: ignore RPV1601 -- text is not a comment'", "RPV1601@5 RPV1601@6")]
    public void HoldsBackWhatItPointsAt(string line, string replacement, string expected) =>
        Assert.Equal(expected, Findings(Pod.Replace(line, replacement, StringComparison.Ordinal)));

    [Fact]
    public void ADocumentsSuppressionsLeaveTheOthersAlone()
    {
        var two = "# repave: ignore-resource RPV1601 -- restored\n" + Pod + "\n---\n"
            + Pod.Replace("shop", "other", StringComparison.Ordinal);
        Assert.Equal("RPV1601@13 RPV1601@14", Findings(two));
    }

    private static string Findings(string text) =>
        string.Join(' ', ManifestAnalysis.Check([Manifest.Parse("a.yaml", text)], new AnalysisOptions(Settings.Default)).Findings
            .Select(f => $"{f.Rule.Id}@{f.Range.Start.Line + 1}"));
}
