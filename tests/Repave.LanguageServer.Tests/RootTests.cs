using System.Text.Json.Nodes;

namespace Repave.LanguageServer.Tests;

/// <summary>Workspaces of several folders: each has its own settings, baseline, plan and paths.</summary>
public sealed class RootTests : IDisposable
{
    private const string Config = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  color: yes\n";
    private const string Good = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  color: red\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("repave-roots-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void EachFolderHasItsOwnSettings()
    {
        Write("one/.repave.yaml", "rules:\n  RPV0011: off\n");
        Write("two/x.yaml", Good);
        using var client = Start("one", "two");
        client.Open(Uri("one/a.yaml"), Config);
        client.Open(Uri("two/a.yaml"), Config);
        WaitForPlans(client, "one", "two");
        Assert.Empty(Pull(client, "one/a.yaml"));
        Assert.Equal("RPV0011", (string)Assert.Single(Pull(client, "two/a.yaml"))!["code"]!);
        // Both are a.yaml, and each is checked by itself: no duplicate, and a rename stays where it is.
        var rename = Client.At(Uri("two/a.yaml"), 3, 8);
        rename["newName"] = "b";
        var changes = client.Request("textDocument/rename", rename)!["changes"]!.AsObject();
        Assert.Equal(Uri("two/a.yaml"), Assert.Single(changes).Key);
    }

    [Fact]
    public void EachFolderHasItsOwnBaseline()
    {
        Write("before-one.yaml", Good);
        Write("before-two.yaml", Good.Replace("red", "blue", StringComparison.Ordinal));
        Write("one/a.yaml", Good);
        Write("two/a.yaml", Good);
        using var client = new Client();
        client.Initialize([Full("one"), Full("two")], new JsonObject
        {
            ["baseline"] = "../before-one.yaml",
            ["baselines"] = new JsonObject { [Uri("two")] = "../before-two.yaml" },
        });
        Assert.Equal("in sync", Summary(client, "one", "../before-one.yaml"));
        Assert.Equal("1 in-place", Summary(client, "two", "../before-two.yaml"));
        client.Notify("repave/setBaseline", new JsonObject { ["folder"] = Uri("two"), ["baseline"] = "../before-one.yaml" });
        Assert.Equal("in sync", Summary(client, "two", "../before-one.yaml"));
        Assert.Equal("../before-one.yaml", (string)client.Request("repave/plan", new JsonObject { ["folder"] = Uri("one") })!["baseline"]!);
        client.Notify("repave/setBaseline", new JsonObject { ["baseline"] = "../before-two.yaml" });
        Assert.Equal("1 in-place", Summary(client, "one", "../before-two.yaml"));
        Assert.Equal("1 in-place", Summary(client, "two", "../before-two.yaml"));
    }

    [Fact]
    public void FoldersComeAndGoWithTheirOpenFiles()
    {
        Write("two/.repave.yaml", "rules:\n  RPV0011: off\n");
        Write("one/a.yaml", Good);
        using var client = Start("one");
        client.Open(Uri("two/a.yaml"), Config);
        Assert.Equal("RPV0011", (string)Assert.Single(client.Diagnostics(Uri("two/a.yaml"), 1))!["code"]!);
        Change(client, added: "two");
        client.Diagnostics(Uri("two/a.yaml"), 1, d => d.Count == 0);
        client.Change(Uri("two/a.yaml"), 2, new JsonObject { ["text"] = Config.Replace("yes", "no", StringComparison.Ordinal) });
        Assert.Empty(client.Diagnostics(Uri("two/a.yaml"), 2));
        Change(client, removed: "two");
        client.Diagnostics(Uri("two/a.yaml"), 2, d => d.Count == 1);
    }

    [Fact]
    public void AFolderInAFolderIsNotCheckedTwice()
    {
        Write("all/a.yaml", Config);
        Write("all/inner/b.yaml", Config.Replace("name: a", "name: b", StringComparison.Ordinal));
        using var client = Start("all", "all/inner");
        WaitForPlans(client, "all", "all/inner");
        var reports = client.Request("workspace/diagnostic", [])!["items"]!.AsArray().Select(i => (string)i!["uri"]!).ToList();
        Assert.Equal([Uri("all/a.yaml"), Uri("all/inner/b.yaml")], reports.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void SettingsAboveTheFolderAreFoundAndTheirPathsStartThere()
    {
        Directory.CreateDirectory(Full(".git"));
        Write(".repave.yaml", "paths:\n  - match: /deploy/old/\n    rules:\n      RPV0011: off\nexclude: [/deploy/gone.yaml]\n");
        Write("deploy/old/a.yaml", Config);
        Write("deploy/gone.yaml", Config.Replace("name: a", "name: c", StringComparison.Ordinal));
        Write("deploy/b.yaml", Config.Replace("name: a", "name: b", StringComparison.Ordinal));
        using var client = Start("deploy");
        WaitForPlans(client, "deploy");
        var found = client.Request("workspace/diagnostic", [])!["items"]!.AsArray()
            .Where(i => i!["items"]!.AsArray().Count > 0).Select(i => (string)i!["uri"]!);
        Assert.Equal([Uri("deploy/b.yaml")], found);
    }

    [Fact]
    public void SettingsAboveTheRepositoryAreNot()
    {
        Write(".repave.yaml", "rules:\n  RPV0011: off\n");
        Directory.CreateDirectory(Full("deploy/.git"));
        Write("deploy/b.yaml", Config);
        using var client = Start("deploy");
        WaitForPlans(client, "deploy");
        client.Open(Uri("deploy/b.yaml"), Config);
        Assert.NotEmpty(client.Diagnostics(Uri("deploy/b.yaml"), 1));
    }

    [Fact]
    public void SettingsThatAreOpenAreCheckedAsTypedAndExplained()
    {
        Write("one/.repave.yaml", "rules:\n  RPV9999: off\n");
        using var client = Start("one");
        var uri = Uri("one/.repave.yaml");
        client.Open(uri, "rules:\n  RPV9998: off\n");
        Assert.Contains("RPV9998", (string)Assert.Single(client.Diagnostics(uri, 1))!["message"]!, StringComparison.Ordinal);
        client.Change(uri, 2, new JsonObject { ["text"] = "rules:\n  RPV1001: off\nkubernetes:\n  version: 1.34\n" });
        Assert.Empty(client.Diagnostics(uri, 2));
        string Hover(int line, int character) =>
            (string)client.Request("textDocument/hover", Client.At(uri, line, character))!["contents"]!["value"]!;
        Assert.Contains("The Kubernetes release to check against", Hover(3, 4), StringComparison.Ordinal);
        Assert.StartsWith("**RPV1001**", Hover(1, 4), StringComparison.Ordinal);
        client.Notify("textDocument/didClose", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } });
        // What is on the disk counts again.
        client.Wait(n => (string?)n["method"] == "textDocument/publishDiagnostics" && (string?)n["params"]!["uri"] == uri
            && n["params"]!["diagnostics"]!.AsArray().Any(d => ((string)d!["message"]!).Contains("RPV9999", StringComparison.Ordinal)));
    }

    private static void WaitForPlans(Client client, params string[] folders)
    {
        var waiting = folders.ToHashSet(StringComparer.Ordinal);
        client.Wait(n =>
        {
            if ((string?)n["method"] == "repave/planChanged" && (string?)n["params"]!["folder"] is { } folder)
                waiting.RemoveWhere(f => folder.EndsWith("/" + f, StringComparison.Ordinal));
            return waiting.Count == 0;
        });
    }

    private static JsonArray Pull(Client client, JsonObject document) =>
        client.Request("textDocument/diagnostic", document)!["items"]!.AsArray();

    private JsonArray Pull(Client client, string file) =>
        Pull(client, new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = Uri(file) } });

    // Plans of several folders come in any order.
    private string Summary(Client client, string folder, string baseline)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            var plan = client.Request("repave/plan", new JsonObject { ["folder"] = Uri(folder) })!;
            if ((string?)plan["baseline"] == baseline && plan["problem"] is null && (string?)plan["summary"] is { } summary
                && summary != "no baseline is chosen")
                return summary;
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), plan.ToJsonString());
            Thread.Sleep(20);
        }
    }

    private void Change(Client client, string? added = null, string? removed = null)
    {
        JsonArray Of(string? folder) => folder is null ? [] : [new JsonObject { ["uri"] = Uri(folder), ["name"] = folder }];
        client.Notify("workspace/didChangeWorkspaceFolders",
            new JsonObject { ["event"] = new JsonObject { ["added"] = Of(added), ["removed"] = Of(removed) } });
    }

    private Client Start(params string[] folders)
    {
        var client = new Client();
        client.Initialize([.. folders.Select(Full)]);
        return client;
    }

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
        File.WriteAllText(Full(path), text);
    }

    private string Full(string path) => Path.Combine(_folder, path);

    private string Uri(string path) => new Uri(Full(path)).AbsoluteUri;
}
