using System.Text.Json.Nodes;
using Repave.Core.Tests.Support;

namespace Repave.LanguageServer.Tests;

/// <summary>All that the server says times the shapes that secrets stand in. What an edit puts back into the text that it was taken from is
/// the only thing that may hold them.</summary>
public sealed class SecretFeatureTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("repave-lsp-").FullName;

    public static TheoryData<string> Names => [.. SecretShapes.All.Keys];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task NoAnswerHoldsTheSecret(string name)
    {
        var (file, text) = (SecretShapes.FileOf(name), SecretShapes.All[name](SecretShapes.New));
        Directory.CreateDirectory(Path.Combine(_folder, "w"));
        Directory.CreateDirectory(Path.Combine(_folder, "before"));
        File.WriteAllText(Path.Combine(_folder, "before", file), SecretShapes.All[name](SecretShapes.Old));
        File.WriteAllText(Path.Combine(_folder, "w", file), text);
        File.WriteAllText(Path.Combine(_folder, "w", ".repave.yaml"),
            "rules:\n" + string.Concat(Core.Rules.RuleCatalogue.All.Select(r => $"  {r.Id}: info\n")));
        var uri = new Uri(Path.Combine(_folder, "w", file)).AbsoluteUri;
        using var client = Client.Start(Path.Combine(_folder, "w"), new JsonObject { ["baseline"] = "../before" });
        client.Open(uri, text);
        client.Wait(n => (string?)n["method"] == "repave/planChanged");
        JsonObject Of() => new() { ["textDocument"] = new JsonObject { ["uri"] = uri } };
        string Ask(string method, JsonObject parameters) => client.Request(method, parameters)?.ToJsonString() ?? "";
        foreach (var method in (string[])["documentSymbol", "codeLens", "foldingRange", "documentLink", "diagnostic"])
            SecretShapes.AssertHidden(Ask("textDocument/" + method, Of()), method);
        var lines = text.Split('\n');
        JsonObject Whole() => new()
        {
            ["start"] = new JsonObject { ["line"] = 0, ["character"] = 0 },
            ["end"] = new JsonObject { ["line"] = lines.Length, ["character"] = 0 },
        };
        var hints = Of();
        hints["range"] = Whole();
        SecretShapes.AssertHidden(Ask("textDocument/inlayHint", hints), "inlayHint");
        SecretShapes.AssertHidden(Ask("repave/plan", []), "plan");
        foreach (var item in client.Request("repave/plan", [])!["items"]!.AsArray())
        {
            var sides = Ask("repave/sides", new JsonObject { ["key"] = (string)item!["key"]! });
            Assert.Contains("before", sides, StringComparison.Ordinal);
            SecretShapes.AssertHidden(sides, "sides");
        }

        SecretShapes.AssertHidden(Ask("workspace/diagnostic", []), "workspace/diagnostic");
        foreach (var query in (string[])["", "planted", "s"])
            SecretShapes.AssertHidden(Ask("workspace/symbol", new JsonObject { ["query"] = query }), "workspace/symbol");
        for (var line = 0; line < lines.Length; line++)
        {
            for (var at = 0; at <= lines[line].Length; at += 3)
            {
                foreach (var method in (string[])["hover", "completion", "definition", "prepareRename"])
                {
                    var answer = await client.Send("textDocument/" + method, Client.At(uri, line, at)).WaitAsync(TimeSpan.FromSeconds(30));
                    SecretShapes.AssertHidden(answer.ToJsonString(), $"{method} at {line}:{at}");
                }
            }
        }

        var actions = Of();
        actions["range"] = Whole();
        actions["context"] = new JsonObject { ["diagnostics"] = new JsonArray() };
        foreach (var action in client.Request("textDocument/codeAction", actions)!.AsArray())
        {
            action!.AsObject().Remove("edit");
            SecretShapes.AssertHidden(action.ToJsonString(), "codeAction");
        }

        foreach (var said in client.Said())
            SecretShapes.AssertHidden(said.ToJsonString(), (string?)said["method"] ?? "notification");
    }
}
