using Microsoft.CodeAnalysis;
using Repave.Core.Rules;
using Repave.Tests.Shared;

namespace Repave.Analyzers.Tests;

/// <summary>Doubles stand among the rules of the whole process, so nothing runs beside these tests.</summary>
[CollectionDefinition(nameof(FailingRuleTests), DisableParallelization = true)]
public sealed class FailingRuleCollection;

/// <summary>A build goes on without rules that fail.</summary>
[Collection(nameof(FailingRuleTests))]
public sealed class FailingRuleTests : IDisposable
{
    private readonly FailingRules _failing = new(budget: 300);

    public void Dispose() => _failing.Dispose();

    [Fact]
    public void OneThatThrowsOneThatLoopsAndOneThatTakesTenSeconds()
    {
        _failing.AddThree("RPV998");
        (string Path, string Text)[] files = [("/failing/a.yaml", RuleCatalogue.Find("RPV1001")!.Bad)];
        var found = Compiling.Run(Compiling.Of(["class A;"]), [new ManifestAnalyzer()], files).Select(d => d.Id).ToList();
        _failing.StopLooping();
        Assert.Equal(3, found.Count(id => id == "RPV0004"));
        Assert.Contains("RPV1001", found);
        Assert.DoesNotContain("RPV3000", found);
    }
}
