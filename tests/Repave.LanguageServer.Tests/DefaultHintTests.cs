using System.Text.Json.Nodes;

namespace Repave.LanguageServer.Tests;

/// <summary>What stands for what nobody writes, beside the head of its block.</summary>
public class DefaultHintTests
{
    private const string Job = "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: a}\nspec:\n  schedule: '* * * * *'\n  jobTemplate:\n"
        + "    spec:\n      template:\n        spec:\n          restartPolicy: Never\n          containers:\n            - name: a\n"
        + "              image: a:1\n";

    private const string Block = "resource \"aws_security_group\" \"web\" {\n  name = \"web\"\n}\n"
        + "resource \"aws_security_group\" \"own\" {\n  description = \"own\"\n}\n";

    [Fact]
    public void OfAMappingWhatTheServerFillsIn()
    {
        var hints = Hints("file:///work/a.yaml", Job);
        Assert.StartsWith("concurrencyPolicy: Allow, ", hints[3], StringComparison.Ordinal);
        Assert.Contains("dnsPolicy: ClusterFirst", hints[8], StringComparison.Ordinal);
        // It is written.
        Assert.DoesNotContain("restartPolicy", hints[8], StringComparison.Ordinal);
        Assert.Contains("terminationMessagePath: /dev/termination-log", hints[11], StringComparison.Ordinal);
        // In brackets there is no line beside which it could stand.
        Assert.False(hints.ContainsKey(2));
    }

    [Fact]
    public void OfABlockWhatTheProviderPuts()
    {
        var folder = Directory.CreateTempSubdirectory("repave-lsp-").FullName;
        var file = Path.Combine(folder, "main.tf");
        File.WriteAllText(file, Block);
        var hints = Hints(new Uri(file).AbsoluteUri, Block, folder: folder);
        Assert.Contains("description: Managed by Terraform", hints[0], StringComparison.Ordinal);
        Assert.DoesNotContain("description", hints[3], StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void OnlyWhereItIsAskedFor()
    {
        using var client = Client.Start();
        client.Open("file:///work/a.yaml", Job);
        Assert.Empty(Ask(client, "file:///work/a.yaml", 0, 50));
    }

    [Fact]
    public void OnlyOfTheLinesThatAreShown() => Assert.Equal([11], Hints("file:///work/a.yaml", Job, 9, 12).Keys);

    private static SortedDictionary<int, string> Hints(string uri, string text, int from = 0, int to = 50,
        string? folder = null)
    {
        using var client = Client.Start(folder, new JsonObject { ["defaults"] = true });
        client.Open(uri, text);
        client.Diagnostics(uri, 1);
        // The file belongs to a module once the workspace was read.
        for (var tries = 0; folder is not null && tries < 600
            && Ask(client, uri, from, to).Count == 0; tries++)
            Thread.Sleep(50);
        return new(Ask(client, uri, from, to).ToDictionary(h => (int)h!["position"]!["line"]!, h => (string)h!["label"]!));
    }

    private static JsonArray Ask(Client client, string uri, int from, int to) => client.Request("textDocument/inlayHint",
        new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri }, ["range"] = WireTests.Range(from, 0, to, 0) })!.AsArray();
}
