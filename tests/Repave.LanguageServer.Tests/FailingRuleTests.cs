using System.Text.Json.Nodes;
using Repave.Core.Rules;
using Repave.Tests.Shared;

namespace Repave.LanguageServer.Tests;

/// <summary>Doubles stand among the rules of the whole process, so nothing runs beside these tests.</summary>
[CollectionDefinition(nameof(FailingRuleTests), DisableParallelization = true)]
public sealed class FailingRuleCollection;

/// <summary>The server goes on without rules that fail.</summary>
[Collection(nameof(FailingRuleTests))]
public sealed class FailingRuleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("repave-failing-").FullName;
    private readonly FailingRules _failing = new(budget: 300);

    public void Dispose()
    {
        _failing.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void OneThatThrowsOneThatLoopsAndOneThatTakesTenSeconds()
    {
        _failing.AddThree("RPV999");
        using var client = new Client();
        client.Initialize(_folder);
        var uri = new Uri(Path.Combine(_folder, "a.yaml")).AbsoluteUri;
        client.Open(uri, RuleCatalogue.Find("RPV1001")!.Bad);
        var codes = client.Diagnostics(uri, 1).Select(d => (string)d!["code"]!).ToList();
        _failing.StopLooping();
        Assert.Equal(3, codes.Count(c => c == "RPV0004"));
        Assert.Contains("RPV1001", codes);
        // And it goes on serving.
        client.Open(new Uri(Path.Combine(_folder, "b.yaml")).AbsoluteUri, "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b\n");
        Assert.NotNull(client.Request("textDocument/documentSymbol",
            new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } }));
    }
}
