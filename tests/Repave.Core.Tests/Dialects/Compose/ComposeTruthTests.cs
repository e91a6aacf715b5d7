using System.Text.Json.Nodes;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Dialects.Compose;

/// <summary>Plans against what Docker Compose really did to measured updates. What a plan of two folders cannot be told (options of
/// <c>up</c>, changes by hand between two ups, another project's name) is left out.</summary>
public class ComposeTruthTests(ITestOutputHelper output)
{
    private static readonly string[] Told = ["project name (-p)", "up web (dependent untouched)", "labels (answer y on stdin)"];

    [Theory]
    [InlineData("2.26.1")]
    [InlineData("2.40.3")]
    public void PlansSayWhatComposeDid(string version)
    {
        var (right, all) = (0, 0);
        foreach (var line in File.ReadLines(SharedData.Require("data/compose/compose-truth.jsonl")))
        {
            var row = JsonNode.Parse(line)!;
            if ((string)row["version"]! != version || row["drift"] is JsonArray { Count: > 0 } || row["flags"] is JsonArray { Count: > 0 }
                || Told.Contains((string)row["field"]!))
                continue;
            all++;
            var wrong = Differences(row, version[..4]).ToList();
            if (wrong.Count == 0)
                right++;
            else
                output.WriteLine($"{row["n"]} {row["field"]}: {string.Join("; ", wrong)}");
        }

        output.WriteLine($"{right} of {all}");
        Assert.True(right >= 0.98 * all, $"{right} of {all}");
    }

    private static IEnumerable<string> Differences(JsonNode row, string version)
    {
        var before = FilesOf("old", row["before"]!, row["files_before"], null);
        var after = FilesOf("new", row["after"]!, row["files_before"], row["files_after"]);
        var plan = Planner.Plan(after, new Baseline("old", before) { IsEarlierState = true, Roots = ["old"] }, Settings.Default,
            new PlanOptions { Roots = ["new"], Versions = new Dictionary<string, string> { ["compose"] = version } });
        foreach (var (kind, section) in ((string, string)[])[("service", "services"), ("network", "networks"), ("volume", "volumes")])
        {
            foreach (var (full, outcome) in row["outcome"]![section]!.AsObject())
            {
                // Networks and volumes are called by their real names: with the project's, or their own.
                var name = kind == "service" ? full : full.StartsWith('t') && full.IndexOf('_', StringComparison.Ordinal) is > 0 and var cut
                    ? full[(cut + 1)..] : null;
                if (name is null)
                    continue;
                var was = ((string)outcome!).Split(' ')[0];
                var expected = was switch
                {
                    "unchanged" => PlanAction.None,
                    "created" => PlanAction.Create,
                    "recreated" => kind == "service" ? PlanAction.Roll : PlanAction.Replace,
                    _ => PlanAction.InPlace,
                };
                var found = plan.Changes.FirstOrDefault(c => c.Id.Type == kind && c.Id.Name == name)?.Action ?? PlanAction.None;
                // One that has another real name now is another one: it is made, and the old one stays.
                if (kind != "service" && found == PlanAction.Create && was == "unchanged"
                    && row["outcome"]![section]!.AsObject().Any(o => (string)o.Value! == "created"))
                    continue;
                if (found != expected)
                    yield return $"{kind} {name}: {outcome}, planned {PlanNames.Of(found)}";
            }
        }
    }

    private static List<Manifest> FilesOf(string folder, JsonNode document, JsonNode? first, JsonNode? then)
    {
        var files = new Dictionary<string, string>();
        foreach (var more in (JsonNode?[])[first, then])
        {
            foreach (var (name, text) in more?.AsObject() ?? [])
                files[name] = (string)text!;
        }

        files["compose.yaml"] = document is JsonValue ? (string)document! : document.ToJsonString();
        return [.. files.Select(f => Manifest.Parse($"{folder}/{f.Key}", f.Value))];
    }
}
