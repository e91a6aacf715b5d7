using System.Text.Json.Nodes;

namespace Repave.LanguageServer.Tests;

/// <summary>From an image to the Dockerfile that it is built of, and back.</summary>
public sealed class ImageFeatureTests : IDisposable
{
    private const string Compose = "services:\n  api:\n    build: {context: api, target: final}\n    image: shop/api:1\n"
        + "  worker:\n    image: shop/api:2\n";

    private const string Dockerfile = "FROM alpine:latest AS base\nRUN true\nFROM base AS final\nCMD [\"sh\"]\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("repave-lsp-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AnImageLeadsToItsDockerfileAndBack()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "api"));
        var (compose, dockerfile) = (Write("compose.yaml", Compose), Write("api/Dockerfile", Dockerfile));
        using var client = new Client();
        client.Initialize(_folder);
        client.Open(dockerfile, Dockerfile);
        // Who uses it is known once the workspace was read.
        var found = client.Diagnostics(dockerfile, 1, all => all.Any(d => d!["relatedInformation"] is JsonArray { Count: 2 }));
        Assert.Equal([(compose, 2), (compose, 5)], Assert.Single(found)!["relatedInformation"]!.AsArray()
            .Select(r => ((string)r!["location"]!["uri"]!, (int)r["location"]!["range"]!["start"]!["line"]!)));
        client.Open(compose, Compose);
        client.Diagnostics(compose, 1);
        Assert.Equal([(dockerfile, 2)], Places(client.Request("textDocument/definition", Client.At(compose, 5, 14))));
        Assert.Equal([(dockerfile, 2)], Places(client.Request("textDocument/definition", Client.At(compose, 2, 22))));
        var references = Client.At(dockerfile, 2, 14);
        references["context"] = new JsonObject { ["includeDeclaration"] = false };
        Assert.Equal([(compose, 2), (compose, 3), (compose, 5)], Places(client.Request("textDocument/references", references)));
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return new Uri(path).AbsoluteUri;
    }

    private static IEnumerable<(string, int)> Places(JsonNode? found) => found!.AsArray()
        .Select(l => ((string)l!["uri"]!, (int)l["range"]!["start"]!["line"]!)).Order();
}
