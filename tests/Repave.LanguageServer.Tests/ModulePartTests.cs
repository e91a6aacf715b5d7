using System.Text.Json.Nodes;

namespace Repave.LanguageServer.Tests;

/// <summary>Files that their tool reads together (a Terraform module) where the workspace leaves some of them out.</summary>
public sealed class ModulePartTests : IDisposable
{
    private const string Main = "output \"a\" {\n  value = var.region\n}\noutput \"b\" {\n  value = var.zone\n}\n";

    // What is said of the second name shows that the first was looked for.
    private const string Variables = "variable \"region\" {\n  type = strin\n}\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("repave-parts-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("", true)]
    [InlineData("exclude: [variables.tf]\n", true)]
    [InlineData("", false)]
    public void APartThatIsLeftOutStillDeclaresWhatItDeclares(string settings, bool isWorkspace)
    {
        Write(".repave.yaml", settings);
        // Of a workspace, folders of test data are left out.
        var module = settings.Length > 0 || !isWorkspace ? "" : "testdata/";
        Write(module + "variables.tf", Variables);
        Write(module + "main.tf", Main);
        using var client = Client.Start(isWorkspace ? _folder : null);
        client.Open(Uri(module + "main.tf"), Main);
        AssertOnlyZoneIsMissing(client, module + "main.tf", 1);
        Assert.DoesNotContain(client.Said(), said => (string?)said["params"]?["uri"] == Uri(module + "variables.tf")
            && said["params"]!["diagnostics"]!.AsArray().Count > 0);
    }

    [Fact]
    public void APartThatWasOpenAndIsClosedIsStillRead()
    {
        Write("testdata/variables.tf", Variables);
        Write("testdata/main.tf", Main);
        using var client = Client.Start(_folder);
        client.Open(Uri("testdata/main.tf"), Main);
        client.Open(Uri("testdata/variables.tf"), Variables);
        AssertOnlyZoneIsMissing(client, "testdata/main.tf", 1);
        client.Notify("textDocument/didClose", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = Uri("testdata/variables.tf") } });
        client.Change(Uri("testdata/main.tf"), 2, new JsonObject { ["text"] = Main + "\n" });
        AssertOnlyZoneIsMissing(client, "testdata/main.tf", 2);
    }

    private void AssertOnlyZoneIsMissing(Client client, string path, int version)
    {
        var found = client.Diagnostics(Uri(path), version, all => all.Count == 1 && ((string)all[0]!["message"]!)
            .Contains("'zone'", StringComparison.Ordinal));
        Assert.Equal("RPV0060", (string)Assert.Single(found)!["code"]!);
    }

    private void Write(string path, string text)
    {
        var place = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        File.WriteAllText(place, text);
    }

    private string Uri(string path) => new Uri(Path.Combine(_folder, path)).AbsoluteUri;
}
