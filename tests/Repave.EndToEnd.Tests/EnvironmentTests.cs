using System.Text.Json.Nodes;
using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests;

/// <summary>Environments in <c>plan</c>, <c>check</c>, <c>build</c> and <c>compare</c>, as a process in a real git repository.</summary>
public sealed class EnvironmentTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("repave-environments-").FullName;

    public EnvironmentTests()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "samples", "shop-chart"), "*", SearchOption.AllDirectories))
            Write(Path.GetRelativePath(Path.Combine(Repository.Root, "samples", "shop-chart"), file), File.ReadAllText(file));
        Git("init", "--quiet");
        Git("config", "user.email", "tests@example.com");
        Git("config", "user.name", "tests");
        Git("add", "-A");
        Git("commit", "--quiet", "-m", "first");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void OneEditIsPlannedInEveryEnvironment()
    {
        Replace("values.yaml", "storage: 8Gi", "storage: 9Gi");
        Replace("values.yaml", "replicas: 1", "replicas: 3");
        var plan = JsonNode.Parse(Tool.Repave(_folder, "plan", ".", "--format", "json").Output)!;
        Assert.Equal(["prod", "staging"], plan["environments"]!.AsArray().Select(one => (string)one!["name"]!));
        // Production has its own size, and only the number of its databases changes.
        Assert.Equal(["prod in-place", "staging replace"], plan["changes"]!.AsArray().Where(one => (string)one!["action"]! != "none")
            .Select(one => $"{one!["environment"]} {one["action"]}"));
        var text = Tool.Repave(_folder, "plan", "values.yaml").Output;
        Assert.Contains("replaces StatefulSet/shop-web-db", text, StringComparison.Ordinal);
        Assert.Contains("values.yaml:13 │ storage: 9Gi", text, StringComparison.Ordinal);
        var only = JsonNode.Parse(Tool.Repave(_folder, "plan", ".", "--environment", "prod", "--format", "json").Output)!;
        Assert.All(only["changes"]!.AsArray(), one => Assert.Equal("prod", (string)one!["environment"]!));
        Assert.Equal(2, Tool.Repave(_folder, "plan", ".", "--environment", "pord").ExitCode);
    }

    [Fact]
    public void AFileOfValuesReachesItsEnvironmentAlone()
    {
        Replace("values-prod.yaml", "replicas: 4", "replicas: 5");
        var plan = JsonNode.Parse(Tool.Repave(_folder, "plan", "values-prod.yaml", "--format", "json").Output)!;
        Assert.Equal("prod", (string)Assert.Single(plan["environments"]!.AsArray())!["name"]!);
        // What is staged counts, not what lies in the work tree.
        Git("add", "-A");
        Replace("values-prod.yaml", "replicas: 5", "replicas: 4");
        var staged = JsonNode.Parse(Tool.Repave(_folder, "plan", "--staged", "--format", "json").Output)!;
        var change = staged["changes"]!.AsArray().Single(one => (string)one!["action"]! != "none")!;
        Assert.Equal(("prod", "in-place"), ((string)change["environment"]!, (string)change["action"]!));
    }

    [Fact]
    public void AMatrixLeadsEveryFormat()
    {
        Replace("values.yaml", "storage: 8Gi", "storage: 9Gi");
        Assert.Contains("| **staging** |", Tool.Repave(_folder, "plan", ".", "--format", "markdown").Output, StringComparison.Ordinal);
        Assert.Contains("<table class=\"matrix\">", Tool.Repave(_folder, "plan", ".", "--format", "html").Output, StringComparison.Ordinal);
        Assert.Equal(1, Tool.Repave(_folder, "plan", ".", "--fail-on", "replace").ExitCode);
        Assert.Equal(0, Tool.Repave(_folder, "plan", ".", "--environment", "prod", "--fail-on", "replace").ExitCode);
    }

    [Fact]
    public void ABuildOfAnEnvironmentHasItsValues()
    {
        var built = Tool.Repave(_folder, "build", "--environment", "prod");
        Assert.Equal(0, built.ExitCode);
        Assert.Contains("storage: 64Gi", built.Output, StringComparison.Ordinal);
        Assert.Contains("name: shop-web\n", built.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void DifferencesAreFoundAndMeantOnesAreNot()
    {
        var same = Tool.Repave(_folder, "compare", "staging", "prod", "--format", "json");
        Assert.Equal(0, same.ExitCode);
        var differences = JsonNode.Parse(same.Output)!["differences"]!.AsArray();
        Assert.Equal(2, differences.Count(one => one!["allowed"] is not null));
        File.AppendAllText(Path.Combine(_folder, "values-prod.yaml"), "image: {tag: 1.5.0, digest: ''}\n");
        var other = Tool.Repave(_folder, "compare", "staging", "prod");
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("values-prod.yaml:6 │ image: {tag: 1.5.0, digest: ''}", other.Output, StringComparison.Ordinal);
        Assert.Equal(0, Tool.Repave(_folder, "compare", "staging", "prod", "--fail-on", "never").ExitCode);
    }

    // A difference is traced rightly if giving both environments the first one's line takes it away.
    [Fact]
    public void ChangingTheLineThatMakesADifferenceTakesItAway()
    {
        var differences = Differences();
        Assert.NotEmpty(differences);
        foreach (var one in differences)
        {
            // What the first environment says there, in the place of what the second says.
            var (from, place) = (one["inFirst"]!, one["inSecond"]!);
            var file = Path.Combine(_folder, (string)place["file"]!);
            var before = File.ReadAllText(file);
            var lines = before.Split('\n');
            var other = File.ReadAllText(Path.Combine(_folder, (string)from["file"]!)).Split('\n');
            lines[(int)place["range"]!["start"]!["line"]!] = other[(int)from["range"]!["start"]!["line"]!];
            File.WriteAllText(file, string.Join('\n', lines));
            Assert.DoesNotContain(Differences(), left => KeyOf(left) == KeyOf(one));
            File.WriteAllText(file, before);
        }
    }

    private List<JsonNode> Differences() => [.. JsonNode.Parse(Tool.Repave(_folder, "compare", "staging", "prod", "--format", "json",
        "--fail-on", "never").Output)!["differences"]!.AsArray().Select(one => one!)];

    private static string KeyOf(JsonNode one) => $"{one["resource"]!["type"]} {one["path"]} {one["from"]} {one["to"]}";

    private void Replace(string path, string from, string to)
    {
        var full = Path.Combine(_folder, path);
        var text = File.ReadAllText(full);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(full, text.Replace(from, to, StringComparison.Ordinal));
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
