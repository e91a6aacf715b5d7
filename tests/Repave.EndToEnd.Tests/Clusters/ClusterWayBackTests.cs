using System.Globalization;
using System.Text.Json.Nodes;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Repave.Core.Rules;
using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests.Clusters;

/// <summary>Ways back held against a real server: a random object is applied, then changed, then applied as it was. Whatever the server
/// refuses on the way back was foretold, what it takes was not called impossible, and what is not as before then is said.
/// REPAVE_PAIRS says how many (2000 for the long form), REPAVE_SEED which.</summary>
public sealed class ClusterWayBackTests(KubeApiServer server, ITestOutputHelper output) : IClassFixture<KubeApiServer>
{
    private const int ShortForm = 200;
    private const int Batch = 200;

    // The words for what is not as before although the old manifest was taken.
    private static readonly string[] Stays = ["stays", "stay,", "another one", "is a duplicate"];

    private static readonly Dictionary<string, string> Version = new() { ["kubernetes"] = "1.20" };

    [Fact]
    public void WhatTheServerRefusesOnTheWayBackWasForetold()
    {
        server.Require();
        var count = LongForm.Number("REPAVE_PAIRS", ShortForm);
        var maker = new PairMaker(LongForm.Number("REPAVE_SEED", 20261126), ClusterMergeTests.Samples());
        server.Apply(Path.Combine(Repository.Root, "tests", "Fixtures", "kinds.yaml"));
        var (tried, refused, falseAlarms, restored, said) = (0, 0, 0, 0, 0);
        var hows = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var kinds = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var wrong = new List<string>();
        for (var start = 0; tried < count && start < count * 4; start += Batch)
        {
            var pairs = Enumerable.Range(start, Batch).Select(maker.Make).ToList();
            Apply(pairs, p => p.Old);
            ReadAll(pairs, (p, live) => p.First = live);
            // What nobody could apply was never there.
            pairs.RemoveAll(p => p.First is null);
            PairMaker.Bind(pairs, server);
            var forward = Apply(pairs, p => p.New);
            pairs.RemoveAll(p => forward.ContainsKey(p.Name));
            ReadAll(pairs, (p, live) => p.Second = live);
            var back = Apply(pairs, p => p.Old);
            ReadAll(pairs, (p, live) => p.Third = live);
            foreach (var pair in pairs.Take(count - tried))
            {
                tried++;
                kinds[pair.Kind] = kinds.GetValueOrDefault(pair.Kind) + 1;
                var way = Plan(pair);
                hows[way.Name] = hows.GetValueOrDefault(way.Name) + 1;
                var foretold = way.How is BackHow.Never or BackHow.Replace or BackHow.Loss;
                var isRefused = back.TryGetValue(pair.Name, out var message);
                refused += isRefused ? 1 : 0;
                falseAlarms += !isRefused && foretold ? 1 : 0;
                var isRestored = !isRefused && JsonNode.DeepEquals(Content(pair, pair.First!), Content(pair, pair.Third!));
                restored += isRestored ? 1 : 0;
                var isSaid = way.Reasons.Any(r => Stays.Any(word => r.Contains(word, StringComparison.Ordinal)));
                said += !isRefused && !isRestored && isSaid ? 1 : 0;
                if (isRefused != foretold)
                    wrong.Add($"{pair.Kind} {pair.Name}: {(isRefused ? $"refused ({message!.Trim()})" : "taken")}, and foretold as "
                        + $"{way.Name}: {string.Join(" ", way.Reasons)}\n  old {pair.Old.ToJsonString()}\n  new {pair.New.ToJsonString()}");
                else if (!isRefused && !isRestored && !isSaid)
                    wrong.Add($"{pair.Kind} {pair.Name}: not as before, and nothing says so ({way.Name}: "
                        + $"{string.Join(" ", way.Reasons)})\n  before {Content(pair, pair.First!).ToJsonString()}\n  "
                        + $"after {Content(pair, pair.Third!).ToJsonString()}\n  old {pair.Old.ToJsonString()}\n  "
                        + $"new {pair.New.ToJsonString()}");
                else if (!isRefused && way.How == BackHow.Nothing
                    && !JsonNode.DeepEquals(Ordered(pair, pair.Second!), Ordered(pair, pair.Third!)))
                    wrong.Add($"{pair.Kind} {pair.Name}: changed, and foretold as nothing\n  old {pair.Old.ToJsonString()}\n  "
                        + $"new {pair.New.ToJsonString()}\n  then {StoredObject.Content(pair.Second!).ToJsonString()}\n  "
                        + $"after {StoredObject.Content(pair.Third!).ToJsonString()}");
            }
        }

        output.WriteLine($"{tried} pairs of {kinds.Count} kinds; {refused} refused on the way back; {falseAlarms} taken and foretold as "
            + $"refused; {restored} of {tried - refused} taken are as before, of {said} it is said what stays; "
            + $"{string.Join(", ", hows.Select(h => $"{h.Key} {h.Value}"))}");
        wrong.ForEach(output.WriteLine);
        Assert.True(tried >= count, $"only {tried} pairs");
        Assert.True(refused >= count / 20, $"only {refused} of {tried} were refused: the pairs try too little");
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    // In which order a Service names its ports means nothing.
    private static JsonObject Ordered(WayBackPair pair, JsonObject live)
    {
        var content = StoredObject.Content(live);
        if (pair.Kind == "Service" && content["spec"]?["ports"] is JsonArray ports)
            content["spec"]!["ports"] = new JsonArray(
                [.. ports.Select(p => p!.DeepClone()).OrderBy(p => p.ToJsonString(), StringComparer.Ordinal)]);
        return content;
    }

    // A Job without labels of its own gets those of its pods, which the server makes: they hold its uid.
    private static JsonObject Content(WayBackPair pair, JsonObject live)
    {
        var content = StoredObject.Content(live);
        if (pair.Kind == "Job" && content["metadata"]!["labels"] is JsonObject labels)
        {
            labels.Remove("controller-uid");
            labels.Remove("job-name");
            if (labels.Count == 0)
                content["metadata"]!.AsObject().Remove("labels");
        }

        return content;
    }

    private static WayBack Plan(WayBackPair pair)
    {
        var around = Manifest.Parse("around.json", PairMaker.Around.ToJsonString());
        var baseline = new Baseline("before", [Manifest.Parse("old.json", pair.Old.ToJsonString())])
        {
            IsEarlierState = true,
            Surroundings =
                [Manifest.Parse("definition.json", ClusterMergeTests.Samples()["CustomResourceDefinition"].ToJsonString()), around],
        };
        return Planner.Plan([Manifest.Parse("new.json", pair.New.ToJsonString())], baseline, Settings.Default,
            new PlanOptions { Versions = Version, SaysWayBack = true }).Changes.Single(c => c.Desired is not null).Back!;
    }

    // One kubectl for all; who is refused, and why.
    private Dictionary<string, string> Apply(List<WayBackPair> pairs, Func<WayBackPair, JsonObject> manifest)
    {
        var file = Path.Combine(server.Folder, "pairs.json");
        File.WriteAllText(file, new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "List",
            ["items"] = new JsonArray([.. pairs.Select(p => (JsonNode)manifest(p).DeepClone())]),
        }.ToJsonString());
        var answer = Tool.Run(server.Folder, "kubectl",
            ["--kubeconfig", server.Config, "apply", "--validate=false", "-f", file]);
        var said = answer.Output.Split('\n').ToList();
        var refusals = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in pairs.Where(p => !said.Exists(l => l.Contains($"/{p.Name} ", StringComparison.Ordinal))))
            refusals[pair.Name] = answer.Error.Split('\n').FirstOrDefault(l => l.Contains(pair.Name, StringComparison.Ordinal))
                ?? "refused";
        return refusals;
    }

    private void ReadAll(List<WayBackPair> pairs, Action<WayBackPair, JsonObject?> keep)
    {
        foreach (var group in pairs.GroupBy(p => p.Collection(server)))
        {
            var items = JsonNode.Parse(server.Send(HttpMethod.Get, group.Key).Body)!["items"]!.AsArray()
                .ToDictionary(i => (string)i!["metadata"]!["name"]!, i => i!.AsObject());
            foreach (var pair in group)
                keep(pair, items.TryGetValue(pair.Name, out var item) ? item.DeepClone().AsObject() : null);
        }
    }
}
