using System.Reflection;
using Repave.Core.Dialects.Kubernetes;
using Repave.Core.Rules;

namespace Repave.EndToEnd.Tests;

/// <summary>Doubles stand among the rules of the whole process, so nothing runs beside these tests.</summary>
[CollectionDefinition(nameof(FailingRuleTests), DisableParallelization = true)]
public sealed class FailingRuleCollection;

/// <summary>The tool goes on without rules that fail. It runs in this process, because only here rules can be put among its own.</summary>
[Collection(nameof(FailingRuleTests))]
public sealed class FailingRuleTests : IDisposable
{
    private static readonly TimeSpan Usual = RuleBarrier.Budget;
    private readonly string _folder = Directory.CreateTempSubdirectory("repave-failing-").FullName;
    private readonly ManualResetEventSlim _ends = new();

    public FailingRuleTests() => RuleBarrier.Budget = TimeSpan.FromMilliseconds(500);

    public void Dispose()
    {
        _ends.Set();
        RuleBarrier.Budget = Usual;
        RuleBarrier.Reset();
        RuleCatalogue.Doubles.Clear();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void OneThatThrowsOneThatLoopsAndOneThatTakesTenSeconds()
    {
        var loops = true;
        RuleCatalogue.Doubles.Add(new Double("RPV9970", () => throw new InvalidOperationException("a defect")));
        RuleCatalogue.Doubles.Add(new Double("RPV9971", () =>
        {
            while (Volatile.Read(ref loops))
                Thread.SpinWait(100);
        }));
        RuleCatalogue.Doubles.Add(new Double("RPV9972", () => _ends.Wait(TimeSpan.FromSeconds(10))));
        File.WriteAllText(Path.Combine(_folder, "a.yaml"), RuleCatalogue.Find("RPV1001")!.Bad);
        var (code, output) = Run("check", Path.Combine(_folder, "a.yaml"), "--format", "github");
        Volatile.Write(ref loops, false);
        Assert.Equal(0, code);
        Assert.Equal(3, output.Split("RPV0004").Length - 1);
        Assert.Contains("RPV1001", output, StringComparison.Ordinal);
    }

    private static (int Code, string Output) Run(params string[] arguments)
    {
        var tool = Assembly.Load("repave").EntryPoint!;
        var (usual, output) = (Console.Out, new StringWriter());
        Console.SetOut(output);
        try
        {
            return ((int)tool.Invoke(null, [arguments])!, output.ToString());
        }
        finally
        {
            Console.SetOut(usual);
        }
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
