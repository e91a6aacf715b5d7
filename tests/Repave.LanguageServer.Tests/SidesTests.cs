using System.Text.Json.Nodes;

namespace Repave.LanguageServer.Tests;

/// <summary>A planned resource as it was and as it will be.</summary>
public sealed class SidesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("repave-lsp-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void OfFilesBothTextsAreWholeAndOneCanBeEdited()
    {
        const string Before = "# first\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: one}\n";
        var after = Before.Replace("one", "two", StringComparison.Ordinal);
        var (client, uri) = Open("a.yaml", Before, after);
        using (client)
        {
            var sides = SidesOf(client, "ConfigMap/a");
            Assert.Equal((Before, after), ((string)sides["before"]!, (string)sides["after"]!));
            Assert.Equal(uri, (string)sides["location"]!["uri"]!);
            Assert.Equal(3, (int)sides["location"]!["range"]!["start"]!["line"]!);
        }
    }

    [Fact]
    public void WhatIsNewHadNoText()
    {
        var (client, _) = Open("a.yaml", "", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n");
        using (client)
            Assert.Equal("", (string)SidesOf(client, "ConfigMap/a")["before"]!);
    }

    [Fact]
    public void AChangeThatIsGoneHasNone()
    {
        var (client, _) = Open("a.yaml", "", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n");
        using (client)
            Assert.Null(client.Request("repave/sides", new JsonObject { ["key"] = "no such thing" }));
    }

    private (Client Client, string Uri) Open(string name, string before, string after)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "w"));
        Directory.CreateDirectory(Path.Combine(_folder, "before"));
        File.WriteAllText(Path.Combine(_folder, "before", name), before);
        var file = Path.Combine(_folder, "w", name);
        File.WriteAllText(file, after);
        var client = Client.Start(Path.Combine(_folder, "w"), new JsonObject { ["baseline"] = "../before" });
        var uri = new Uri(file).AbsoluteUri;
        client.Open(uri, after);
        client.Wait(n => (string?)n["method"] == "repave/planChanged" && n["params"]!["items"]!.AsArray().Count > 0);
        return (client, uri);
    }

    private static JsonNode SidesOf(Client client, string name)
    {
        var item = client.Request("repave/plan", [])!["items"]!.AsArray().Single(i => (string)i!["name"]! == name)!;
        return client.Request("repave/sides", new JsonObject { ["key"] = (string)item["key"]! })!;
    }
}
