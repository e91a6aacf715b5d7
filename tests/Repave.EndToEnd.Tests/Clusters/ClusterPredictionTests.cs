using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Core.Tests.Support;

namespace Repave.EndToEnd.Tests.Clusters;

/// <summary>Predictions for changes of single fields, held against what a real API server does with them.</summary>
public sealed class ClusterPredictionTests(KubeApiServer server, ITestOutputHelper output) : IClassFixture<KubeApiServer>
{
    private static readonly string[] OfServer =
        ["uid", "resourceVersion", "creationTimestamp", "generation", "managedFields", "selfLink", "name", "namespace"];

    [Fact]
    public void ReplacementsAreRefusedAndEverythingElseIsAccepted()
    {
        server.Require();
        var kinds = Path.Combine(Repository.Root, "tests", "Fixtures", "kinds.yaml");
        server.Apply(kinds);
        var objects = JsonNode.Parse(server.Kubectl("get", "-f", kinds, "-o", "json"))!["items"]!.AsArray()
            .Select(o => o!.AsObject()).ToList();
        var counts = new SortedDictionary<string, (int Replaced, int Kept)>(StringComparer.Ordinal);
        var wrong = new List<string>();
        var invalid = 0;
        foreach (var live in objects)
        {
            // The record of what was applied is no field of interest.
            live["metadata"]!.AsObject().Remove("annotations");
            var kind = (string)live["kind"]!;
            var address = AddressOf(live);
            var definitions = objects.Where(o => (string)o["kind"]! == "CustomResourceDefinition" && o != live)
                .Select(o => Manifest.Parse("definition.json", o.ToJsonString()));
            foreach (var (path, changed) in Changes(live))
            {
                var baseline = new Baseline("live", [.. definitions, Manifest.Parse("live.json", live.ToJsonString())]);
                var plan = Planner.Plan([Manifest.Parse("changed.json", changed.ToJsonString())], baseline, Settings.Default,
                    new PlanOptions { Versions = new Dictionary<string, string> { ["kubernetes"] = "1.20" } });
                var action = plan.Changes.Single(c => c.Desired is not null).Action;
                var (status, body) = server.Send(HttpMethod.Put, address + "?dryRun=All", changed.ToJsonString());
                var isAccepted = (int)status < 300;
                var count = counts.GetValueOrDefault(kind);
                if (action == PlanAction.Replace)
                {
                    counts[kind] = count with { Replaced = count.Replaced + 1 };
                    if (isAccepted && !IsUnchanged(body, live))
                        wrong.Add($"{kind} {path}: planned to be replaced, and accepted");
                }
                else if (!isAccepted && !IsValid(changed))
                {
                    // Wrong on any object, changed or new.
                    invalid++;
                }
                else
                {
                    counts[kind] = count with { Kept = count.Kept + 1 };
                    if (!isAccepted)
                        wrong.Add($"{kind} {path}: planned {action}, and refused: {(string?)JsonNode.Parse(body)!["message"]}");
                }
            }
        }

        foreach (var (kind, count) in counts)
            output.WriteLine($"{kind,-32} {count.Replaced,4} replaced {count.Kept,4} kept");
        output.WriteLine($"{counts.Values.Sum(c => c.Replaced)} replacements, {counts.Values.Sum(c => c.Kept)} others, {invalid} values "
            + $"that no object may have, {counts.Count} kinds");
        Assert.True(counts.Count >= 40, $"{counts.Count} kinds");
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    private string AddressOf(JsonObject live)
    {
        var apiVersion = (string)live["apiVersion"]!;
        var group = apiVersion.Contains('/') ? $"apis/{apiVersion}" : $"api/{apiVersion}";
        var resource = JsonNode.Parse(server.Send(HttpMethod.Get, group).Body)!["resources"]!.AsArray()
            .First(r => (string)r!["kind"]! == (string)live["kind"]! && !((string)r["name"]!).Contains('/'))!;
        var home = (string?)live["metadata"]!["namespace"];
        return $"{group}{(home is null ? "" : $"/namespaces/{home}")}/{resource["name"]}/{live["metadata"]!["name"]}";
    }

    private bool IsValid(JsonObject changed)
    {
        var copy = changed.DeepClone().AsObject();
        copy.Remove("status");
        var metadata = copy["metadata"]!.AsObject();
        foreach (var field in OfServer.Where(f => f is not ("name" or "namespace")))
            metadata.Remove(field);
        metadata["name"] = "another-" + metadata["name"];
        if ((string)copy["kind"]! == "Service" && copy["spec"] is JsonObject spec)
        {
            spec.Remove("clusterIPs");
            if ((string?)spec["clusterIP"] != "None")
                spec.Remove("clusterIP");
        }

        var address = AddressOf(changed);
        return (int)server.Send(HttpMethod.Post, address[..address.LastIndexOf('/')] + "?dryRun=All", copy.ToJsonString()).Status < 300;
    }

    // The server may fill in again what a change takes away.
    private static bool IsUnchanged(string body, JsonObject live)
    {
        var stored = JsonNode.Parse(body)!;
        return JsonNode.DeepEquals(stored["spec"], live["spec"]) && JsonNode.DeepEquals(stored["data"], live["data"])
            && JsonNode.DeepEquals(stored["template"], live["template"]);
    }

    // Every scalar changed a little, and every optional structure or scalar left out.
    private static IEnumerable<(string Path, JsonObject Changed)> Changes(JsonObject live)
    {
        foreach (var path in Paths(live, []).ToList())
        {
            if (path.Contains("status") || path[0] is "apiVersion" or "kind"
                || (path[0] == "metadata" && (path.Count == 1 || OfServer.Contains(path[1]))))
                continue;
            var name = string.Join('.', path);
            var changed = live.DeepClone().AsObject();
            var (holder, last) = Holder(changed, path);
            var value = holder is JsonArray list ? list[int.Parse(last, CultureInfo.InvariantCulture)] : holder[last];
            if (value is JsonValue scalar && Other(scalar) is { } other)
            {
                if (holder is JsonArray array)
                    array[int.Parse(last, CultureInfo.InvariantCulture)] = other;
                else
                    holder[last] = other;
                yield return (name, changed);
            }

            var without = live.DeepClone().AsObject();
            var (parent, key) = Holder(without, path);
            if (parent is JsonObject mapping)
            {
                mapping.Remove(key);
                yield return (name + " left out", without);
            }
        }
    }

    private static (JsonNode Holder, string Last) Holder(JsonObject root, IReadOnlyList<string> path)
    {
        JsonNode at = root;
        foreach (var step in path.SkipLast(1))
            at = at is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)]! : at[step]!;
        return (at, path[^1]);
    }

    private static JsonNode? Other(JsonValue value) => value.GetValueKind() switch
    {
        System.Text.Json.JsonValueKind.String when ((string)value!).EndsWith("Gi", StringComparison.Ordinal) => "7Gi",
        System.Text.Json.JsonValueKind.String => (string)value! + "z",
        System.Text.Json.JsonValueKind.Number => (long)value + 1,
        System.Text.Json.JsonValueKind.True => false,
        System.Text.Json.JsonValueKind.False => true,
        _ => null,
    };

    private static IEnumerable<IReadOnlyList<string>> Paths(JsonNode node, IReadOnlyList<string> prefix)
    {
        IEnumerable<(string Key, JsonNode? Value)> children = node switch
        {
            JsonObject mapping => mapping.Select(p => (p.Key, p.Value)),
            JsonArray list => list.Select((item, i) => (i.ToString(CultureInfo.InvariantCulture), item)),
            _ => [],
        };
        foreach (var (key, value) in children)
        {
            string[] path = [.. prefix, key];
            yield return path;
            if (value is null)
                continue;
            foreach (var inner in Paths(value, path))
                yield return inner;
        }
    }
}
