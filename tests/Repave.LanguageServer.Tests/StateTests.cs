using System.Text.Json.Nodes;

namespace Repave.LanguageServer.Tests;

/// <summary>What an editor's status says of a document.</summary>
public sealed class StateTests : IDisposable
{
    private const string Pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: b}\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("repave-state-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ADialectSaysItsReleaseAndBaseline()
    {
        File.WriteAllText(Path.Combine(_folder, ".repave.yaml"), "kubernetes:\n  version: \"1.34\"\n");
        var state = Assert.Single(Ask("a.yaml", Pod, "baseline.yaml", "1.34"))!;
        Assert.Equal("kubernetes", (string)state["dialect"]!);
        Assert.Equal(2, (int)state["resources"]!);
        Assert.Equal("1.34", (string)state["version"]!);
        Assert.Equal("baseline.yaml", (string)state["baseline"]!);
    }

    [Fact]
    public void ADialectWithoutReleasesHasNoVersion()
    {
        var state = Assert.Single(Ask("main.tf", "locals {\n  a = 1\n}\n", null))!;
        Assert.Equal("Terraform", (string)state["dialect"]!);
        Assert.Null(state["version"]);
        Assert.Null(state["baseline"]);
    }

    [Fact]
    public void AForeignFileHasNone() => Assert.Empty(Ask("notes.yaml", "a: 1\n", null));

    private JsonArray Ask(string path, string text, string? baseline, string? version = null)
    {
        File.WriteAllText(Path.Combine(_folder, path), text);
        using var client = Client.Start(_folder, new JsonObject { ["baseline"] = baseline });
        var uri = new Uri(Path.Combine(_folder, path)).AbsoluteUri;
        client.Open(uri, text);
        client.Diagnostics(uri, 1);
        JsonArray States() => client.Request("repave/state", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } })!.AsArray();
        // Settings count once the workspace was read.
        for (var tries = 0; tries < 600 && version is not null && (string?)States()[0]!["version"] != version; tries++)
            Thread.Sleep(50);
        return States();
    }
}
