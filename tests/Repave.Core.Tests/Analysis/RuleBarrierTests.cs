using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Tests.Support;
using Repave.Tests.Shared;

namespace Repave.Core.Tests.Analysis;

/// <summary>Rules that fail: one that throws, one that never comes back, one that takes too long. The others go on.</summary>
[Collection(nameof(Alone))]
public sealed class RuleBarrierTests : IDisposable
{
    private readonly FailingRules _failing = new(budget: 200);

    public void Dispose() => _failing.Dispose();

    [Fact]
    public void ARuleThatThrowsIsOneFindingAndTheOthersGoOn()
    {
        var expected = Findings(Check(20));
        FailingRules.Add("RPV9998", (_, _) => throw new InvalidOperationException("a defect"));
        var findings = Check(20);
        var failed = Assert.Single(findings, f => f.Rule == RuleFailed.Instance);
        Assert.Contains("RPV9998 failed here: InvalidOperationException", failed.Message, StringComparison.Ordinal);
        Assert.True(failed.FileSpan.Length > 0);
        Assert.Equal(expected, Findings([.. findings.Where(f => f != failed)]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void ARuleThatNeverComesBackIsLeftBehind(int files)
    {
        var expected = Findings(Check(files));
        FailingRules.Add("RPV9997", (_, _) => _failing.Ends.Wait());
        var findings = Check(files);
        var failed = Assert.Single(findings, f => f.Rule == RuleFailed.Instance);
        Assert.Contains("RPV9997 failed here: it took longer than", failed.Message, StringComparison.Ordinal);
        Assert.Equal(expected, Findings([.. findings.Where(f => f != failed)]));
        // Nobody waits for it a second time.
        Assert.Single(Check(files), f => f.Rule == RuleFailed.Instance);
    }

    [Fact]
    public void ARuleThatComesBackTooLateChangesNothing()
    {
        var expected = Findings(Check(5));
        FailingRules.Add("RPV9996", (resource, sink) =>
        {
            _failing.Ends.Wait(TimeSpan.FromMilliseconds(600));
            sink.Add(RuleCatalogue.All[0], resource, resource.NameNode, "too late");
        });
        var findings = Check(5);
        Thread.Sleep(900);
        Assert.Single(findings, f => f.Rule == RuleFailed.Instance);
        Assert.Equal(expected, Findings([.. findings.Where(f => f.Rule != RuleFailed.Instance)]));
    }

    [Fact]
    public void AnEditIsAnsweredToo()
    {
        var before = ManifestAnalysis.Of([Of(0)], new AnalysisOptions(Settings.Default));
        FailingRules.Add("RPV9995", (_, _) => throw new NullReferenceException());
        before = ManifestAnalysis.Of([Of(0)], new AnalysisOptions(Settings.Default));
        var after =
            before.With(Manifest.Parse("f0.yaml", Of(0).Source.Text.Content.Replace("app: web", "app: shop", StringComparison.Ordinal)));
        Assert.Contains(after.Findings("f0.yaml"), f => f.Rule == RuleFailed.Instance);
        Assert.Contains(after.Findings("f0.yaml"), f => f.Rule.Id == "RPV1001");
    }

    private static IReadOnlyList<Finding> Check(int files) =>
        ManifestAnalysis.Check([.. Enumerable.Range(0, files).Select(Of)], new AnalysisOptions(Settings.Default)).Findings;

    private static Manifest Of(int index) => Manifest.Parse($"f{index}.yaml", RuleCatalogue.Find("RPV1001")!.Bad);

    private static List<string> Findings(IReadOnlyList<Finding> findings) =>
        [.. findings.Select(f => $"{f.File.Path} {f.Range} {f.Rule.Id}").Order(StringComparer.Ordinal)];
}
