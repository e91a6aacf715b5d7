using System.Text.Json;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Plans.Replacement;

/// <summary>What going back does, against what a real server did and what platforms' documents say
/// (<c>shared/data/replacement</c>).</summary>
public class MeasuredWayBackTests(ITestOutputHelper output)
{
    [Fact]
    public void WaysBackAreThoseOfThePlatforms()
    {
        var (all, wrong) = (new SortedDictionary<string, int>(), new SortedDictionary<string, int>());
        foreach (var line in File.ReadLines(SharedData.Require("data/replacement/back.jsonl")))
        {
            using var json = JsonDocument.Parse(line);
            var row = json.RootElement;
            var kind = KindOf(row);
            all[kind] = all.GetValueOrDefault(kind) + 1;
            if (Difference(row) is not { } difference)
                continue;
            wrong[kind] = wrong.GetValueOrDefault(kind) + 1;
            output.WriteLine($"{row.GetProperty("n")} {row.GetProperty("resource").GetString()}: {difference} "
                + $"({row.GetProperty("expect").GetProperty("because").GetString()})");
        }

        foreach (var (kind, count) in all)
            output.WriteLine($"{kind}: {count - wrong.GetValueOrDefault(kind)} of {count}");
        output.WriteLine($"{all.Values.Sum()} rows, {wrong.Values.Sum()} differ");
        Assert.NotEmpty(all);
        Assert.Empty(wrong);
    }

    private static string KindOf(JsonElement row)
    {
        var resource = row.GetProperty("resource").GetString()!;
        return resource.Contains('/') ? resource.Split('/')[0] : "CloudFormation";
    }

    private static string? Difference(JsonElement row)
    {
        var plan = Planner.Plan([Manifest.Parse("after.yaml", row.GetProperty("new").GetString()!)],
            new Baseline("before", [Manifest.Parse("before.yaml", row.GetProperty("old").GetString()!)]) { IsEarlierState = true },
            Settings.Default, new PlanOptions { SaysWayBack = true });
        var expected = row.GetProperty("expect").GetProperty("how").GetString()!;
        var name = row.GetProperty("resource").GetString()!;
        var change = plan.Changes.FirstOrDefault(c => Names(c.Id, name));
        var how = change?.Back?.Name ?? "no change";
        return how == expected || (row.TryGetProperty("also", out var also) && also.EnumerateArray().Any(a => a.GetString() == how)) ? null
            : $"{how} instead of {expected}: {string.Join(" ", change?.Back?.Reasons ?? [])}";
    }

    private static bool Names(ResourceId id, string name) =>
        id.Name == name || $"{id.Type.Split('.')[0]}/{id.Name}" == name;
}
