using System.Text.Json.Serialization;

namespace Repave.Cli;

/// <summary>What a series of changes did, version 1.</summary>
/// <param name="Version">The version of this structure.</param>
/// <param name="Since">The commit that it begins after.</param>
/// <param name="Until">The commit that it ends with.</param>
/// <param name="Paths">What was looked at.</param>
/// <param name="Summary">How many resources it did what to, added up over the changes.</param>
/// <param name="Changes">The commits that touch those files, the oldest first.</param>
/// <param name="Periods">The same by time.</param>
/// <param name="Kinds">The same by kind of resource.</param>
/// <param name="InPlace">The resources that were mutated in place, the most often first.</param>
/// <param name="Rules">What the rules on changes find, by rule.</param>
/// <param name="Controls">The same by control.</param>
/// <param name="Notes">What could not be planned, and why.</param>
internal sealed record JsonSeries(
    int Version, JsonSeriesEnd Since, JsonSeriesEnd Until, string[] Paths, JsonPlanSummary Summary, JsonSeriesChange[] Changes,
    JsonSeriesPeriod[] Periods, JsonSeriesKind[] Kinds, JsonSeriesResource[] InPlace, JsonSeriesRule[] Rules, JsonControl[] Controls,
    string[] Notes);

/// <summary>An end of a series.</summary>
/// <param name="Name">What it was called in the question.</param>
/// <param name="Commit">The commit's hash.</param>
internal sealed record JsonSeriesEnd(string Name, string Commit);

/// <summary>A commit and what it did.</summary>
/// <param name="Commit">Its hash.</param>
/// <param name="Time">When it was committed, in UTC.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Email">The author's address.</param>
/// <param name="Subject">The first line of its message.</param>
/// <param name="Summary">How many resources it did what to.</param>
/// <param name="Resources">Those that changed.</param>
/// <param name="Findings">What the rules on changes find.</param>
/// <param name="Back">What going back from it would have done, at worst.</param>
internal sealed record JsonSeriesChange(
    string Commit, string Time, string Author, string Email, string Subject, JsonPlanSummary Summary, JsonSeriesAction[] Resources,
    JsonSeriesFinding[] Findings, string Back);

/// <summary>What happened to a resource.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Action">What became of it.</param>
/// <param name="Fields">The fields that changed.</param>
internal sealed record JsonSeriesAction(JsonResource Resource, string Action, string[] Fields);

/// <summary>What a rule found in a change.</summary>
/// <param name="Id">The rule.</param>
/// <param name="Severity">What it weighs.</param>
/// <param name="Message">What is wrong, for people.</param>
internal sealed record JsonSeriesFinding(string Id, string Severity, string Message);

/// <summary>What a stretch of time brought.</summary>
/// <param name="Name">The day, week or month.</param>
/// <param name="Changes">How many commits there are in it.</param>
/// <param name="Summary">How many resources they did what to.</param>
internal sealed record JsonSeriesPeriod(string Name, int Changes, JsonPlanSummary Summary);

/// <summary>What happened to resources of a kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Summary">How many of them what was done to.</param>
internal sealed record JsonSeriesKind(string Kind, JsonPlanSummary Summary);

/// <summary>A resource and the commits that mutated it in place.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Times">How often it was mutated in place.</param>
/// <param name="Fields">The fields that were.</param>
/// <param name="Commits">The commits.</param>
internal sealed record JsonSeriesResource(JsonResource Resource, int Times, string[] Fields, string[] Commits);

/// <summary>A rule and what it found in the series.</summary>
/// <param name="Id">The rule.</param>
/// <param name="Title">Its title.</param>
/// <param name="Findings">How many findings it has.</param>
/// <param name="Commits">The commits that have one.</param>
internal sealed record JsonSeriesRule(string Id, string Title, int Findings, string[] Commits);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JsonSeries))]
internal sealed partial class SeriesJsonContext : JsonSerializerContext;
