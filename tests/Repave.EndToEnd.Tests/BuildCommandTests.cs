using System.Text.Json.Nodes;

namespace Repave.EndToEnd.Tests;

/// <summary><c>repave build</c>, and charts in <c>check</c> and <c>plan</c>, as a process in a real git repository.</summary>
public sealed class BuildCommandTests : IDisposable
{
    private const string Template = "apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: {{ .Release.Name }}\n"
        + "spec:\n  serviceName: db\n"
        + "  selector: {matchLabels: {a: b}}\n  template:\n    metadata: {labels: {a: b}}\n    spec:\n      containers:\n      - name: db\n"
        + "        image: \"registry.example.com/{{ .Values.image.name }}:{{ .Values.image.tag }}\"\n  volumeClaimTemplates:\n"
        + "  - metadata: {name: data}\n    spec:\n      accessModes: [ReadWriteOnce]\n"
        + "      resources: {requests: {storage: {{ .Values.size | quote }}}}\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("repave-build-").FullName;

    public BuildCommandTests()
    {
        Git("init", "--quiet");
        Git("config", "user.email", "tests@example.com");
        Git("config", "user.name", "tests");
        Write("charts/db/Chart.yaml", "apiVersion: v2\nname: db\nversion: 1.0.0\n");
        Write("charts/db/values.yaml", "image:\n  name: db\n  tag: 1.2.3\nsize: 8Gi\n");
        Write("charts/db/templates/set.yaml", Template);
        Write("charts/db/templates/NOTES.txt", "Thanks");
        Git("add", "-A");
        Git("commit", "--quiet", "-m", "first");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void AChartIsPrintedAsHelmPrintsIt()
    {
        Write("prod.yaml", "size: 9Gi\n");
        var yaml = Tool.Repave(_folder, "build", "charts/db", "--values", "prod.yaml", "--set", "image.tag=2.0.0", "--release", "shop");
        Assert.Equal(0, yaml.ExitCode);
        Assert.StartsWith("---\n# Source: db/templates/set.yaml\napiVersion: apps/v1\n", yaml.Output, StringComparison.Ordinal);
        Assert.Contains("storage: \"9Gi\"", yaml.Output, StringComparison.Ordinal);
        Assert.Contains("name: shop\n", yaml.Output, StringComparison.Ordinal);
        Assert.Contains("registry.example.com/db:2.0.0", yaml.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Thanks", yaml.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void ARefusalIsHelmsAndSaysWhere()
    {
        Write("charts/db/templates/bad.yaml", "a: 1\nb: {{ .Values.image.tag.major }}\n");
        var answer = Tool.Repave(_folder, "build", "charts/db", "--format", "json");
        Assert.Equal(2, answer.ExitCode);
        var error = JsonNode.Parse(answer.Output)!["errors"]![0]!;
        Assert.StartsWith("db/templates/bad.yaml:2:", (string)error["message"]!, StringComparison.Ordinal);
        Assert.Equal("charts/db/templates/bad.yaml", (string)error["file"]!);
        Assert.Equal(1, (int)error["range"]!["start"]!["line"]!);
        var check = Tool.Repave(_folder, "check", ".", "--format", "json");
        Assert.Equal(1, check.ExitCode);
        Assert.Contains(JsonNode.Parse(check.Output)!["findings"]!.AsArray(), finding => (string)finding!["id"]! == "RPV0005"
            && (string)finding["file"]! == "charts/db/templates/bad.yaml");
    }

    [Fact]
    public void AFindingIsSaidAtTheValue()
    {
        Write("charts/db/values.yaml", "image:\n  name: db\n  tag: latest\nsize: 8Gi\n");
        var check = JsonNode.Parse(Tool.Repave(_folder, "check", ".", "--format", "json").Output)!;
        var finding = check["findings"]!.AsArray().Single(one => (string)one!["id"]! == "RPV1001")!;
        Assert.Equal("charts/db/values.yaml", (string)finding["file"]!);
    }

    [Fact]
    public void APlanNamesTheValueThatWasChanged()
    {
        Write("charts/db/values.yaml", "image:\n  name: db\n  tag: 1.2.4\nsize: 9Gi\n");
        var plan = JsonNode.Parse(Tool.Repave(_folder, "plan", ".", "--from", "git:HEAD", "--format", "json").Output)!;
        var change = plan["changes"]!.AsArray().Single(one => (string)one!["action"]! != "none")!;
        Assert.Equal("replace", (string)change["action"]!);
        var reasons = change["reasons"]!.AsArray();
        Assert.All(reasons, reason => Assert.Equal("charts/db/values.yaml", (string)reason!["file"]!));
        Assert.Equal([2, 3], reasons.Select(reason => (int)reason!["range"]!["start"]!["line"]!).Order());
    }

    private void Write(string path, string text)
    {
        var full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    private void Git(params string[] arguments)
    {
        var answer = Tool.Run(_folder, Programs.Find("git") ?? "git", arguments);
        Assert.True(answer.ExitCode == 0, answer.Error);
    }
}
