using System.Text.Json.Nodes;
using NJsonSchema;
using Repave.Core.Tests.Support;
using Repave.EndToEnd.Tests.Records;

namespace Repave.EndToEnd.Tests.Outputs;

/// <summary>The schemas of JSON output (schemas/output) are made from the code, and what the commands really write is valid by them, with nothing in
/// it that they do not name. REPAVE_WRITE_PAGES=1 writes them.</summary>
public sealed class OutputSchemaTests
{
    private const int MaxShown = 5;

    /// <summary>Commands on the samples.</summary>
    public static TheoryData<string> Samples =>
    [
        "check samples/shop-flawed",
        "check samples",
        "plan samples/shop-next --from samples/shop.snapshot.yaml",
        "plan samples/shop-next --from samples/shop --back",
        "plan samples/stack-next --from samples/stack --back",
        "plan samples/compose --from samples/shop",
        "plan samples/shop-chart --from git:HEAD",
        "plan samples/shop-overlays --from git:HEAD",
        "drift samples/shop --from samples/shop.snapshot.yaml --all",
        "build samples/shop-chart",
        "build samples/shop-overlays/overlays/prod",
        "compare staging prod samples/shop-chart",
    ];

    [Fact]
    public void TheyAreFresh()
    {
        foreach (var (command, schema) in OutputSchema.All)
        {
            var text = OutputSchema.Text(schema);
            var file = Path.Combine(Repository.Root, "schemas", "output", command + ".schema.json");
            if (Environment.GetEnvironmentVariable("REPAVE_WRITE_PAGES") == "1")
                File.WriteAllText(file, text);
            Assert.Equal(text, File.Exists(file) ? File.ReadAllText(file) : "");
        }
    }

    [Fact]
    public void EveryMemberIsExplained() => Assert.Empty(OutputSchema.All.SelectMany(schema =>
        schema.Value["definitions"]!.AsObject().Append(new KeyValuePair<string, JsonNode?>(schema.Key, schema.Value))
            .SelectMany(d => d.Value!["properties"]!.AsObject().Where(p => p.Value!["description"] is null).Select(p => $"{d.Key}.{p.Key}")))
        .Distinct());

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task SamplesAreValid(string command) => await AssertValid(command.Split(' '));

    [Fact]
    public async Task ReportsAndVerdictsAreValid()
    {
        using var repository = new RecordRepository();
        var first = repository.Git(null, "rev-list", "--max-parents=0", "HEAD");
        var report = repository.Repave([], "report", "--since", first, "--format", "json").Output;
        Assert.NotEmpty(JsonNode.Parse(report)!["changes"]!.AsArray());
        Assert.Empty((await Closed("report")).Validate(report));
        var record = repository.Record("intoto", ".", "--from", "git:HEAD~1");
        var verdict = repository.Repave([], "verify", record, "--format", "json").Output;
        Assert.Equal("verified", (string)JsonNode.Parse(verdict)!["verdict"]!);
        Assert.Empty((await Closed("verify")).Validate(verdict));
        repository.Write("k8s/settings.yaml", RecordRepository.Settings("black"));
        verdict = repository.Repave([], "verify", record, "--format", "json").Output;
        Assert.NotEmpty(JsonNode.Parse(verdict)!["problems"]!.AsArray());
        Assert.Empty((await Closed("verify")).Validate(verdict));
    }

    [Fact]
    public async Task DriftIsValid()
    {
        var folder = Directory.CreateTempSubdirectory("repave-drift-");
        try
        {
            var manifest = Path.Combine(folder.FullName, "map.yaml");
            const string Map = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: map\n  namespace: shop\n";
            await File.WriteAllTextAsync(manifest, Map + "data:\n  colour: blue\n");
            var dump = Path.Combine(folder.FullName, "dump.yaml");
            await File.WriteAllTextAsync(dump, Map + "  managedFields:\n  - manager: kubectl-edit\n    operation: Update\n    apiVersion: v1\n"
                + "    time: '2026-03-01T10:00:00Z'\n    fieldsType: FieldsV1\n    fieldsV1: {f:data: {f:colour: {}}}\ndata:\n  colour: red\n");
            var answer = Tool.Repave(folder.FullName, "drift", manifest, "--from", dump, "--format", "json");
            Assert.Equal("kubectl-edit", (string)JsonNode.Parse(answer.Output)!["drift"]![0]!["manager"]!);
            Assert.Empty((await Closed("drift")).Validate(answer.Output));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task ChecksOfTheCorpusAreValid()
    {
        foreach (var corpus in (string[])["data/corpus/kubernetes", "data/corpus/cloudformation", "cases/terraform"])
            await AssertValid("check", SharedData.Require(corpus));
    }

    [Fact]
    public async Task PlansOfTheCorpusAreValid()
    {
        var empty = Directory.CreateTempSubdirectory("repave-empty-");
        try
        {
            foreach (var corpus in (string[])["data/corpus/kubernetes", "data/corpus/cloudformation"])
                await AssertValid("plan", SharedData.Require(corpus), "--from", empty.FullName, "--back");
        }
        finally
        {
            empty.Delete();
        }
    }

    [Fact]
    public async Task WhatIsWrongIsFound()
    {
        var schema = await Closed("check");
        var answer = Tool.Repave(Repository.Root, "check", "samples/shop-flawed", "--format", "json").Output;
        foreach (var change in (Action<JsonNode>[])[n => n["version"] = 2, n => n["files"] = "1", n => n.AsObject().Remove("findings"),
            n => n["findings"]![0]!["severity"] = "loud", n => n["findings"]![0]!["more"] = 1, n => n["findings"]![0]!["range"] = null,
            n => n["findings"]![0]!["range"]!["start"]!["line"] = 1.5, n => n["findings"]![0]!["resource"]!["dialect"] = "Klingon"])
        {
            var wrong = JsonNode.Parse(answer)!;
            change(wrong);
            Assert.NotEmpty(schema.Validate(wrong.ToJsonString()));
        }
    }

    private static async Task AssertValid(params string[] command)
    {
        string[] never = command[0] is "check" or "plan" or "drift" ? ["--fail-on", "never"] : [];
        var answer = Tool.Repave(Repository.Root, [.. command, "--format", "json", .. never]);
        Assert.True(answer.ExitCode is 0 or 1, answer.Error);
        var issues = (await Closed(command[0])).Validate(answer.Output);
        Assert.True(issues.Count == 0, string.Join("\n", issues.Take(MaxShown)));
        // A list that is always empty would say nothing of what stands in it.
        var lists = JsonNode.Parse(answer.Output)!.AsObject().Where(m => m.Value is JsonArray).ToList();
        Assert.True(command[0] is "drift" || lists.Exists(m => m.Value!.AsArray().Count > 0), answer.Output);
    }

    /// <summary>A schema in which no object may have anything that is not named. Those that are kept are open, so that later releases can add.</summary>
    private static async Task<JsonSchema> Closed(string command)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "schemas", "output", command + ".schema.json"));
        var schema = JsonNode.Parse(text)!;
        foreach (var definition in schema["definitions"]!.AsObject().Select(d => d.Value!).Append(schema))
            definition["additionalProperties"] = false;
        return await JsonSchema.FromJsonAsync(schema.ToJsonString());
    }
}
