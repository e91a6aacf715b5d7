using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Repave.LanguageServer.Tests;

/// <summary>Situations of docs/editor-situations.md that no other test shows: odd files, odd paths, and what happens around the editor.</summary>
public sealed class SituationTests : IDisposable
{
    private const string Good = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  color: red\n";
    private const string Bad = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  color: yes\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("repave-situation-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("completion", "completionProvider")]
    [InlineData("hover", "hoverProvider")]
    public void AFeatureThatIsTurnedOffIsNotOffered(string option, string capability)
    {
        using var on = new Client();
        Assert.True(Has(on.Initialize(_folder)!));
        using var off = new Client();
        Assert.False(Has(off.Initialize(_folder, new JsonObject { [option] = false })!));
        bool Has(JsonNode result) => result["capabilities"]![capability] is { } one && one.ToJsonString() != "false";
    }

    [Fact]
    public void NotebooksAreNotAskedFor()
    {
        using var client = new Client();
        Assert.Null(client.Initialize(_folder)!["capabilities"]!["notebookDocumentSync"]);
    }

    [Theory]
    [InlineData("untitled:Untitled-1")]
    [InlineData("vscode-notebook-cell:/book.ipynb#W0sZmlsZQ%3D%3D")]
    public void ATextWithoutAFileIsAnswered(string uri)
    {
        using var client = Client.Start(_folder);
        client.Open(uri, Bad);
        client.Diagnostics(uri, 1);
        Assert.NotNull(client.Request("textDocument/documentSymbol", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = uri },
        }));
    }

    [Theory]
    [InlineData("\r\n", "")]
    [InlineData("\n", "\uFEFF")]
    [InlineData("\r\n", "\uFEFF")]
    public void LineEndsAndMarksOfOtherSystemsDoNotMoveFindings(string end, string mark)
    {
        using var client = Client.Start(_folder);
        var uri = Uri("a.yaml");
        client.Open(uri, mark + Bad.Replace("\n", end, StringComparison.Ordinal));
        var range = Assert.Single(client.Diagnostics(uri, 1))!["range"]!;
        Assert.Equal((5, 9, 12), ((int)range["start"]!["line"]!, (int)range["start"]!["character"]!, (int)range["end"]!["character"]!));
    }

    [Theory]
    [InlineData("with space/größe.yaml")]
    [InlineData("a%20b/c#d.yaml")]
    [InlineData("[brackets]/a+b.yaml")]
    public void OddPathsAreOneFile(string path)
    {
        Write(path, Bad);
        using var client = Client.Start(_folder, new JsonObject { ["baseline"] = null });
        var uri = Uri(path);
        client.Wait(n => Finds(n, uri, 1));
        client.Open(uri, Good);
        Assert.Empty(client.Diagnostics(uri, 1));
        // Not two files: the workspace has one object of that name.
        client.Wait(n => (string?)n["method"] == "repave/planChanged");
        Assert.Single(client.Request("workspace/symbol", new JsonObject { ["query"] = "ConfigMap" })!.AsArray());
    }

    [Fact]
    public void WhatIsSaidOfADeletedFileGoes()
    {
        Write("a.yaml", Bad);
        using var client = Client.Start(_folder);
        client.Wait(n => Finds(n, Uri("a.yaml"), 1));
        File.Delete(Path.Combine(_folder, "a.yaml"));
        client.Notify("workspace/didChangeWatchedFiles", new JsonObject
        {
            ["changes"] = new JsonArray(new JsonObject { ["uri"] = Uri("a.yaml"), ["type"] = 3 }),
        });
        client.Wait(n => Finds(n, Uri("a.yaml"), 0));
    }

    [Fact]
    public void AFileThatIsClosedUnsavedIsAsOnTheDisk()
    {
        Write("a.yaml", Bad);
        using var client = Client.Start(_folder);
        client.Wait(n => Finds(n, Uri("a.yaml"), 1));
        client.Open(Uri("a.yaml"), Good);
        Assert.Empty(client.Diagnostics(Uri("a.yaml"), 1));
        client.Notify("textDocument/didClose", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = Uri("a.yaml") } });
        client.Wait(n => Finds(n, Uri("a.yaml"), 1));
    }

    [Fact]
    public void WhatIsTypedBackIsInSync()
    {
        Write("before.yaml", Good);
        Write("w/a.yaml", Good);
        using var client = Client.Start(Path.Combine(_folder, "w"), new JsonObject { ["baseline"] = "../before.yaml" });
        client.Open(Uri("w/a.yaml"), Good);
        Summary(client, "in sync");
        client.Change(Uri("w/a.yaml"), 2, new JsonObject { ["text"] = Good.Replace("red", "blue", StringComparison.Ordinal) });
        Summary(client, "1 in-place");
        client.Change(Uri("w/a.yaml"), 3, new JsonObject { ["text"] = Good });
        Summary(client, "in sync");
    }

    [Fact]
    public void ACommitOutsideOfTheEditorIsTheNewBaseline()
    {
        Write("a.yaml", Good);
        Git("init", "-q");
        Commit();
        using var client = Client.Start(_folder, new JsonObject { ["baseline"] = "git:HEAD", ["trusted"] = true });
        Summary(client, "in sync");
        Write("a.yaml", Good.Replace("red", "blue", StringComparison.Ordinal));
        Told(client, "a.yaml");
        Summary(client, "1 in-place");
        Commit();
        Told(client, ".git/refs/heads/main");
        Summary(client, "in sync");
    }

    [Fact]
    public void AFindingLeadsToItsPage()
    {
        using var client = Client.Start(_folder);
        client.Open(Uri("a.yaml"), Bad);
        var finding = Assert.Single(client.Diagnostics(Uri("a.yaml"), 1))!;
        Assert.EndsWith($"/docs/rules/{finding["code"]}.md", (string)finding["codeDescription"]!["href"]!, StringComparison.Ordinal);
    }

    private static bool Finds(JsonObject said, string uri, int count) => (string?)said["method"] == "textDocument/publishDiagnostics"
        && System.Uri.UnescapeDataString((string)said["params"]!["uri"]!) == System.Uri.UnescapeDataString(uri)
        && said["params"]!["diagnostics"]!.AsArray().Count == count;

    private static void Summary(Client client, string summary) =>
        client.Wait(n => (string?)n["method"] == "repave/planChanged" && (string?)n["params"]!["summary"] == summary);

    private void Told(Client client, string path) => client.Notify("workspace/didChangeWatchedFiles", new JsonObject
    {
        ["changes"] = new JsonArray(new JsonObject { ["uri"] = Uri(path), ["type"] = 2 }),
    });

    private void Commit()
    {
        Git("add", "-A");
        Git("-c", "user.email=tests@example.com", "-c", "user.name=tests", "commit", "-qm", "next");
    }

    private void Git(params string[] words)
    {
        using var git = Process.Start(new ProcessStartInfo("git", words) { WorkingDirectory = _folder })!;
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
    }

    private string Uri(string path) =>
        "file://" + string.Join('/', Path.Combine(_folder, path).Split('/').Select(System.Uri.EscapeDataString));

    private void Write(string path, string text)
    {
        var full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
