using System.Text.Json;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;
using Repave.Core.Rules;
using Repave.Core.Tests.Support;

namespace Repave.Core.Tests.Plans.Replacement;

/// <summary>How changes come about, against what real controllers did and what their documents
/// say (<c>shared/data/replacement</c>).</summary>
public class MeasuredStepsTests(ITestOutputHelper output)
{
    [Fact]
    public void StepsAreThoseOfTheControllers()
    {
        var wrong = new List<string>();
        var all = 0;
        foreach (var line in File.ReadLines(SharedData.Require("data/replacement/steps.jsonl")))
        {
            using var json = JsonDocument.Parse(line);
            var row = json.RootElement;
            all++;
            if (Difference(row) is { } difference)
                wrong.Add($"{row.GetProperty("kind").GetString()}, {row.GetProperty("what").GetString()}: {difference}");
        }

        output.WriteLine($"{all} rows, {wrong.Count} differ");
        foreach (var one in wrong)
            output.WriteLine(one);
        Assert.True(all > 0);
        Assert.Empty(wrong);
    }

    private static string? Difference(JsonElement row)
    {
        var expected = row.GetProperty("expect");
        var kind = row.GetProperty("kind").GetString()!;
        var (old, now) = (row.GetProperty("old").GetString()!, row.GetProperty("new").GetString()!);
        var nodes = expected.TryGetProperty("nodes", out var n) ? n.GetInt32() : (int?)null;
        var plan = Planner.Plan([Manifest.Parse("after.yaml", now)],
            new Baseline("before", [Manifest.Parse("before.yaml", old)]) { IsEarlierState = true }, Settings.Default,
            new PlanOptions { Nodes = nodes });
        var change = plan.Changes.FirstOrDefault(c => (c.Id.Type.Split('.')[0] == kind || c.Id.Type == kind) && c.Steps is not null)
            ?? plan.Changes.FirstOrDefault(c => c.Id.Type.Split('.')[0] == kind || c.Id.Type == kind);
        if (change?.Steps is not { } steps)
            return $"no steps ({string.Join(", ", plan.Changes.Select(c => $"{c.Id.Type} {c.Action}"))})";
        var differences = new List<string>();
        foreach (var field in expected.EnumerateObject())
        {
            var (wanted, got) = (field.Value.GetRawText(), Value(steps, field.Name));
            if (Normal(wanted) == got || (field.Name == "minutes" && expected.TryGetProperty("also", out var also)
                && also.TryGetProperty("minutes", out var other) && Normal(other.GetRawText()) == got))
                continue;
            if (field.Name != "also")
                differences.Add($"{field.Name} {got} instead of {wanted}");
        }

        return differences.Count == 0 ? null : string.Join("; ", differences);
    }

    private static string Normal(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Number ? $"{document.RootElement.GetDouble()}"
            : JsonSerializer.Serialize(document.RootElement);
    }

    private static string Value(ReplacementSteps steps, string field) => field switch
    {
        "min_available" => Number(steps.MinAvailable),
        "max_total" => Number(steps.MaxTotal),
        "pods_rolled" => Number(steps.PodsRolled),
        "steps" => $"[{string.Join(',', steps.Steps)}]",
        "minutes" => Number(steps.Minutes),
        "needs_person" => Truth(steps.NeedsPerson),
        "cannot_progress" => Truth(steps.CannotProgress),
        "refused" => Truth(steps.Refused),
        "replaced" => Truth(steps.Replaced),
        "nodes" => Number(steps.Nodes),
        "abort" => steps.Abort is not { } abort ? "null" : abort.AfterSeconds is { } after
            ? $"{{\"new_pods\":\"{abort.NewPods}\",\"after_seconds\":{after}}}" : $"{{\"new_pods\":\"{abort.NewPods}\"}}",
        "old_kept_seconds" => Number(steps.OldKeptSeconds),
        "rollback_minutes" => Number(steps.RollbackMinutes),
        "circuit_breaker_failures" => Number(steps.CircuitBreakerFailures),
        "needs_feature" => steps.NeedsFeature is null ? "null" : $"\"{steps.NeedsFeature}\"",
        "applies_to" => steps.AppliesTo is null ? "null" : $"\"{steps.AppliesTo}\"",
        "message" or "also" => "",
        _ => throw new InvalidOperationException($"no field {field}"),
    };

    private static string Number(double? value) => value is null ? "null" : $"{value}";

    private static string Truth(bool? value) => value is null ? "null" : value.Value ? "true" : "false";
}
