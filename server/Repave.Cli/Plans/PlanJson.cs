using System.Text.Json;
using System.Text.Json.Serialization;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Plans.Replacement;

namespace Repave.Cli;

/// <summary>A plan as JSON, version 1. Lines and characters count from 0 in UTF-16, as in LSP.</summary>
internal static class PlanJson
{
    public static void Write(IReadOnlyList<EnvironmentPlan> plans, Stream output) =>
        JsonOutput.Write(output, Of(plans), PlanJsonContext.Default.JsonPlan);

    /// <summary>Plans as one document.</summary>
    public static JsonPlan Of(IReadOnlyList<EnvironmentPlan> plans)
    {
        var baselines = plans.Select(one => one.Plan.Baseline).Distinct(StringComparer.Ordinal).ToList();
        var environments = plans.Where(one => one.Environment is not null).Select(one => new JsonEnvironment(one.Name,
            one.Environment!.Source, one.Plan.Baseline, SummaryOf([one.Plan]))).ToArray();
        return new JsonPlan(1, string.Join(", ", baselines), SummaryOf([.. plans.Select(one => one.Plan)]),
            [.. plans.SelectMany(one => one.Plan.Changes.Select(change => Of(change) with { Environment = one.Environment?.Name }))],
            [.. plans.SelectMany(one => one.Plan.Notes.Select(note => plans.Count == 1 || one.Environment is null ? note
                : $"{one.Name}: {note}"))])
        {
            Environments = environments.Length == 0 ? null : environments,
        };
    }

    /// <summary>How many changes of each kind plans have together.</summary>
    internal static JsonPlanSummary SummaryOf(IReadOnlyList<Plan> plans) =>
        SummaryOf([.. plans.SelectMany(plan => plan.Changes.Select(c => c.Action))]);

    /// <summary>How many there are of each action.</summary>
    internal static JsonPlanSummary SummaryOf(IReadOnlyList<PlanAction> actions)
    {
        int Count(PlanAction action) => actions.Count(a => a == action);
        return new JsonPlanSummary(Count(PlanAction.Create), Count(PlanAction.InPlace), Count(PlanAction.Roll), Count(PlanAction.Replace),
            Count(PlanAction.Delete), Count(PlanAction.None), Count(PlanAction.Unknown));
    }

    private static JsonChange Of(ResourceChange change) => new(
        JsonReport.Of(change.Id),
        PlanNames.Of(change.Action),
        change.Mechanism,
        PlanNames.Of(change.Certainty),
        change.Previous is { } previous ? JsonReport.Of(previous) : null,
        change.Note,
        [.. change.Reasons.Select(Of)],
        [.. change.CausedBy.Select(JsonReport.Of)],
        [.. change.Warnings.Select(w => $"{PlanWords.Heading(w.Kind)}: {w.Message}")])
    {
        Steps = change.Steps is { } steps ? JsonSteps.Of(steps) : null,
        Cause = change.Cause is var (file, span) ? new JsonOrigin(file.Path, JsonReport.Of(file.Source.Text.RangeOf(span))) : null,
        Back = change.Back is { } back ? new JsonBack(back.Name, [.. back.Reasons]) : null,
    };

    private static JsonReason Of(Reason reason) => new(
        reason.Path,
        Value(reason.From),
        Value(reason.To),
        reason.IsSecret,
        PlanNames.Of(reason.Effect),
        PlanNames.Of(reason.Certainty),
        reason.Why,
        reason.File,
        reason.Range is { } range ? JsonReport.Of(range) : null)
    {
        Origins = reason.Place is { Manifest.Origin: not null } place
            ? [.. place.Others.Prepend((place.File, place.FileSpan)).Select(o => new JsonOrigin(o.Item1.Path,
                JsonReport.Of(o.Item1.Source.Text.RangeOf(o.Item2))))]
            : null,
    };

