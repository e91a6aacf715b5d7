using System.Text.Json.Nodes;

namespace Repave.LanguageServer.Tests;

/// <summary>Completion, hovers, definitions and renames in Terraform's files, as texts with a cursor (<c>¦</c>) in them.</summary>
public sealed class TerraformFeatureTests : IDisposable
{
    private const string Head = "variable \"region\" {\n  type = string\n}\nlocals {\n  stage = \"prod\"\n}\n"
        + "resource \"aws_sqs_queue\" \"orders\" {\n  name = \"orders\"\n}\nmodule \"net\" {\n  source = \"./net\"\n"
        + "  cidr   = \"10.0.0.0/16\"\n}\n";
    private const string Net = "variable \"cidr\" {\n  type = string\n}\noutput \"id\" {\n  value = var.cidr\n}\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("repave-lsp-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("res¦", "resource", "module")]
    [InlineData("resource \"aws_sq¦", "aws_sqs_queue", "")]
    [InlineData("resource \"aws_instance\" \"web\" {\n  ¦\n}\n", "ami", "lifecycle")]
    [InlineData("resource \"aws_instance\" \"web\" {\n  ami = \"a\"\n  ¦\n}\n", "instance_type", "!ami")]
    [InlineData("resource \"aws_instance\" \"web\" {\n  root_block_device {\n    vol¦\n  }\n}\n", "volume_size", "!ami")]
    [InlineData("resource \"aws_instance\" \"web\" {\n  dynamic \"ebs_block_device\" {\n    content {\n      ¦\n", "device_name", "")]
    [InlineData("resource \"aws_instance\" \"web\" {\n  lifecycle {\n    ¦\n  }\n}\n", "prevent_destroy", "")]
    [InlineData("resource \"aws_ebs_volume\" \"a\" {\n  encrypted = ¦\n}\n", "true", "var.region")]
    [InlineData("resource \"aws_sqs_queue\" \"a\" {\n  deduplication_scope = \"¦\"\n}\n", "queue", "messageGroup")]
    [InlineData("output \"a\" {\n  value = ¦\n}\n", "aws_sqs_queue.orders", "local.stage")]
    [InlineData("output \"a\" {\n  value = var.¦\n}\n", "region", "!stage")]
    [InlineData("output \"a\" {\n  value = aws_sqs_queue.¦\n}\n", "orders", "")]
    [InlineData("output \"a\" {\n  value = aws_sqs_queue.orders.¦\n}\n", "arn", "visibility_timeout_seconds")]
    [InlineData("output \"a\" {\n  value = \"x-${module.net.¦}\"\n}\n", "id", "")]
    [InlineData("output \"a\" {\n  value = jsonenc¦\n}\n", "jsonencode", "")]
    public void CompletionOffersWhatFits(string marked, string first, string second)
    {
        using var client = Open(Head + marked, out var uri, out var line, out var character);
        var items = client.Completion(uri, line, character)
            .Select(i => (string)i!["label"]!).ToList();
        Assert.Contains(first, items);
        if (second.StartsWith('!'))
            Assert.DoesNotContain(second[1..], items);
        else if (second.Length > 0)
            Assert.Contains(second, items);
        Assert.Equal(items.Distinct().Count(), items.Count);
    }

    [Theory]
    [InlineData("resource \"aws_inst¦ance\" \"web\" {\n}\n", "hashicorp/aws", "`availability_zone`")]
    [InlineData("resource \"aws_instance\" \"web\" {\n  am¦i = \"a\"\n}\n", "**ami**: string", "replaces the resource")]
    [InlineData("resource \"aws_instance\" \"web\" {\n  instance_ty¦pe = \"a\"\n}\n", "**instance_type**: string", "mutates in place")]
    [InlineData("resource \"aws_instance\" \"web\" {\n  root_block_device {\n    encryp¦ted = true\n  }\n}\n", "**encrypted**: bool",
        "replaces")]
    [InlineData("resource \"aws_instance\" \"web\" {\n  lifecycle {\n    prevent_dest¦roy = true\n  }\n}\n", "**prevent_destroy**",
        "refused")]
    [InlineData("output \"a\" {\n  value = var.reg¦ion\n}\n", "**var.region**: string", "main.tf")]
    [InlineData("output \"a\" {\n  value = module.net.i¦d\n}\n", "**output.id**", "main.tf")]
    [InlineData("output \"a\" {\n  value = aws_sqs_queue.orders.ar¦n\n}\n", "**arn**: string", "given by the provider")]
    [InlineData("output \"a\" {\n  value = joi¦n(\",\", [])\n}\n", "**join**(string", ": string")]
    public void HoversSayWhatItIsAndWhatChangingItDoes(string marked, string first, string second)
    {
        using var client = Open(Head + marked, out var uri, out var line, out var character);
        var text = (string)client.Request("textDocument/hover", Client.At(uri, line, character))!["contents"]!["value"]!;
        Assert.Contains(first, text, StringComparison.Ordinal);
        Assert.Contains(second, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("output \"a\" {\n  value = var.reg¦ion\n}\n", "main.tf", 0, 2)]
    [InlineData("output \"a\" {\n  value = aws_sqs_queue.ord¦ers.arn\n}\n", "main.tf", 6, 2)]
    [InlineData("output \"a\" {\n  value = module.net.i¦d\n}\n", "net/main.tf", 3, 2)]
    [InlineData("module \"other\" {\n  source = \"./net\"\n  ci¦dr = \"1\"\n}\n", "net/main.tf", 0, 4)]
    public void NamesLeadToWhatDeclaresThemAndAreRenamedTogether(string marked, string file, int definedAt, int places)
    {
        using var client = Open(Head + marked, out var uri, out var line, out var character);
        var definition = Assert.Single(client.Request("textDocument/definition", Client.At(uri, line, character))!.AsArray())!;
        Assert.EndsWith("/" + file, (string)definition["uri"]!, StringComparison.Ordinal);
        Assert.Equal(definedAt, (int)definition["range"]!["start"]!["line"]!);
        var rename = Client.At(uri, line, character);
        rename["newName"] = "other";
        var edits = client.Request("textDocument/rename", rename)!["changes"]!.AsObject().SelectMany(c => c.Value!.AsArray()).ToList();
        Assert.Equal(places, edits.Count);
        Assert.All(edits, e => Assert.Equal("other", (string)e!["newText"]!));
        // Quotes and the names before stay.
        var length = marked.Split('¦')[0].Length;
        Assert.All(edits, e => Assert.True((int)e!["range"]!["end"]!["character"]! > (int)e["range"]!["start"]!["character"]!,
            $"{length}"));
    }

    [Fact]
    public void ARenamedResourceIsOfferedItsMovedBlock()
    {
        var before = Directory.CreateTempSubdirectory("repave-lsp-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(before, "main.tf"), "resource \"aws_sqs_queue\" \"orders\" {\n  name = \"orders\"\n}\n");
            const string text = "resource \"aws_sqs_queue\" \"sales\" {\n  name = \"orders\"\n}\n";
            var file = Path.Combine(_folder, "main.tf");
            File.WriteAllText(file, text);
            using var client = Client.Start(_folder, new JsonObject { ["baseline"] = before });
            var uri = new Uri(file).AbsoluteUri;
            client.Open(uri, text);
            client.Wait(n => (string?)n["method"] == "repave/planChanged" && n["params"]!["items"]!.AsArray().Count > 0);
            // A plan of the text before it was opened may come first.
            var clock = System.Diagnostics.Stopwatch.StartNew();
            while (!Offered(client, uri).Any(edit => edit.Contains("moved {", StringComparison.Ordinal)
                && edit.Contains("aws_sqs_queue.orders", StringComparison.Ordinal)))
            {
                Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), "no moved block is offered");
                Thread.Sleep(20);
            }
        }
        finally
        {
            Directory.Delete(before, recursive: true);
        }
    }

    private static IEnumerable<string> Offered(Client client, string uri) => client.Request("textDocument/codeAction", new JsonObject
    {
        ["textDocument"] = new JsonObject { ["uri"] = uri },
        ["range"] = new JsonObject
        {
            ["start"] = new JsonObject { ["line"] = 0, ["character"] = 27 },
            ["end"] = new JsonObject { ["line"] = 0, ["character"] = 27 },
        },
        ["context"] = new JsonObject { ["diagnostics"] = new JsonArray() },
    })!.AsArray().Select(action => action!["edit"]?["changes"]?[uri]?[0]?["newText"]?.ToString()).OfType<string>();

    [Fact]
    public void AnOutlineHasBlocksAndArguments()
    {
        using var client = Open(Head + "¦", out var uri, out _, out _);
        var symbols = client.Request("textDocument/documentSymbol", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } })!
            .AsArray();
        Assert.Contains("aws_sqs_queue/orders", symbols.Select(s => (string)s!["name"]!));
        Assert.Contains("name", symbols.Single(s => (string)s!["name"]! == "aws_sqs_queue/orders")!["children"]!.AsArray()
            .Select(c => (string)c!["name"]!));
    }

    private Client Open(string marked, out string uri, out int line, out int character)
    {
        var at = marked.IndexOf('¦', StringComparison.Ordinal);
        var before = marked[..at];
        (line, character) = (before.Count(c => c == '\n'), at - before.LastIndexOf('\n') - 1);
        Directory.CreateDirectory(Path.Combine(_folder, "net"));
        File.WriteAllText(Path.Combine(_folder, "net", "main.tf"), Net);
        var text = marked.Remove(at, 1);
        File.WriteAllText(Path.Combine(_folder, "main.tf"), text);
        var client = new Client();
        client.Initialize(_folder);
        uri = new Uri(Path.Combine(_folder, "main.tf")).AbsoluteUri;
        client.Open(uri, text);
        client.Diagnostics(uri, 1);
        // The other module is there once the workspace was read.
        for (var tries = 0; tries < 600
            && client.Request("workspace/symbol", new JsonObject { ["query"] = "cidr" })!.AsArray().Count == 0; tries++)
            Thread.Sleep(50);
        return client;
    }
}
