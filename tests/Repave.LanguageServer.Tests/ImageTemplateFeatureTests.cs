using System.Text.Json.Nodes;

namespace Repave.LanguageServer.Tests;

/// <summary>Hovers, definitions, references and completion in Packer's templates and Bake's files, as texts with a cursor (<c>¦</c>) in
/// them. A module of Terraform lies beside them, which is of the same language.</summary>
public sealed class ImageTemplateFeatureTests : IDisposable
{
    private const string Variables = "variable \"region\" {\n  type    = string\n  default = \"eu-west-1\"\n}\n"
        + "variable \"token\" {\n  default   = \"abcdefgh\"\n  sensitive = true\n}\nlocals {\n  stamp = \"v1\"\n}\n"
        + "source \"docker\" \"web\" {\n  image = \"debian:12\"\n}\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("repave-lsp-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("image.pkr.hcl", "source \"docker\" \"a\" {\n  image = var.reg¦ion\n}\n", "**variable region**",
        "default `\"eu-west-1\"`")]
    [InlineData("image.pkr.hcl", "source \"docker\" \"a\" {\n  image = \"a:${local.sta¦mp}\"\n}\n", "**local stamp**", "value `\"v1\"`")]
    [InlineData("image.pkr.hcl", "build {\n  sources = [\"source.docker.we¦b\"]\n}\n", "**source docker.web**", "docker")]
    [InlineData("image.pkr.hcl", "source \"docker\" \"a\" {\n  image = var.tok¦en\n}\n", "**variable token**", "sensitive")]
    [InlineData("docker-bake.hcl", "variable \"TAG\" {\n  default = \"1\"\n}\ntarget \"a\" {\n  tags = [\"a:${TA¦G}\"]\n}\n",
        "**variable TAG**", "default `\"1\"`")]
    public void AHoverSaysWhatIsDeclared(string file, string marked, string first, string second)
    {
        using var client = Open(file, marked, out var uri, out var line, out var character);
        var text = (string)client.Request("textDocument/hover", Client.At(uri, line, character))!["contents"]!["value"]!;
        Assert.Contains(first, text, StringComparison.Ordinal);
        Assert.Contains(second, text, StringComparison.Ordinal);
        Assert.DoesNotContain("abcdefgh", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("image.pkr.hcl", "source \"docker\" \"a\" {\n  image = var.reg¦ion\n}\n", "variables.pkr.hcl", 0)]
    [InlineData("image.pkr.hcl", "source \"docker\" \"a\" {\n  image = local.sta¦mp\n}\n", "variables.pkr.hcl", 9)]
    [InlineData("image.pkr.hcl", "build {\n  sources = [\"docker.we¦b\"]\n}\n", "variables.pkr.hcl", 11)]
    [InlineData("image.pkr.hcl", "build {\n  source \"source.docker.we¦b\" {\n    name = \"a\"\n  }\n}\n", "variables.pkr.hcl", 11)]
    [InlineData("docker-bake.hcl", "target \"b\" {}\ntarget \"a\" {\n  inherits = [\"¦b\"]\n}\n", "docker-bake.hcl", 0)]
    [InlineData("docker-bake.hcl", "TAG = \"1\"\ntarget \"a\" {\n  tags = [\"a:${¦TAG}\"]\n}\n", "docker-bake.hcl", 0)]
    [InlineData("docker-bake.hcl", "group \"all\" {\n  targets = [\"¦a\"]\n}\ntarget \"a\" {}\n", "docker-bake.hcl", 3)]
    public void ANameLeadsToWhatDeclaresIt(string file, string marked, string target, int definedAt)
    {
        using var client = Open(file, marked, out var uri, out var line, out var character);
        var definition = Assert.Single(client.Request("textDocument/definition", Client.At(uri, line, character))!.AsArray())!;
        Assert.EndsWith("/" + target, (string)definition["uri"]!, StringComparison.Ordinal);
        Assert.Equal(definedAt, (int)definition["range"]!["start"]!["line"]!);
    }

    [Theory]
    [InlineData("image.pkr.hcl", "source \"docker\" \"a\" {\n  image = var.¦\n}\n", "region", "stamp")]
    [InlineData("image.pkr.hcl", "source \"docker\" \"a\" {\n  image = local.s¦\n}\n", "stamp", "region")]
    [InlineData("docker-bake.hcl", "variable \"TAG\" {}\ntarget \"a\" {\n  tags = [\"a:${T¦}\"]\n}\n", "TAG", "region")]
    public void CompletionOffersWhatIsDeclared(string file, string marked, string offered, string other)
    {
        using var client = Open(file, marked, out var uri, out var line, out var character);
        var items = client.Completion(uri, line, character).Select(i => (string)i!["label"]!).ToList();
        Assert.Contains(offered, items);
        Assert.DoesNotContain(other, items);
    }

    [Fact]
    public void AVariableIsRenamedInEveryFile()
    {
        using var client = Open("image.pkr.hcl", "source \"docker\" \"a\" {\n  image = var.reg¦ion\n}\n", out var uri, out var line,
            out var character);
        var at = Client.At(uri, line, character);
        at["newName"] = "place";
        var changes = client.Request("textDocument/rename", at)!["changes"]!.AsObject();
        Assert.Equal(2, changes.Count);
        Assert.All(changes, file => Assert.Equal("place", (string)file.Value![0]!["newText"]!));
    }

    private Client Open(string file, string marked, out string uri, out int line, out int character)
    {
        var at = marked.IndexOf('¦', StringComparison.Ordinal);
        var before = marked[..at];
        (line, character) = (before.Count(c => c == '\n'), at - before.LastIndexOf('\n') - 1);
        File.WriteAllText(Path.Combine(_folder, "variables.pkr.hcl"), Variables);
        Directory.CreateDirectory(Path.Combine(_folder, "net"));
        File.WriteAllText(Path.Combine(_folder, "net", "main.tf"), "variable \"cidr\" {\n  type = string\n}\n");
        var text = marked.Remove(at, 1);
        File.WriteAllText(Path.Combine(_folder, file), text);
        var client = new Client();
        client.Initialize(_folder);
        uri = new Uri(Path.Combine(_folder, file)).AbsoluteUri;
        client.Open(uri, text);
        client.Diagnostics(uri, 1);
        // The other files are there once the workspace was read.
        for (var tries = 0; tries < 600
            && client.Request("workspace/symbol", new JsonObject { ["query"] = "region" })!.AsArray().Count == 0; tries++)
            Thread.Sleep(50);
        return client;
    }
}
