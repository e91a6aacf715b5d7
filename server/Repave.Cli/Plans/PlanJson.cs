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

/// <summary>What <c>repave plan</c> answers.</summary>
/// <param name="Version">The version of this structure. Members may be added to it; none is renamed or taken away.</param>
/// <param name="Baseline">What was compared with; several, with commas between them, where environments have their own.</param>
/// <param name="Summary">How many resources there are of each action.</param>
/// <param name="Changes">Every resource, with what becomes of it.</param>
/// <param name="Notes">What to know of the whole plan, for people: what could not be read, and what was taken for what.</param>
internal sealed record JsonPlan(int Version, string Baseline, JsonPlanSummary Summary, JsonChange[] Changes, string[] Notes)
{
    /// <summary>The environments that were planned; null where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonEnvironment[]? Environments { get; init; }
}

/// <summary>An environment that was planned.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Source">What is built for it.</param>
/// <param name="Baseline">What it was compared with.</param>
/// <param name="Summary">How many resources there are of each action in it.</param>
internal sealed record JsonEnvironment(string Name, string Source, string Baseline, JsonPlanSummary Summary);

/// <summary>How many resources there are of each action.</summary>
/// <param name="Create">Those that are created.</param>
/// <param name="InPlace">Those that are mutated in place.</param>
/// <param name="Roll">Those that stay, while the instances that they manage are replaced.</param>
/// <param name="Replace">Those that get a new identity.</param>
/// <param name="Delete">Those that are deleted.</param>
/// <param name="None">Those that stay as they are.</param>
/// <param name="Unknown">Those of which it is not known, because the baseline or a value could not be read.</param>
internal sealed record JsonPlanSummary(
    int Create,
    [property: JsonPropertyName("in-place")] int InPlace,
    int Roll,
    int Replace,
    int Delete,
    int None,
    int Unknown);

/// <summary>What becomes of one resource.</summary>
/// <param name="Resource">The resource, as it will be; for a deletion, as it was.</param>
/// <param name="Action">What becomes of it.</param>
/// <param name="Mechanism">How a replacement is done (<c>delete-and-create</c>: the platform refuses the update); null for other actions.</param>
/// <param name="Certainty">How sure the action is.</param>
/// <param name="Previous">The identity that it had, where a replacement changes that.</param>
/// <param name="Note">Why the action is unknown, or what is uncertain.</param>
/// <param name="Reasons">The changed fields, those with the strongest effect first.</param>
/// <param name="CausedBy">The resources whose change causes this one.</param>
/// <param name="Warnings">What to know before doing it, for people.</param>
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

/// <summary>What going back to the baseline would do.</summary>
/// <param name="How">In a word.</param>
/// <param name="Reasons">Why, for people.</param>
internal sealed record JsonBack(string How, string[] Reasons);

/// <summary>A changed field, and what changing it does.</summary>
/// <param name="Path">The field, dotted with list places (<c>spec.ports[0].port</c>).</param>
/// <param name="From">The old value; null if there was none, or if it is a secret. One that was cut for its length is a text.</param>
/// <param name="To">The new value, in the same way.</param>
/// <param name="Secret">Whether the values are secret, so that only their being different is said.</param>
/// <param name="Effect">What it does.</param>
/// <param name="Certainty">How sure that is.</param>
/// <param name="Why">The platform's rule in a few words; empty if there is nothing to say.</param>
/// <param name="File">The file whose text causes it; null if no text does.</param>
/// <param name="Range">Where in the file.</param>
internal sealed record JsonReason(string Path, JsonElement? From, JsonElement? To, bool Secret, string Effect, string Certainty, string Why,
    string? File, JsonRange? Range)
{
    /// <summary>All places that have a part in a value that was built.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonOrigin[]? Origins { get; init; }
}

/// <summary>A place in a file.</summary>
/// <param name="File">The file.</param>
/// <param name="Range">Where in the file.</param>
internal sealed record JsonOrigin(string File, JsonRange Range);

/// <summary>How a change comes about. What does not apply or is not known is left out.</summary>
internal sealed record JsonSteps
{
    /// <summary>The fewest instances that are there for users at any moment.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MinAvailable { get; init; }

    /// <summary>The most that there are at once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MaxTotal { get; init; }

    /// <summary>How many running instances the change replaces by new ones.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? PodsRolled { get; init; }

    /// <summary>How many new instances there are, or percents of the traffic that they get, at the end of each step.</summary>
    public required int[] Steps { get; init; }

    /// <summary>How many minutes the waits take that are written down; null if none is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Minutes { get; init; }

    /// <summary>Whether it stops until a person goes on.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? NeedsPerson { get; init; }

    /// <summary>Whether it never comes to its end.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? CannotProgress { get; init; }

    /// <summary>Why it never comes to its end, or is refused; null where it does and is not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Why { get; init; }

    /// <summary>Whether the platform, or the controller's own validation, refuses the change.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Refused { get; init; }

    /// <summary>Whether only a new object can have it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Replaced { get; init; }

    /// <summary>How many nodes run one instance each.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Nodes { get; init; }

    /// <summary>What aborting does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonAbort? Abort { get; init; }

    /// <summary>How long the old side stays after the switch, in seconds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? OldKeptSeconds { get; init; }

    /// <summary>How many minutes failing checks take to a rollback.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? RollbackMinutes { get; init; }

    /// <summary>After how many failed tasks the deployment fails.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? CircuitBreakerFailures { get; init; }

    /// <summary>What the machines that are there have no room for, for people.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Room { get; init; }

    /// <summary>What makes the platform itself stop it or take it back, for people.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Guard { get; init; }

    /// <summary>The feature of the platform without which it goes otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NeedsFeature { get; init; }

    /// <summary>What it applies to where that is not this change but the next.</summary>
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

    /// <summary>The revision that is there to go back to; null if the platform does not count them, or did not say it.</summary>
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
        Room = steps.Room,
        Guard = steps.Guard,
        NeedsFeature = steps.NeedsFeature,
        AppliesTo = steps.AppliesTo,
        Instance = steps.Instance,
        Traffic = steps.IsTraffic,
        Waits = steps.Waits,
        Revision = steps.Revision,
    };
}

/// <summary>What becomes of the new instances when a replacement is aborted.</summary>
/// <param name="NewPods"><c>rolled-back</c>, <c>scaled-down</c> or <c>kept</c>.</param>
/// <param name="AfterSeconds">After how many seconds; null where that is not said.</param>
internal sealed record JsonAbort(string NewPods, int? AfterSeconds);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JsonPlan))]
[JsonSerializable(typeof(string))]
internal sealed partial class PlanJsonContext : JsonSerializerContext;
