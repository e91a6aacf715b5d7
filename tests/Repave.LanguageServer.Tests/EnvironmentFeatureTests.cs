using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Repave.LanguageServer.Tests;

/// <summary>A chart with two environments in an editor: plans, findings and names as typed.</summary>
public sealed class EnvironmentFeatureTests : IDisposable
{
    private const string Template = "apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: {{ include \"shop.name\" . }}\nspec:\n"
        + "  serviceName: db\n  replicas: {{ .Values.replicas }}\n  selector: {matchLabels: {a: b}}\n  template:\n"
        + "    metadata: {labels: {a: b}}\n    spec:\n      containers:\n      - name: db\n"
        + "        image: \"registry.example.com/db:{{ .Values.image.tag }}\"\n"
        + "  volumeClaimTemplates:\n  - metadata: {name: data}\n    spec:\n"
        + "      accessModes: [ReadWriteOnce]\n      resources: {requests: {storage: {{ .Values.size }}}}\n";

    private const string Values = "replicas: 2\nsize: 8Gi\nimage:\n  tag: 1.0.0\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("repave-editor-").FullName;

    public EnvironmentFeatureTests()
    {
        Write("shop/Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.0.0\n");
        Write("shop/values.yaml", Values);
        Write("shop/values-prod.yaml", "size: 20Gi\n");
        Write("shop/values-staging.yaml", "replicas: 1\n");
        Write("shop/templates/db.yaml", Template);
        Write("shop/templates/_helpers.tpl", "{{- define \"shop.name\" -}}\ndb\n{{- end }}\n");
        Write(".repave.yaml", "environments:\n  - {name: prod, chart: shop, values: values-prod.yaml}\n"
            + "  - {name: staging, chart: shop, values: values-staging.yaml}\n");
        foreach (var arguments in (string[][])[["init", "-q"], ["add", "-A"],
            ["-c", "user.email=t@example.com", "-c", "user.name=t", "commit", "-qm", "x"]])
        {
            using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _folder })!;
            git.WaitForExit();
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AnEditIsPlannedInEachEnvironment()
    {
        using var client = Start();
        var uri = Uri("shop/values.yaml");
        client.Open(uri, Values);
        Wait(client, _ => true);
        client.Change(uri, 2, Text(Values.Replace("8Gi", "9Gi", StringComparison.Ordinal).Replace("replicas: 2", "replicas: 3",
            StringComparison.Ordinal)));
        var plan = Wait(client, environments => environments["staging"] == "1 replace" && environments["prod"] == "1 in-place");
        var reason = plan["environments"]![1]!["items"]![0]!["reasons"]![0]!;
        Assert.Equal(uri, (string)reason["location"]!["uri"]!);
        Assert.Equal(1, (int)reason["location"]!["range"]!["start"]!["line"]!);
        var lenses = client.Request("textDocument/codeLens", Document(uri))!.AsArray()
            .Select(lens => $"{lens!["range"]!["start"]!["line"]} {lens["command"]!["title"]}").ToList();
        Assert.Contains("0 line 1: prod: in place StatefulSet/db (this line), staging: replaces", lenses);
        Assert.Contains("0 line 2: prod: in place StatefulSet/db, staging: replaces (this line)", lenses);
        // One over a changed line would move the line that is being typed.
        Assert.All(lenses, lens => Assert.StartsWith("0 ", lens, StringComparison.Ordinal));
        var hint = Assert.Single(client.Request("textDocument/inlayHint", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = uri },
            ["range"] = JsonNode.Parse("""{"start":{"line":1,"character":0},"end":{"line":1,"character":0}}"""),
        })!.AsArray())!;
        Assert.Equal("⟵ staging: replaces (was \"8Gi\")", (string)hint["label"]!);
    }

    [Fact]
    public void AnEnvironmentIsPlannedAgainstTheSnapshotThatItNames()
    {
        Write("prod.yaml", Template.Replace("{{ include \"shop.name\" . }}", "db", StringComparison.Ordinal)
            .Replace("{{ .Values.replicas }}", "2", StringComparison.Ordinal).Replace("{{ .Values.image.tag }}", "1.0.0",
                StringComparison.Ordinal).Replace("{{ .Values.size }}", "20Gi", StringComparison.Ordinal));
        Write(".repave.yaml", "environments:\n  - {name: prod, chart: shop, values: values-prod.yaml, baseline: prod.yaml}\n"
            + "  - {name: other, chart: shop, values: values-staging.yaml, baseline: gone.yaml}\n");
        using var client = Start();
        var uri = Uri("shop/values.yaml");
        client.Open(uri, Values);
        Wait(client, environments => environments.ContainsKey("prod"));
        client.Change(uri, 2, Text(Values.Replace("replicas: 2", "replicas: 3", StringComparison.Ordinal)));
        var plan = Wait(client, environments => environments["prod"] == "1 in-place");
        Assert.Equal("prod.yaml", (string)plan["environments"]!.AsArray().First(one => (string)one!["name"]! == "prod")!["baseline"]!);
    }

    [Theory]
    [InlineData("resources:\n- ../ba¦", "../base", "!namePrefix:")]
    [InlineData("resources:\n- ../base\npatches:\n- path: ¦", "patch.yaml", "!kustomization.yaml")]
    [InlineData("resources:\n- ../base\npatches:\n- pa¦", "patch", "path")]
    [InlineData("resources:\n- ../base\ncomponents:\n- ¦", "../extra", "")]
    [InlineData("resources:\n- ../base\nname¦", "namePrefix", "namespace")]
    [InlineData("resources:\n- ../base\nconfigMapGenerator:\n- name: a\n  files:\n  - key=¦", "patch.yaml", "!../base")]
    [InlineData("resources:\n- ../base\nimages:\n- name: a\n  ¦", "newTag", "!path")]
    public void AKustomizationIsCompletedAsTyped(string marked, string first, string second)
    {
        WriteOverlay();
        using var client = Start();
        var uri = Uri("top/kustomization.yaml");
        client.Open(uri, "resources: [../base]\npatches: [{path: patch.yaml}]\n");
        Wait(client, environments => environments.ContainsKey("top"));
        var text = marked.Replace("¦", "", StringComparison.Ordinal);
        client.Change(uri, 2, Text(text));
        var before = marked[..marked.IndexOf('¦', StringComparison.Ordinal)];
        var items = client.Request("textDocument/completion", Client.At(uri, before.Count(c => c == '\n'), before.Length
            - before.LastIndexOf('\n') - 1))!["items"]!.AsArray().Select(item => (string)item!["label"]!).ToList();
        Assert.Contains(first, items);
        if (second.StartsWith('!'))
            Assert.DoesNotContain(second[1..], items);
        else if (second.Length > 0)
            Assert.Contains(second, items);
    }

    [Theory]
    [InlineData("top/kustomization.yaml", 0, 16, "base/kustomization.yaml", 0)]
    [InlineData("top/kustomization.yaml", 1, 20, "top/patch.yaml", 0)]
    [InlineData("top/patch.yaml", 3, 9, "base/web.yaml", 3)]
    public void APatchAndAPathLeadToWhatTheyName(string file, int line, int character, string target, int targetLine)
    {
        WriteOverlay();
        using var client = Start();
        client.Open(Uri(file), File.ReadAllText(Path.Combine(_folder, file)));
        Wait(client, environments => environments.ContainsKey("top"));
        var found = Assert.Single(client.Request("textDocument/definition", Client.At(Uri(file), line, character))!.AsArray())!;
        Assert.Equal(Uri(target), (string)found["uri"]!);
        Assert.Equal(targetLine, (int)found["range"]!["start"]!["line"]!);
    }

    private void WriteOverlay()
    {
        File.Delete(Path.Combine(_folder, ".repave.yaml"));
        Write("base/kustomization.yaml", "resources: [web.yaml]\n");
        Write("base/web.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  selector: {matchLabels: {a: b}}\n"
            + "  template:\n    metadata: {labels: {a: b}}\n    spec: {containers: [{name: web, image: nginx:1.27}]}\n");
        Write("extra/kustomization.yaml", "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnamePrefix: a-\n");
        Write("top/kustomization.yaml", "resources: [../base]\npatches: [{path: patch.yaml}]\n");
        Write("top/patch.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 3\n");
    }

    [Fact]
    public void AFindingStandsAtTheValueWithItsEnvironments()
    {
        using var client = Start();
        var uri = Uri("shop/values-prod.yaml");
        client.Open(uri, "size: 20Gi\n");
        Wait(client, _ => true);
        client.Change(uri, 2, Text("size: 20Gi\nimage:\n  tag: latest\nreplica: 4\n"));
        var found = client.Diagnostics(uri, 2, all => all.Count > 1);
        Assert.Contains(found, one => (string)one!["code"]! == "RPV1001" && (int)one["range"]!["start"]!["line"]! == 2
            && ((string)one["message"]!).EndsWith("[prod]", StringComparison.Ordinal));
        Assert.Contains(found, one => (string)one!["code"]! == "RPV0008" && (int)one["range"]!["start"]!["line"]! == 3);
    }

    [Fact]
    public void WhatIsBuiltIsShownWithItsOrigins()
    {
        using var client = Start();
        var uri = Uri("shop/values-prod.yaml");
        client.Open(uri, "size: 20Gi\n");
        Wait(client, _ => true);
        var built = client.Request("repave/built", new JsonObject { ["uri"] = uri })!;
        Assert.Equal("prod", (string)built["environment"]!);
        var lines = ((string)built["text"]!).Split('\n').ToList();
        var line = lines.FindIndex(one => one.Contains("storage: 20Gi", StringComparison.Ordinal));
        var origin = client.Request("repave/origin", new JsonObject
        {
            ["environment"] = "prod",
            ["position"] = new JsonObject { ["line"] = line, ["character"] = lines[line].IndexOf("20Gi", StringComparison.Ordinal) },
        })!.AsArray();
        Assert.Equal(["shop/values-prod.yaml", "shop/templates/db.yaml"], origin.Select(one => (string)one!["file"]!).Take(2));
        var compared = (string)client.Request("repave/compare", new JsonObject { ["first"] = "staging", ["second"] = "prod" })!;
        Assert.Contains("`spec.replicas`: 1 → 2", compared, StringComparison.Ordinal);
    }

    [Fact]
    public void ValuesAndTemplatesAreNames()
    {
        using var client = Start();
        var (values, template) = (Uri("shop/values.yaml"), Uri("shop/templates/db.yaml"));
        client.Open(values, Values);
        client.Open(template, Template);
        Wait(client, _ => true);
        // From a use to the value, and back.
        Assert.Equal([$"{values} 0", $"{Uri("shop/values-staging.yaml")} 0"], Places(client.Request("textDocument/definition",
            Client.At(template, 6, 23))));
        Assert.Contains($"{template} 6", Places(client.Request("textDocument/definition", Client.At(values, 0, 2))));
        Assert.Equal([$"{Uri("shop/templates/_helpers.tpl")} 0"], Places(client.Request("textDocument/definition", Client.At(template, 3,
            22))));
        var edit = client.Request("textDocument/rename", With(Client.At(values, 3, 3), "newName", "version"))!["changes"]!.AsObject();
        Assert.Equal([template, values], edit.Select(file => file.Key).Order(StringComparer.Ordinal));
        // What is built is checked after it is planned; until then nobody knows what its fields are.
        string Hover() => (string)client.Request("textDocument/hover", Client.At(values, 1, 1))!["contents"]!["value"]!;
        SpinWait.SpinUntil(() => Hover().Contains("staging", StringComparison.Ordinal), TimeSpan.FromSeconds(20));
        var hover = Hover();
        Assert.Contains("staging", hover, StringComparison.Ordinal);
        Assert.Contains("`8Gi`; changing it: replaces", hover, StringComparison.Ordinal);
        Assert.Contains("Used in shop/templates/db.yaml:19", hover, StringComparison.Ordinal);
        // Half-typed.
        client.Change(template, 2, Text(Template + "x: {{ .Values.im"));
        var items = client.Completion(template, 19, 16)
            .Select(item => (string)item!["label"]!).ToList();
        Assert.Contains("image", items);
    }

    private static JsonObject With(JsonObject at, string name, string value)
    {
        at[name] = value;
        return at;
    }

    private static List<string> Places(JsonNode? answer) =>
        [.. answer!.AsArray().Select(one => $"{one!["uri"]} {one["range"]!["start"]!["line"]}")];

    private static JsonObject Document(string uri) => new() { ["textDocument"] = new JsonObject { ["uri"] = uri } };

    private static JsonObject Text(string text) => new() { ["text"] = text };

    private Client Start() => Client.Start(_folder, new JsonObject { ["trusted"] = true, ["baseline"] = "git:HEAD" });

    private string Uri(string path) => new Uri(Path.Combine(_folder, path)).AbsoluteUri;

    private static JsonNode Wait(Client client, Func<Dictionary<string, string>, bool> fits) => client.Wait(one =>
        (string?)one["method"] == "repave/planChanged" && one["params"]!["environments"] is JsonArray { Count: > 0 } environments
        && fits(environments.ToDictionary(e => (string)e!["name"]!, e => (string)e!["summary"]!)))["params"]!;

    private void Write(string path, string text)
    {
        var full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
