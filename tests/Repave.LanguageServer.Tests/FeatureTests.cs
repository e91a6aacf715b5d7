using System.Text.Json.Nodes;

namespace Repave.LanguageServer.Tests;

/// <summary>Features as texts with a cursor (<c>¦</c>) in them.</summary>
public sealed class FeatureTests : IDisposable
{
    private const string Head = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n";
    private const string Rest = "  selector:\n    matchLabels: {app: web}\n  template:\n    metadata:\n      labels: {app: web}\n"
        + "    spec:\n      containers:\n        - name: web\n          image: registry.example.com/web:1.4.2\n";
    private const string Tagged = "  selector:\n    matchLabels: {app: web}\n  template:\n    metadata:\n      labels: {app: web}\n"
        + "    spec:\n      containers:\n        - name: web\n          image: registry.example.com/web:lat¦est\n";
    private const string Config = "---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  a: b\n";
    private const string Uses = "          envFrom:\n            - configMapRef:\n                name: settings\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("repave-lsp-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("ki¦", "kind", "apiVersion")]
    [InlineData("apiVersion: apps/v1\nkind: De¦", "Deployment", "DaemonSet")]
    [InlineData("kind: CronJob\napiVersion: ¦", "batch/v1", "")]
    [InlineData(Head + "  ¦\n" + Rest, "replicas", "strategy")]
    [InlineData(Head + "  replicas: 1\n  ¦\n" + Rest, "paused", "!replicas")]
    [InlineData(Head + "  strategy:\n    type: ¦\n" + Rest, "Recreate", "RollingUpdate")]
    [InlineData(Head + "  paused: ¦\n" + Rest, "true", "false")]
    [InlineData(Head + Rest + "          ¦", "ports", "!image")]
    [InlineData(Head + Rest + "          imagePullPolicy: ¦", "IfNotPresent", "Always")]
    [InlineData(Head + Rest + "          ports:\n            - ¦", "containerPort", "name")]
    [InlineData(Head + Rest + "          envFrom:\n            - configMapRef:\n                name: ¦\n" + Config, "settings", "")]
    [InlineData(Head + Rest + "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  selector:\n    ¦\n", "app", "")]
    [InlineData(Head + Rest + "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  selector:\n    app: ¦\n", "web", "")]
    [InlineData(Head + Rest + "          [broken: {\n          ¦", "resources", "")]
    public void CompletionOffersWhatFits(string marked, string first, string second)
    {
        var items = Items(marked).Select(i => (string)i!["label"]!).ToList();
        Assert.Contains(first, items);
        if (second.StartsWith('!'))
            Assert.DoesNotContain(second[1..], items);
        else if (second.Length > 0)
            Assert.Contains(second, items);
        Assert.Equal(items.Distinct().Count(), items.Count);
    }

    [Fact]
    public void RequiredKeysComeFirstWithTheStructureThatTheyNeed()
    {
        var items = Items(Head + "  ¦");
        Assert.Equal(["selector", "template"],
            items.OrderBy(i => (string)i!["sortText"]!, StringComparer.Ordinal).Take(2).Select(i => (string)i!["label"]!));
        var ports = Items(Head + Rest + "          po¦").Single(i => (string)i!["label"]! == "ports")!;
        Assert.Equal("ports:\n  - containerPort: $1", (string)ports["textEdit"]!["newText"]!);
        Assert.Equal(2, (int)ports["insertTextFormat"]!);
        Assert.Equal(10, (int)ports["textEdit"]!["range"]!["start"]!["character"]!);
    }

    [Theory]
    [InlineData("name: CI\non: push\njobs:\n  build:\n    runs-on: ubuntu\n    ¦\n")]
    [InlineData("name: CI\non: push\n¦\n")]
    [InlineData("site_name: Shop\nnav:\n  - ¦\n")]
    [InlineData("image:\n  repository: web\n  ¦\nreplicaCount: 1\n")]
    [InlineData("replicaCount: ¦\n")]
    public void NothingIsOfferedInFilesThatAreNobodys(string marked) => Assert.Empty(Items(marked));

    [Theory]
    [InlineData("apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: we¦b\n", "replaces")]
    [InlineData("apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  namespace: sh¦op\n", "replaces")]
    [InlineData("apiVersion: apps/v1\nki¦nd: Deployment\nmetadata:\n  name: web\n", "replaces")]
    [InlineData("apiVer¦sion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n", "replaces, depending on the values")]
    public void HoverSaysThatAnIdentityReplaces(string marked, string effect)
    {
        var (client, uri, line, character) = OpenMarked(marked);
        using (client)
        {
            var text = (string)client.Request("textDocument/hover", Client.At(uri, line, character))!["contents"]!["value"]!;
            Assert.Contains($"**Changing this** {effect}", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("", "cannot be empty")]
    [InlineData("Not A Name", "")]
    [InlineData("other", "already")]
    public async Task NamesThatCannotBeAreRefused(string newName, string message)
    {
        var (client, uri, line, character) = OpenMarked("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: we¦b\n---\n"
            + "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: other\n");
        using (client)
        {
            var parameters = Client.At(uri, line, character);
            parameters["newName"] = newName;
            var answer = await client.Send("textDocument/rename", parameters);
            Assert.Equal(-32803, (int)answer["error"]!["code"]!);
            Assert.Contains(message, (string)answer["error"]!["message"]!, StringComparison.Ordinal);
            parameters = Client.At(uri, line, character);
            parameters["newName"] = "fine";
            Assert.NotNull(client.Request("textDocument/rename", parameters));
        }
    }

    [Fact]
    public void AHighlightIsANameWithItsPlacesInTheDocument()
    {
        var (client, uri, line, character) = OpenMarked(
            Head + Rest + "          envFrom:\n            - configMapRef:\n                name: sett¦ings\n" + Config);
        using (client)
        {
            var places = client.Request("textDocument/documentHighlight", Client.At(uri, line, character))!.AsArray();
            Assert.Equal(2, places.Count);
            Assert.Contains(places, p => (int)p!["range"]!["start"]!["line"]! == line);
            var found = client.Request("workspace/symbol", new JsonObject { ["query"] = "cmsett" })!.AsArray();
            Assert.Equal("ConfigMap/settings", (string)Assert.Single(found)!["name"]!);
            Assert.Empty(client.Request("workspace/symbol", new JsonObject { ["query"] = "settcm" })!.AsArray());
        }
    }

    [Fact]
    public void WhatCannotBeReadIsNotHeldBack()
    {
        var (client, uri, line, character) =
            OpenMarked("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  col¦\n  size: no\n");
        using (client)
        {
            var parameters = new JsonObject
            {
                ["textDocument"] = new JsonObject { ["uri"] = uri },
                ["range"] = WireTests.Range(line, character, line, character),
                ["context"] = new JsonObject { ["diagnostics"] = new JsonArray() },
            };
            Assert.Empty(client.Request("textDocument/codeAction", parameters.DeepClone().AsObject())!.AsArray());
        }
    }

    [Fact]
    public void AnEmptyDocumentOffersWholeResources()
    {
        var deployment = (string)Items("De¦").Single(i => (string)i!["label"]! == "Deployment")!["textEdit"]!["newText"]!;
        Assert.StartsWith("apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${1:name}\nspec:\n  selector:\n"
            + "    matchLabels:\n      app: ${1:name}\n  template:",
            deployment, StringComparison.Ordinal);
        Assert.Contains("Service",
            Items("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n---\nSer¦").Select(i => (string)i!["label"]!));
    }

    [Fact]
    public void FilesThatAreNotOpenAreCheckedToo()
    {
        File.WriteAllText(Path.Combine(_folder, "other.yaml"),
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: other\ndata:\n  a: yes\n");
        using var client = Client.Start(_folder,
            capabilities: new JsonObject { ["window"] = new JsonObject { ["workDoneProgress"] = true } });
        var other = new Uri(Path.Combine(_folder, "other.yaml")).AbsoluteUri;
        client.Wait(n => (string?)n["method"] == "$/progress" && (string?)n["params"]!["value"]!["kind"] == "begin");
        Assert.Single(client.Wait(n => (string?)n["method"] == "textDocument/publishDiagnostics"
            && (string?)n["params"]!["uri"] == other)["params"]!["diagnostics"]!.AsArray());
        File.WriteAllText(Path.Combine(_folder, "other.yaml"),
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: other\ndata:\n  a: b\n");
        client.Notify("workspace/didChangeWatchedFiles",
            new JsonObject { ["changes"] = new JsonArray(new JsonObject { ["uri"] = other, ["type"] = 2 }) });
        Assert.Empty(client.Wait(n => (string?)n["method"] == "textDocument/publishDiagnostics"
            && (string?)n["params"]!["uri"] == other)["params"]!["diagnostics"]!.AsArray());
    }

    [Fact]
    public void WhoPullsDiagnosticsIsPushedNone()
    {
        const string text = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: other\ndata:\n  a: yes\n";
        File.WriteAllText(Path.Combine(_folder, "other.yaml"), text);
        using var client = new Client();
        var result = client.Initialize(_folder, null, JsonNode.Parse("""{"textDocument":{"diagnostic":{}}}""")!.AsObject())!;
        Assert.True((bool)result["capabilities"]!["diagnosticProvider"]!["workspaceDiagnostics"]!);
        var uri = new Uri(Path.Combine(_folder, "a.yaml")).AbsoluteUri;
        client.Open(uri, text.Replace("other", "a", StringComparison.Ordinal));
        Assert.Single(
            client.Request("textDocument/diagnostic", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } })!["items"]!
                .AsArray());
        client.Wait(n => (string?)n["method"] != "textDocument/publishDiagnostics" ? (string?)n["method"] == "repave/planChanged"
            : throw new InvalidOperationException("pushed all the same"));
        var all = client.Request("workspace/diagnostic", [])!["items"]!.AsArray();
        Assert.Equal(["a.yaml", "other.yaml"], all.Select(i => ((string)i!["uri"]!).Split('/')[^1]).Order());
        Assert.All(all, i => Assert.Single(i!["items"]!.AsArray()));
        using var both = new Client();
        Assert.Null(both.Initialize(_folder, null, JsonNode.Parse("""{"textDocument":{"diagnostic":{},"publishDiagnostics":{}}}""")!
            .AsObject())!["capabilities"]!["diagnosticProvider"]);
    }

    [Fact]
    public void DockerfilesAreServed()
    {
        using var client = new Client();
        client.Initialize(_folder);
        var uri = new Uri(Path.Combine(_folder, "Dockerfile")).AbsoluteUri;
        client.Open(uri, "FROM alpine\nCMD apk add curl\n");
        Assert.Equal(["RPV1080", "RPV1180"], client.Diagnostics(uri, 1).Select(d => (string)d!["code"]!));
        client.Notify("textDocument/didChange", JsonNode.Parse(
            $$$"""{"textDocument":{"uri":"{{{uri}}}","version":2},"contentChanges":[{"range":{"start":{"line":0,"character":11},"end":{"line":0,"character":11}},"text":":3.20"}]}""")!
            .AsObject());
        Assert.Equal(["RPV1180"], client.Diagnostics(uri, 2).Select(d => (string)d!["code"]!));
        Assert.Empty(client.Request("textDocument/completion", Client.At(uri, 1, 4))!["items"]!.AsArray());
    }

    [Fact]
    public void CommentsLinkToRulesAndSchemas()
    {
        var (client, uri, _, _) = OpenMarked("# yaml-language-server: $schema=./s.json\n¦a: 1 # repave: ignore RPV1001 -- why\n");
        using (client)
        {
            var links = client.Request("textDocument/documentLink", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } })!
                .AsArray();
            Assert.Equal(["s.json", "RPV1001.md"], links.Select(l => ((string)l!["target"]!).Split('/')[^1]));
        }
    }

    [Theory]
    [InlineData(Head + "  repl¦icas: 3\n" + Rest, "**replicas**: whole number", "**Changing this** mutates in place")]
    [InlineData(Head + "  strategy: {type: Rec¦reate}\n" + Rest, "One of `Recreate`, `RollingUpdate`",
        "**Changing this** mutates in place")]
    [InlineData("apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ntype: Opa¦que\n", "Default: `Opaque`",
        "refused by the server: delete and create again")]
    [InlineData(Head + Rest + "          terminationMessagePol¦icy: File\n", "Default: `File`", "rolls: its pods are replaced")]
    [InlineData(Head + Rest + "          envFrom:\n            - configMapRef:\n                name: sett¦ings\n" + Config,
        "Names the ConfigMap `settings` in a.yaml", "rolls")]
    [InlineData(Head + Tagged, "**[RPV1001]", "rolls")]
    public void HoverSaysWhatAFieldIsAndWhatChangingItDoes(string marked, string one, string other)
    {
        var (client, uri, line, character) = OpenMarked(marked);
        using (client)
        {
            var text = (string)client.Request("textDocument/hover", Client.At(uri, line, character))!["contents"]!["value"]!;
            Assert.Contains(one, text, StringComparison.Ordinal);
            Assert.Contains(other, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void NamesAreFollowedAndChangedAcrossFiles()
    {
        File.WriteAllText(Path.Combine(_folder, "config.yaml"), Config);
        var (client, uri, line, character) = OpenMarked(Head + Rest + Uses.Replace("settings", "sett¦ings", StringComparison.Ordinal));
        using (client)
        {
            var config = new Uri(Path.Combine(_folder, "config.yaml")).AbsoluteUri;
            // The other file is read in the background.
            JsonArray definition;
            var tries = 0;
            do
            {
                Thread.Sleep(100);
                definition = client.Request("textDocument/definition", Client.At(uri, line, character))!.AsArray();
            }
            while (definition.Count == 0 && tries++ < 100);
            Assert.Equal((config, 4), ((string)definition[0]!["uri"]!, (int)definition[0]!["range"]!["start"]!["line"]!));
            var references = Client.At(uri, line, character);
            references["context"] = new JsonObject { ["includeDeclaration"] = true };
            Assert.Equal(2, client.Request("textDocument/references", references)!.AsArray().Count);
            Assert.Equal("settings",
                (string)client.Request("textDocument/prepareRename", Client.At(uri, line, character))!["placeholder"]!);
            var rename = Client.At(uri, line, character);
            rename["newName"] = "settings-2";
            var changes = client.Request("textDocument/rename", rename)!["changes"]!.AsObject();
            Assert.Equal(new[] { config, uri }.Order(StringComparer.Ordinal), changes.Select(c => c.Key).Order(StringComparer.Ordinal));
            Assert.All(changes, c => Assert.Equal("settings-2", (string)c.Value![0]!["newText"]!));
            Assert.Equal("ConfigMap/settings",
                (string)client.Request("workspace/symbol", new JsonObject { ["query"] = "settings" })![0]!["name"]!);
        }
    }

    [Fact]
    public void OutlineFoldingAndSelectionFollowTheTree()
    {
        var (client, uri, line, character) = OpenMarked(Head + "  replicas: ¦3\n" + Rest + Config);
        using (client)
        {
            var document = new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } };
            var symbols = client.Request("textDocument/documentSymbol", document.DeepClone().AsObject())!.AsArray();
            Assert.Equal(["Deployment/web", "ConfigMap/settings"], symbols.Select(s => (string)s!["name"]!));
            Assert.Equal(["apiVersion", "kind", "metadata", "spec"], symbols[0]!["children"]!.AsArray().Select(s => (string)s!["name"]!));
            var folds = client.Request("textDocument/foldingRange", document.DeepClone().AsObject())!.AsArray();
            Assert.Contains(folds, f => (int)f!["startLine"]! == 4 && (int)f["endLine"]! == 14);
            var selection = Client.At(uri, line, character);
            selection["positions"] = new JsonArray(new JsonObject { ["line"] = line, ["character"] = character });
            var inner = client.Request("textDocument/selectionRange", selection)![0]!;
            Assert.Equal(12, (int)inner["range"]!["start"]!["character"]!);
            Assert.Equal(2, (int)inner["parent"]!["range"]!["start"]!["character"]!);
        }
    }

    [Fact]
    public void FixesAndSuppressionsAreActions()
    {
        var (client, uri, line, character) =
            OpenMarked("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  color: y¦es\n  size: no\n");
        using (client)
        {
            var parameters = new JsonObject
            {
                ["textDocument"] = new JsonObject { ["uri"] = uri },
                ["range"] = WireTests.Range(line, character, line, character),
                ["context"] = new JsonObject { ["diagnostics"] = new JsonArray() },
            };
            var actions = client.Request("textDocument/codeAction", parameters.DeepClone().AsObject())!.AsArray();
            var fix = actions.Single(a => (string)a!["title"]! == "Put in quotes")!;
            Assert.Equal("\"yes\"", (string)fix["edit"]!["changes"]![uri]![0]!["newText"]!);
            Assert.Contains(actions, a => ((string)a!["title"]!).StartsWith("Hold RPV", StringComparison.Ordinal)
                && ((string)a["edit"]!["changes"]![uri]![0]!["newText"]!).StartsWith("  # repave: ignore RPV", StringComparison.Ordinal));
            var all = actions.Single(a => (string)a!["kind"]! == "source.fixAll.repave")!;
            var text = (string)all["edit"]!["changes"]![uri]![0]!["newText"]!;
            Assert.Contains("color: \"yes\"", text, StringComparison.Ordinal);
            Assert.Contains("size: \"no\"", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ADocumentThatDoesNotParseIsNotFixed()
    {
        var (client, uri, line, character) =
            OpenMarked("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  color: y¦es\n  size: [\n");
        using (client)
        {
            var actions = client.Request("textDocument/codeAction", new JsonObject
            {
                ["textDocument"] = new JsonObject { ["uri"] = uri },
                ["range"] = WireTests.Range(line, character, line, character),
                ["context"] = new JsonObject { ["diagnostics"] = new JsonArray() },
            })!.AsArray();
            Assert.NotEmpty(actions);
            Assert.All(actions, a => Assert.StartsWith("Hold RPV", (string)a!["title"]!, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("apiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec:\n  selector: {app: web}\n  ports:\n    -¦ name: http\n",
        "Add 'port'", "      name: http\n      port: ")]
    [InlineData("apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\ns¦pec:\n  replicas: 1\n", "Add 'template'",
        "  replicas: 1\n  template:\n    ")]
    [InlineData("apiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec:\n  ports: [{¦name: http}]\n", "Add 'port'",
        "  ports: [{name: http, port: \"\"}]")]
    public void WhatIsMissingIsAddedWithItsStructure(string marked, string title, string expected)
    {
        var (client, uri, line, character) = OpenMarked(marked);
        using (client)
        {
            var parameters = new JsonObject
            {
                ["textDocument"] = new JsonObject { ["uri"] = uri },
                ["range"] = WireTests.Range(line, 0, line, character + 1),
                ["context"] = new JsonObject { ["diagnostics"] = new JsonArray() },
            };
            var action = client.Request("textDocument/codeAction", parameters)!.AsArray().First(a => (string)a!["title"]! == title)!;
            var edit = action["edit"]!["changes"]![uri]![0]!;
            var lines = marked.Replace("¦", "", StringComparison.Ordinal).Split('\n');
            var (at, from) = ((int)edit["range"]!["start"]!["line"]!, (int)edit["range"]!["start"]!["character"]!);
            lines[at] = lines[at].Insert(from, (string)edit["newText"]!);
            Assert.Contains(expected.Replace("      name: http\n", "name: http\n", StringComparison.Ordinal), string.Join('\n', lines),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void FindingsNameTheOtherPlaceThatTheySpeakOf()
    {
        var (client, uri, _, _) = OpenMarked("¦" + Config + Config);
        using (client)
        {
            var report = client.Request("textDocument/diagnostic",
                new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } })!["items"]!.AsArray();
            var related = report.Single(d => (string)d!["code"]! == "RPV0021")!["relatedInformation"]![0]!;
            Assert.Equal((uri, 4), ((string)related["location"]!["uri"]!, (int)related["location"]!["range"]!["start"]!["line"]!));
            client.Change(uri, 2,
                new JsonObject { ["text"] = Head + Rest.Replace("labels: {app: web}", "labels: {app: shop}", StringComparison.Ordinal) });
            var mismatch = client.Diagnostics(uri, 2, d => d.Any(one => one!["relatedInformation"] is not null))
                .First(d => d!["relatedInformation"] is not null)!;
            Assert.Equal(5, (int)mismatch["relatedInformation"]![0]!["location"]!["range"]!["start"]!["line"]!);
        }
    }

    [Fact]
    public void CustomFieldsAreExplainedInTheWordsOfTheirDefinition()
    {
        const string definition = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n"
            + "metadata: {name: boats.example.com}\nspec:\n  group: example.com\n  scope: Namespaced\n"
            + "  names: {kind: Boat, plural: boats}\n  versions:\n    - name: v1\n      served: true\n      storage: true\n      schema:\n"
            + "        openAPIV3Schema:\n          type: object\n          properties:\n            spec:\n              type: object\n"
            + "              properties:\n                length: {type: integer, description: How long the boat is.}\n---\n";
        var (client, uri, line, character) =
            OpenMarked(definition + "apiVersion: example.com/v1\nkind: Boat\nmetadata: {name: a}\nspec:\n  len¦gth: 4\n");
        using (client)
            Assert.Contains("How long the boat is.",
                (string)client.Request("textDocument/hover", Client.At(uri, line, character))!["contents"]!["value"]!,
                StringComparison.Ordinal);
    }

    [Fact]
    public void LensesHintsAndFindingsShowThePlanWhileTyping()
    {
        File.WriteAllText(Path.Combine(_folder, "before.yaml"), Head + "  replicas: 3\n" + Rest);
        Directory.CreateDirectory(Path.Combine(_folder, "k8s"));
        var uri = new Uri(Path.Combine(_folder, "k8s", "web.yaml")).AbsoluteUri;
        using var client = Client.Start(Path.Combine(_folder, "k8s"), new JsonObject { ["baseline"] = "../before.yaml" });
        client.Open(uri, Head + "  replicas: 3\n" + Rest);
        var plan = client.Wait(n => (string?)n["method"] == "repave/planChanged" && (string?)n["params"]!["summary"] == "in sync");
        Assert.Equal("../before.yaml", (string)plan["params"]!["baseline"]!);
        Assert.Equal("in sync with ../before.yaml", (string)client.Request("textDocument/codeLens",
            new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } })![0]!["command"]!["title"]!);
        client.Change(uri, 2, new JsonObject
        {
            ["text"] = Head + "  replicas: 3\n"
            + Rest.Replace("matchLabels: {app: web}", "matchLabels: {app: shop}", StringComparison.Ordinal)
                .Replace("labels: {app: web}", "labels: {app: shop}", StringComparison.Ordinal)
        });
        var findings = client.Diagnostics(uri, 2, d => d.Any(one => (string)one!["code"]! == "RPV2002"));
        Assert.Equal(7, (int)findings.First(d => (string)d!["code"]! == "RPV2002")!["range"]!["start"]!["line"]!);
        var lens = (string)client.Request("textDocument/codeLens",
            new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } })![0]!["command"]!["title"]!;
        Assert.StartsWith("-/+ replaces: spec.selector.matchLabels.app", lens, StringComparison.Ordinal);
        var hints = client.Request("textDocument/inlayHint",
            new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri }, ["range"] = WireTests.Range(0, 0, 50, 0) })!.AsArray();
        Assert.Contains(hints, h => (string)h!["label"]! == "⟵ replaces (was \"web\")" && (int)h["position"]!["line"]! == 7);
        var result = client.Request("repave/plan", [])!;
        Assert.Equal(1, (int)result["replacements"]!);
        client.Notify("repave/setBaseline", new JsonObject { ["baseline"] = null });
        client.Diagnostics(uri, 2, d => d.All(one => !((string)one!["code"]!).StartsWith("RPV2", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("false")]
    [InlineData(null)]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("\"true\"")]
    [InlineData("{}")]
    [InlineData("[true]")]
    public void AWorkspaceThatIsNotSaidToBeTrustedIsNot(string? trusted)
    {
        File.WriteAllText(Path.Combine(_folder, "a.yaml"), Head + Rest);
        var options = new JsonObject { ["baseline"] = "git:HEAD" };
        if (trusted is not null)
            options["trusted"] = JsonNode.Parse(trusted);
        using var client = Client.Start(_folder, options);
        var plan = client.Wait(n => (string?)n["method"] == "repave/planChanged")["params"]!;
        Assert.Contains("not trusted", (string)plan["problem"]!, StringComparison.Ordinal);
        var uri = new Uri(Path.Combine(_folder, "a.yaml")).AbsoluteUri;
        client.Open(uri, Head + "  replicas: many\n" + Rest);
        Assert.NotEmpty(client.Diagnostics(uri, 1));
    }

    [Theory]
    [InlineData("schemas/s.json", "RPV0011")]
    [InlineData("../outside.json", "RPV0033")]
    [InlineData("/dev/zero", "RPV0033")]
    [InlineData("file://[bad", "RPV0033")]
    public void ASchemaIsFoundFromTheFileThatNamesItAndOnlyInTheWorkspace(string reference, string code)
    {
        // This process runs elsewhere.
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "w")).FullName;
        Directory.CreateDirectory(Path.Combine(folder, "deep", "schemas"));
        File.WriteAllText(Path.Combine(_folder, "w", "outside.json"), "{\"type\":\"string\"}");
        File.Move(Path.Combine(_folder, "w", "outside.json"), Path.Combine(_folder, "outside.json"));
        File.WriteAllText(Path.Combine(folder, "deep", "schemas", "s.json"), "{\"type\":\"string\"}");
        using var client = Client.Start(folder);
        client.Wait(n => (string?)n["method"] == "repave/planChanged");
        var uri = new Uri(Path.Combine(folder, "deep", "a.yaml")).AbsoluteUri;
        var named = reference == "../outside.json" ? "../../outside.json" : reference;
        client.Open(uri, $"# yaml-language-server: $schema={named}\na: b\n");
        Assert.Equal(code, (string)Assert.Single(client.Diagnostics(uri, 1, d => d.Count > 0))!["code"]!);
        client.Request("textDocument/documentLink", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } });
    }

    [Fact]
    public void SettingsAreObeyedAndTheirMistakesShown()
    {
        File.WriteAllText(Path.Combine(_folder, ".repave.yaml"), "rules:\n  RPV0011: off\n  RPV9999: error\n");
        using var client = Client.Start(_folder);
        var settings = new Uri(Path.Combine(_folder, ".repave.yaml")).AbsoluteUri;
        var wrong = client.Wait(n => (string?)n["method"] == "textDocument/publishDiagnostics" && (string?)n["params"]!["uri"] == settings);
        Assert.Contains("There is no rule 'RPV9999'", (string)wrong["params"]!["diagnostics"]![0]!["message"]!, StringComparison.Ordinal);
        var uri = new Uri(Path.Combine(_folder, "a.yaml")).AbsoluteUri;
        client.Open(uri, "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  color: yes\n");
        Assert.Empty(client.Diagnostics(uri, 1));
    }

    private JsonArray Items(string marked)
    {
        var (client, uri, line, character) = OpenMarked(marked);
        using (client)
            return client.Completion(uri, line, character);
    }

    private (Client Client, string Uri, int Line, int Character) OpenMarked(string marked)
    {
        var at = marked.IndexOf('¦', StringComparison.Ordinal);
        var before = marked[..at];
        var line = before.Count(c => c == '\n');
        var uri = new Uri(Path.Combine(_folder, "a.yaml")).AbsoluteUri;
        var client = Client.Start(_folder);
        // That of the folder without the file.
        client.Wait(n => (string?)n["method"] == "repave/planChanged");
        client.Open(uri, marked.Remove(at, 1));
        client.Diagnostics(uri, 1);
        // The whole check brings what the documents of the file mean to each other.
        client.Wait(n => (string?)n["method"] == "repave/planChanged");
        return (client, uri, line, at - (before.LastIndexOf('\n') + 1));
    }
}
