using System.Text.Json.Nodes;
using Repave.Core.Analysis;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Yaml;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Dialects.Kubernetes;

/// <summary>Our errors against a real API server's: manifests that are broken in one place, and what it said of each.</summary>
public class ServerVerdictTests(ITestOutputHelper output)
{
    private const string Data = "data/kubernetes-validation";

    [Fact]
    public void FindsWhatTheServerRefusesAndAcceptsWhatItAccepts()
    {
        var rows = File.ReadLines(SharedData.Require($"{Data}/mutations-1.36.2.jsonl")).Select(line => JsonNode.Parse(line)!).ToList();
        var bases = YamlLanguage.Instance.Parse(File.ReadAllText(SharedData.Require($"{Data}/manifests.yaml"))).Documents
            .Select(d => JsonTree.Of(d.Document.Root!)!).ToList();
        int refused = 0, found = 0, accepted = 0, alarmed = 0;
        foreach (var row in rows)
        {
            var mutated = bases[(int)row["base"]!].DeepClone();
            var path = (string)row["path"]!;
            var op = (string)row["op"]!;
            JsonTree.Mutate(mutated, path, op, row["to"]);
            var errors = Errors(mutated.ToJsonString());
            if ((string)row["verdict"]! == "accepted")
            {
                accepted++;
                if (errors.Count > 0)
                {
                    alarmed++;
                    output.WriteLine($"ALARM {row["kind"]} {op} {path} {row["to"]?.ToJsonString()}: "
                        + $"{string.Join(" | ", errors.Select(e => $"{e.Rule.Id} {e.Path}: {e.Message}"))}");
                }

                continue;
            }

            refused++;
            var places = row["causes"] is JsonArray { Count: > 0 } causes ? causes.Select(c => (string)c!).ToList()
                : [op == "misspell" ? path[..(path.LastIndexOf('.') + 1)] + (string)row["to"]! : path];
            if (errors.Any(e => places.Append(path).Any(place => SamePlace(e.Path, place))))
                found++;
            else
                output.WriteLine($"MISSED {row["kind"]} {op} {path} {row["to"]?.ToJsonString()} -> {string.Join(",", places)} "
                    + $"{row["message"]}; ours: {string.Join(" | ", errors.Select(e => $"{e.Rule.Id} {e.Path}"))}");
        }

        output.WriteLine($"refused {refused}, found {found} ({found / (double)refused:0.0000}); accepted {accepted}, "
            + $"alarmed {alarmed} ({alarmed / (double)accepted:0.0000})");
        Assert.True(found >= 0.95 * refused, $"found {found} of {refused}");
        Assert.True(alarmed <= 0.005 * accepted, $"{alarmed} false alarms of {accepted}");
    }

    private static IReadOnlyList<Finding> Errors(string json) =>
        [.. ManifestAnalysis.Check([Manifest.Parse("mutated.json", json)], new AnalysisOptions(Settings.Default)).Findings
            .Where(f => f.Severity == Severity.Error)];

    // Ours may be more exact than the server's (a label instead of all labels), never less.
    private static bool SamePlace(string ours, string theirs)
    {
        var a = Normal(ours);
        var b = Normal(theirs);
        return a == b || a.StartsWith(b + ".", StringComparison.Ordinal);
    }

    private static string Normal(string path) =>
        path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
}
