namespace Repave.LanguageServer.Tests;

/// <summary>From a lookup of a machine image to the build that makes it, and back, as texts with a cursor (<c>¦</c>) in them.</summary>
public sealed class MachineImageFeatureTests : IDisposable
{
    private const string Template = "source \"amazon-ebs\" \"web\" {\n  ami_name = \"we¦b-{{timestamp}}\"\n}\n";
    private const string Lookup =
        "data \"aws_ami\" \"web\" {\n  owners = [\"self\"]\n  filter {\n    name   = \"name\"\n    values = [\"we¦b-*\"]\n  }\n}\n";
    private const string Stack = "AWSTemplateFormatVersion: \"2010-09-09\"\nParameters:\n  Image:\n"
        + "    Type: AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>\n    Default: /images/we¦b\nResources:\n  Web:\n    Type: AWS::EC2::Instance\n"
        + "    Properties:\n      ImageId: !Ref Image\n  Told:\n    Type: AWS::SSM::Parameter\n    Properties:\n      Type: String\n"
        + "      Name: /images/web\n      Value: ami-0123456789abcdef0\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("repave-lsp-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("infra/main.tf", "images/web.pkr.hcl", 1, "Built by source `amazon-ebs.web` in images/web.pkr.hcl.")]
    [InlineData("stack.yaml", "stack.yaml", 14, "Set by AWS::SSM::Parameter `Told` in stack.yaml.")]
    public void ALookupLeadsToTheBuild(string file, string target, int definedAt, string hover)
    {
        using var client = Open(file, out var uri, out var line, out var character);
        var definition = Assert.Single(client.Request("textDocument/definition", Client.At(uri, line, character))!.AsArray())!;
        Assert.EndsWith("/" + target, (string)definition["uri"]!, StringComparison.Ordinal);
        Assert.Equal(definedAt, (int)definition["range"]!["start"]!["line"]!);
        var text = (string)client.Request("textDocument/hover", Client.At(uri, line, character))!["contents"]!["value"]!;
        Assert.Contains(hover, text, StringComparison.Ordinal);
    }

    [Fact]
    public void ABuildLeadsToItsLookups()
    {
        using var client = Open("images/web.pkr.hcl", out var uri, out var line, out var character);
        var at = Client.At(uri, line, character);
        at["context"] = new System.Text.Json.Nodes.JsonObject { ["includeDeclaration"] = true };
        var use = Assert.Single(client.Request("textDocument/references", at)!.AsArray())!;
        Assert.EndsWith("/infra/main.tf", (string)use["uri"]!, StringComparison.Ordinal);
        Assert.Equal(4, (int)use["range"]!["start"]!["line"]!);
        var text = (string)client.Request("textDocument/hover", Client.At(uri, line, character))!["contents"]!["value"]!;
        Assert.Contains("Used by aws_ami `web` in infra/main.tf.", text, StringComparison.Ordinal);
    }

    private Client Open(string file, out string uri, out int line, out int character)
    {
        var texts = new Dictionary<string, string>
        {
            ["images/web.pkr.hcl"] = Template,
            ["infra/main.tf"] = Lookup,
            ["stack.yaml"] = Stack,
        };
        foreach (var (name, marked) in texts)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, name))!);
            File.WriteAllText(Path.Combine(_folder, name), marked.Replace("¦", "", StringComparison.Ordinal));
        }

        var before = texts[file][..texts[file].IndexOf('¦', StringComparison.Ordinal)];
        (line, character) = (before.Count(c => c == '\n'), before.Length - before.LastIndexOf('\n') - 1);
        var client = new Client();
        client.Initialize(_folder);
        uri = new Uri(Path.Combine(_folder, file)).AbsoluteUri;
        client.Open(uri, texts[file].Replace("¦", "", StringComparison.Ordinal));
        client.Diagnostics(uri, 1);
        // The other files are there once the workspace was read.
        for (var tries = 0; tries < 600
            && client.Request("textDocument/hover", Client.At(uri, line, character)) is null; tries++)
            Thread.Sleep(50);
        return client;
    }
}
