using System.Reflection;
using Repave.Core.Rules;
using Repave.Tests.Shared;

namespace Repave.EndToEnd.Tests;

/// <summary>Doubles stand among the rules of the whole process, so nothing runs beside these tests.</summary>
[CollectionDefinition(nameof(FailingRuleTests), DisableParallelization = true)]
public sealed class FailingRuleCollection;

/// <summary>The tool goes on without rules that fail. It runs in this process, because only here rules can be put among its own.</summary>
[Collection(nameof(FailingRuleTests))]
public sealed class FailingRuleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("repave-failing-").FullName;
    private readonly FailingRules _failing = new(budget: 500);

    public void Dispose()
    {
        _failing.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void OneThatThrowsOneThatLoopsAndOneThatTakesTenSeconds()
    {
        _failing.AddThree("RPV997");
        File.WriteAllText(Path.Combine(_folder, "a.yaml"), RuleCatalogue.Find("RPV1001")!.Bad);
        var (code, output) = Run("check", Path.Combine(_folder, "a.yaml"), "--format", "github");
        _failing.StopLooping();
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
}
