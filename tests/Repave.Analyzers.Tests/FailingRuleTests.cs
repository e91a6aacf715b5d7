using Microsoft.CodeAnalysis;
using Repave.Core.Dialects.Kubernetes;
using Repave.Core.Rules;

namespace Repave.Analyzers.Tests;

/// <summary>Doubles stand among the rules of the whole process, so nothing runs beside these tests.</summary>
[CollectionDefinition(nameof(FailingRuleTests), DisableParallelization = true)]
public sealed class FailingRuleCollection;

/// <summary>A build goes on without rules that fail.</summary>
[Collection(nameof(FailingRuleTests))]
public sealed class FailingRuleTests : IDisposable
{
    private static readonly TimeSpan Usual = RuleBarrier.Budget;
    private readonly ManualResetEventSlim _ends = new();

    public FailingRuleTests() => RuleBarrier.Budget = TimeSpan.FromMilliseconds(300);

    public void Dispose()
    {
        _ends.Set();
        RuleBarrier.Budget = Usual;
        RuleBarrier.Reset();
        RuleCatalogue.Doubles.Clear();
    }

    [Fact]
    public void OneThatThrowsOneThatLoopsAndOneThatTakesTenSeconds()
    {
        var loops = true;
        RuleCatalogue.Doubles.Add(new Double("RPV9980", () => throw new InvalidOperationException("a defect")));
        RuleCatalogue.Doubles.Add(new Double("RPV9981", () =>
        {
            while (Volatile.Read(ref loops))
                Thread.SpinWait(100);
        }));
        RuleCatalogue.Doubles.Add(new Double("RPV9982", () => _ends.Wait(TimeSpan.FromSeconds(10))));
        (string Path, string Text)[] files = [("/failing/a.yaml", RuleCatalogue.Find("RPV1001")!.Bad)];
        var found = Compiling.Run(Compiling.Of(["class A;"]), [new ManifestAnalyzer()], files).Select(d => d.Id).ToList();
        Volatile.Write(ref loops, false);
        Assert.Equal(3, found.Count(id => id == "RPV0004"));
        Assert.Contains("RPV1001", found);
        Assert.DoesNotContain("RPV3000", found);
    }

    private sealed class Double(string id, Action check) : KubernetesRule
    {
        public override string Id => id;

        public override string Title => "A test double";

        public override Severity Severity => Severity.Warning;

        public override string Reason => "It is wrong on purpose. So that the others can be seen to go on.";

        public override string Bad => "";

        public override string Good => "";

        public override void Check(KubernetesResource resource, KubernetesSet set, FindingSink sink) => check();
    }
}
