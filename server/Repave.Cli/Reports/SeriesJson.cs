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
internal sealed record JsonSeriesAction(JsonResource Resource, string Action, string[] Fields);

/// <summary>What a rule found in a change.</summary>
internal sealed record JsonSeriesFinding(string Id, string Severity, string Message);

/// <summary>What a stretch of time brought.</summary>
internal sealed record JsonSeriesPeriod(string Name, int Changes, JsonPlanSummary Summary);

/// <summary>What happened to resources of a kind.</summary>
internal sealed record JsonSeriesKind(string Kind, JsonPlanSummary Summary);

/// <summary>A resource and the commits that mutated it in place.</summary>
internal sealed record JsonSeriesResource(JsonResource Resource, int Times, string[] Fields, string[] Commits);

/// <summary>A rule and what it found in the series.</summary>
internal sealed record JsonSeriesRule(string Id, string Title, int Findings, string[] Commits);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JsonSeries))]
internal sealed partial class SeriesJsonContext : JsonSerializerContext;
