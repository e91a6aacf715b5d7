using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Tests.Shapes;

/// <summary>A key that is half typed or misspelt is wrong by itself; what stands below it is looked at as if it were right.</summary>
public class MeantKeysTests
{
    private const string Pod = """
        apiVersion: v1
        kind: Pod
        metadata:
          name: web
        spec:
          containers:
            - name: web
              image: web:1.2
              imagePullPolice: Always
        """;

    [Theory]
    [InlineData("spec:", "spce:", "5 Unknown field 'spce' here; did you mean 'spec'?", "9 Unknown field 'imagePullPolice'")]
    [InlineData("containers:", "contain:", "6 Unknown field 'contain' in 'spec'; did you mean 'containers'?", "9 Unknown field 'imagePullPolice'")]
    [InlineData("spec:", "sp", "5 A ':' is missing behind 'sp'.", "9 Unknown field 'imagePullPolice'")]
    [InlineData("metadata:", "metadat:", "3 Unknown field 'metadat' here; did you mean 'metadata'?", "9 Unknown field 'imagePullPolice'")]
    [InlineData("spec:", "status:", "1 The field 'spec.containers' is required")]
    [InlineData("spec:", "whatever:", "1 The field 'spec.containers' is required", "5 Unknown field 'whatever' here")]
    public void WhatStandsBelowIsLookedAt(string right, string wrong, params string[] said)
    {
        var text = Pod.Replace(right, wrong, StringComparison.Ordinal);
        var findings = Of(text).Where(f => f.Rule.Id[3] == '0').Select(f => $"{f.Range.Start.Line + 1} {f.Message}").ToList();
        Assert.All(said, expected => Assert.Contains(findings, f => f.StartsWith(expected, StringComparison.Ordinal)));
        // Nothing follows from what is taken as it was meant; kubectl reads what is written.
        Assert.DoesNotContain(findings, f => f.Contains("kubectl", StringComparison.Ordinal));
        if (!said[0].StartsWith('1'))
            Assert.DoesNotContain(findings, f => f.Contains("required", StringComparison.Ordinal));
    }

    [Fact]
    public void AKeyBesideTheRightOneIsTakenAsItIsWritten()
    {
        var findings = Of(Pod + "\nspce:\n  containers:\n    - name: other\n      image: x:1\n      imagePullPolice: Never\n");
        Assert.Equal(2, findings.Count(f => f.Message.StartsWith("Unknown field", StringComparison.Ordinal)));
    }

    private static List<Finding> Of(string text)
    {
        var manifest = Manifest.Parse("a.yaml", text);
        return [.. ManifestAnalysis.Of(1, _ => manifest, new AnalysisOptions(Settings.Default)).Findings("a.yaml")];
    }
}
