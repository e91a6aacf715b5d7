using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Dialects.Kubernetes;

/// <summary>Plans of single changes against what real API servers answered to them (../shared/data/kubernetes-updates).</summary>
public partial class UpdateVerdictTests(ITestOutputHelper output)
{
    private const double Floor = 0.99;

    [Theory]
    [InlineData("1.36.2", "1.36")]
    [InlineData("1.20.2", "1.20")]
    // Without being told the release, going by the live object alone.
    [InlineData("1.36.2", null)]
    [InlineData("1.20.2", null)]
    public void PlansSayWhatServersAnswered(string server, string? version)
    {
        var folder = SharedData.Require("data/kubernetes-updates");
        var rows = File.ReadLines(Path.Combine(folder, $"updates-{server}.jsonl")).Select(l => JsonNode.Parse(l)!.AsObject()).ToList();
        var definition = Manifest.Parse("widgets.json",
            File.ReadAllText(Path.Combine(folder, "objects", server, "CustomResourceDefinition-widgets.example.com.json")));
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var tally = new SortedDictionary<string, Tally>(StringComparer.Ordinal);
        var wrong = new List<string>();
        var (right, judged, calm, silent) = (0, 0, 0, 0);
        foreach (var row in rows)
        {
            var (kind, name) = ((string)row["kind"]!, (string)row["object"]!);
            var file = Path.Combine(folder, "objects", server, $"{kind}-{name}.json");
            if (!texts.TryGetValue(file, out var live))
                texts[file] = live = File.ReadAllText(file);
            var changed = Change(live, row);
            var baseline = new Baseline("live",
                kind == "CustomResourceDefinition" ? [Manifest.Parse(file, live)] : [definition, Manifest.Parse(file, live)]);
            var plan = Planner.Plan([Manifest.Parse("changed.json", changed)], baseline, Settings.Default,
                new PlanOptions { Versions = version is null ? new Dictionary<string, string>() : new() { ["kubernetes"] = version } });
            var change = plan.Changes.Single(c => c.Desired is not null);
            var isReplace = change.Action == PlanAction.Replace;
            var outcome = (string)row["outcome"]!;
            if (outcome == "no-effect")
            {
                silent++;
                if (!isReplace)
                    calm++;
                else
                    output.WriteLine($"    a false alarm on no effect: {kind} {row["op"]} {row["path"]}");
                continue;
            }

            if (outcome is not ("accepted" or "immutable"))
                continue;
            judged++;
            if (!tally.TryGetValue(kind, out var count))
                tally[kind] = count = new Tally();
            var isImmutable = outcome == "immutable";
            count.Add(isReplace, isImmutable);
            if (isReplace == isImmutable)
                right++;
            else
                wrong.Add($"{kind}/{name} {row["op"]} {row["path"]} {row["from"]?.ToJsonString()} -> {row["to"]?.ToJsonString()}: "
                    + $"{outcome}, planned {change.Action}: {row["message"]}");
        }

        foreach (var (kind, count) in tally)
            output.WriteLine($"{kind,-34} {count}");
        foreach (var line in wrong)
            output.WriteLine(line[..Math.Min(400, line.Length)]);
        var total = tally.Values.Aggregate(new Tally(), (sum, one) => sum.Plus(one));
        output.WriteLine($"{server} as {version ?? "found out"}: {right} of {judged} right "
            + $"({(double)right / judged:0.0000}); {total}; {calm} of {silent} without effect call for no replacement");
        Assert.True(right >= Floor * judged, $"{right} of {judged}");
    }

    private static string Change(string live, JsonObject row)
    {
        var root = JsonNode.Parse(live)!;
        var steps = StepPattern().Matches((string)row["path"]!).Select(m =>
            m.Groups["key"].Success ? m.Groups["key"].Value : m.Groups["index"].Success ? m.Groups["index"].Value : m.Groups["name"].Value)
            .ToList();
        var at = root;
        foreach (var step in steps.SkipLast(1))
            at = at is JsonArray list ? list[int.Parse(step, null)]! : at[step] ??= new JsonObject();
        var last = steps[^1];
        if ((string)row["op"]! == "remove")
        {
            if (at is JsonArray list)
                list.RemoveAt(int.Parse(last, null));
            else
                at.AsObject().Remove(last);
        }
        else if (at is JsonArray array)
        {
            array[int.Parse(last, null)] = row["to"]?.DeepClone();
        }
        else
        {
            at[last] = row["to"]?.DeepClone();
        }

        return root.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    [GeneratedRegex(@"\['(?<key>[^']*)'\]|\[(?<index>\d+)\]|(?<name>[^.\[\]]+)")]
    private static partial Regex StepPattern();

    private sealed class Tally
    {
        private int _hits;
        private int _missed;
        private int _false;
        private int _passed;

        public void Add(bool isReplace, bool isImmutable)
        {
            if (isReplace && isImmutable)
                _hits++;
            else if (isImmutable)
                _missed++;
            else if (isReplace)
                _false++;
            else
                _passed++;
        }

        public Tally Plus(Tally other) => new()
        {
            _hits = _hits + other._hits,
            _missed = _missed + other._missed,
            _false = _false
            + other._false,
            _passed = _passed + other._passed
        };

        public override string ToString() =>
            $"{_hits + _missed + _false + _passed,4} rows, precision {(_hits + _false == 0 ? 1 : (double)_hits / (_hits + _false)):0.000}, "
            + $"recall {(_hits + _missed == 0 ? 1 : (double)_hits / (_hits + _missed)):0.000}";
    }
}
