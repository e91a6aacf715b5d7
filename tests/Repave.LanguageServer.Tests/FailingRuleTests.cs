using System.Text.Json.Nodes;
using Repave.Core.Dialects.Kubernetes;
using Repave.Core.Rules;

namespace Repave.LanguageServer.Tests;

/// <summary>Doubles stand among the rules of the whole process, so nothing runs beside these tests.</summary>
[CollectionDefinition(nameof(FailingRuleTests), DisableParallelization = true)]
public sealed class FailingRuleCollection;

/// <summary>The server goes on without rules that fail.</summary>
[Collection(nameof(FailingRuleTests))]
public sealed class FailingRuleTests : IDisposable
{
    private static readonly TimeSpan Usual = RuleBarrier.Budget;
    private readonly string _folder = Directory.CreateTempSubdirectory("repave-failing-").FullName;
    private readonly ManualResetEventSlim _ends = new();

    public FailingRuleTests() => RuleBarrier.Budget = TimeSpan.FromMilliseconds(300);

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
        RuleCatalogue.Doubles.Add(new Double("RPV9990", () => throw new InvalidOperationException("a defect")));
        RuleCatalogue.Doubles.Add(new Double("RPV9991", () =>
        {
            while (Volatile.Read(ref loops))
                Thread.SpinWait(100);
        }));
        RuleCatalogue.Doubles.Add(new Double("RPV9992", () => _ends.Wait(TimeSpan.FromSeconds(10))));
        using var client = new Client();
        client.Initialize(_folder);
        var uri = new Uri(Path.Combine(_folder, "a.yaml")).AbsoluteUri;
        client.Open(uri, RuleCatalogue.Find("RPV1001")!.Bad);
        var codes = client.Diagnostics(uri, 1).Select(d => (string)d!["code"]!).ToList();
        Volatile.Write(ref loops, false);
        Assert.Equal(3, codes.Count(c => c == "RPV0004"));
        Assert.Contains("RPV1001", codes);
        // And it goes on serving.
        client.Open(new Uri(Path.Combine(_folder, "b.yaml")).AbsoluteUri, "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b\n");
        Assert.NotNull(client.Request("textDocument/documentSymbol",
            new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } }));
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