    /// <summary>A value of a plan. One that was cut for its length is not JSON any more, and stands as text.</summary>
    internal static JsonElement? Value(string? json)
    {
        if (json is null)
            return null;
        try
        {
            return JsonDocument.Parse(json).RootElement;
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(json, PlanJsonContext.Default.String);
        }
    }
}

internal sealed record JsonPlan(int Version, string Baseline, JsonPlanSummary Summary, JsonChange[] Changes, string[] Notes)
{
    /// <summary>The environments that were planned; null where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonEnvironment[]? Environments { get; init; }
}

internal sealed record JsonEnvironment(string Name, string Source, string Baseline, JsonPlanSummary Summary);

internal sealed record JsonPlanSummary(
    int Create,
    [property: JsonPropertyName("in-place")] int InPlace,
    int Roll,
    int Replace,
    int Delete,
    int None,
    int Unknown);

internal sealed record JsonChange(JsonResource Resource, string Action, string? Mechanism, string Certainty, JsonResource? Previous,
    string? Note, JsonReason[] Reasons, JsonResource[] CausedBy, string[] Warnings)
{
    /// <summary>The environment that it happens in; null where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Environment { get; init; }

    /// <summary>The place in a source whose change makes it come or go.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonOrigin? Cause { get; init; }

    /// <summary>How it comes about, in numbers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonSteps? Steps { get; init; }

    /// <summary>What going back to the baseline does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonBack? Back { get; init; }
}

internal sealed record JsonBack(string How, string[] Reasons);

internal sealed record JsonReason(string Path, JsonElement? From, JsonElement? To, bool Secret, string Effect, string Certainty, string Why,
    string? File, JsonRange? Range)
{
    /// <summary>All places that have a part in a value that was built.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonOrigin[]? Origins { get; init; }
}

internal sealed record JsonOrigin(string File, JsonRange Range);

/// <summary>How a change comes about. What does not apply or is not known is left out.</summary>
internal sealed record JsonSteps
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MinAvailable { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MaxTotal { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? PodsRolled { get; init; }

    public required int[] Steps { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Minutes { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? NeedsPerson { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? CannotProgress { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Why { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Refused { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Replaced { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Nodes { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonAbort? Abort { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? OldKeptSeconds { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? RollbackMinutes { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? CircuitBreakerFailures { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NeedsFeature { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AppliesTo { get; init; }

    /// <summary>What the numbers count: <c>pod</c>, <c>task</c>, <c>container</c>, <c>instance</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Instance { get; init; }

    /// <summary>Whether the steps are percents of the traffic.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Traffic { get; init; }

    /// <summary>What a person does without whom it does not go on.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Waits { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Revision { get; init; }

    public static JsonSteps Of(ReplacementSteps steps) => new()
    {
        MinAvailable = steps.MinAvailable,
        MaxTotal = steps.MaxTotal,
        PodsRolled = steps.PodsRolled,
        Steps = [.. steps.Steps],
        Minutes = steps.Minutes,
        NeedsPerson = steps.NeedsPerson,
        CannotProgress = steps.CannotProgress,
        Why = steps.Why,
        Refused = steps.Refused,
        Replaced = steps.Replaced,
        Nodes = steps.Nodes,
        Abort = steps.Abort is { } abort ? new JsonAbort(abort.NewPods, abort.AfterSeconds) : null,
        OldKeptSeconds = steps.OldKeptSeconds,
        RollbackMinutes = steps.RollbackMinutes,
        CircuitBreakerFailures = steps.CircuitBreakerFailures,
        NeedsFeature = steps.NeedsFeature,
        AppliesTo = steps.AppliesTo,
        Instance = steps.Instance,
        Traffic = steps.IsTraffic,
        Waits = steps.Waits,
        Revision = steps.Revision,
    };
}

internal sealed record JsonAbort(string NewPods, int? AfterSeconds);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JsonPlan))]
[JsonSerializable(typeof(string))]
internal sealed partial class PlanJsonContext : JsonSerializerContext;
