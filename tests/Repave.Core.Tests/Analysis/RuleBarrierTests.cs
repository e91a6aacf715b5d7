using Repave.Core.Analysis;
using Repave.Core.Dialects.Kubernetes;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Analysis;

/// <summary>Rules that fail: one that throws, one that never comes back, one that takes too long. The others go on.</summary>
[Collection(nameof(Alone))]
public sealed class RuleBarrierTests : IDisposable
{
    private static readonly TimeSpan Usual = RuleBarrier.Budget;
    private readonly ManualResetEventSlim _ends = new();

    public RuleBarrierTests() => RuleBarrier.Budget = TimeSpan.FromMilliseconds(200);

    public void Dispose()
    {
        _ends.Set();
        RuleBarrier.Budget = Usual;
        RuleBarrier.Reset();
        RuleCatalogue.Doubles.Clear();
    }

    [Fact]
    public void ARuleThatThrowsIsOneFindingAndTheOthersGoOn()
    {
        var expected = Findings(Check(20));
        RuleCatalogue.Doubles.Add(new Double("RPV9998", (_, _) => throw new InvalidOperationException("a defect")));
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
        RuleCatalogue.Doubles.Add(new Double("RPV9997", (_, _) => _ends.Wait()));
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
        RuleCatalogue.Doubles.Add(new Double("RPV9996", (resource, sink) =>
        {
            _ends.Wait(TimeSpan.FromMilliseconds(600));
            sink.Add(RuleCatalogue.All[0], resource, resource.NameNode, "too late");
        }));
        var findings = Check(5);
        Thread.Sleep(900);
        Assert.Single(findings, f => f.Rule == RuleFailed.Instance);
        Assert.Equal(expected, Findings([.. findings.Where(f => f.Rule != RuleFailed.Instance)]));
    }

    [Fact]
    public void AnEditIsAnsweredToo()
    {
        var before = ManifestAnalysis.Of([Of(0)], new AnalysisOptions(Settings.Default));
        RuleCatalogue.Doubles.Add(new Double("RPV9995", (_, _) => throw new NullReferenceException()));
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

    private sealed class Double(string id, Action<KubernetesResource, FindingSink> check) : KubernetesRule
    {
        public override string Id => id;

        public override string Title => "A test double";

        public override Severity Severity => Severity.Warning;

        public override string Reason => "It is wrong on purpose. So that the others can be seen to go on.";

        public override string Bad => "";

        public override string Good => "";

        public override void Check(KubernetesResource resource, KubernetesSet set, FindingSink sink) => check(resource, sink);
    }
}
