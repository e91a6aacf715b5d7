using System.Text.Json;
using System.Text.Json.Serialization;

namespace Repave.Cli;

/// <summary>An in-toto Statement, version 1: what is said (the predicate) of which files (the subjects).</summary>
/// <param name="Type">The version of statements.</param>
/// <param name="Subject">The files that were planned, with their digests.</param>
/// <param name="PredicateType">What kind of thing is said of them.</param>
/// <param name="Predicate">What is said.</param>
internal sealed record JsonStatement(
    [property: JsonPropertyName("_type")] string Type, JsonSubject[] Subject, string PredicateType, JsonPredicate Predicate);

/// <summary>A file and its digest.</summary>
internal sealed record JsonSubject(string Name, JsonDigest Digest);

/// <summary>Digests by algorithm; one that is not known is left out.</summary>
internal sealed record JsonDigest([property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Sha256);

/// <summary>What a change record says: the plan, and all that is known around it.</summary>
/// <param name="Version">The version of this structure.</param>
/// <param name="Record">What is known around the plan.</param>
/// <param name="Plan">The plan, as <c>plan --format json</c> writes it.</param>
/// <param name="Digest">The digest of subjects, record and plan, so that a later change to them is noticed.</param>
internal sealed record JsonPredicate(int Version, JsonRecord Record, JsonPlan Plan, JsonDigest Digest);

/// <summary>The record of a change.</summary>
internal sealed record JsonRecord(
    JsonTool Tool, JsonRequest Request, JsonWhen When, JsonWho Who, JsonWhy Why, JsonBaselineFiles[] Baselines, JsonPolicy Policy,
    JsonControl[] Controls, JsonHeldBack[] Exceptions, JsonWayBack Back, JsonDrift? Drift);

/// <summary>The tool that made it.</summary>
internal sealed record JsonTool(string Name, string Version);

/// <summary>What was asked.</summary>
/// <param name="Arguments">The arguments of the call.</param>
/// <param name="Folder">The folder that it was made in, from the repository's top; empty for the top.</param>
internal sealed record JsonRequest(string[] Arguments, string Folder);

/// <summary>The time of the record.</summary>
/// <param name="Time">In UTC; null where there is none that the next run would find again.</param>
/// <param name="From">Where it comes from: <c>SOURCE_DATE_EPOCH</c>, <c>commit</c>, <c>clock</c> or <c>none</c>.</param>
internal sealed record JsonWhen(string? Time, string From);

/// <summary>Who asked for the change.</summary>
/// <param name="Authors">The authors of its commits.</param>
/// <param name="User">Who git says is at work here, where something is not committed; null otherwise.</param>
/// <param name="Ci">The run that planned it; null where none did.</param>
internal sealed record JsonWho(JsonPerson[] Authors, JsonPerson? User, JsonCi? Ci);

/// <summary>A person, as git knows them.</summary>
internal sealed record JsonPerson(string Name, string Email);

/// <summary>A run of a CI system, as its variables tell.</summary>
internal sealed record JsonCi(string System, string? Actor, string? Repository, string? Ref, string? Commit, string? Request, string? Run);

/// <summary>Why: the commits of the change.</summary>
/// <param name="Head">The newest commit; null where there is no repository.</param>
/// <param name="Commits">Those that touch the files since the baseline, or the last one, the newest first.</param>
/// <param name="IsSinceBaseline">Whether they are all since the baseline; otherwise it is the last one.</param>
/// <param name="Uncommitted">Files that are not as the newest commit has them.</param>
internal sealed record JsonWhy(string? Head, JsonCommit[] Commits, bool IsSinceBaseline, string[] Uncommitted);

/// <summary>A commit.</summary>
internal sealed record JsonCommit(string Id, string Author, string Email, string Date, string Subject, string Message);

/// <summary>What was compared with.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Commit">The commit that it is; null if it is none.</param>
/// <param name="Live">Whether it is a live platform.</param>
/// <param name="Files">Its files; none of a live platform.</param>
internal sealed record JsonBaselineFiles(string Name, string? Commit, bool Live, JsonSubject[] Files);

/// <summary>The policy in force, and what it says of the change.</summary>
internal sealed record JsonPolicy(
    string? File, string FailOn, JsonRulesInForce Rules, JsonWeight[] Changed, JsonForbidden[] Forbidden, string Verdict, string[] Because,
    JsonRecordFinding[] Findings);

/// <summary>The rules that read these manifests, by their weight.</summary>
internal sealed record JsonRulesInForce(string[] Error, string[] Warning, string[] Info, string[] Off);

/// <summary>A weight that the settings give a rule.</summary>
internal sealed record JsonWeight(string Rule, string Severity, string Usual, string? Paths);

/// <summary>What the settings forbid plans.</summary>
internal sealed record JsonForbidden(string? Environment, string[] Kinds, string[] Actions);

/// <summary>What a rule found.</summary>
internal sealed record JsonRecordFinding(
    string Id, string Severity, string Message, string? File, int? Line, JsonResource? Resource, string? Environment);

/// <summary>A control, the rules in force that support it, and what they found.</summary>
/// <param name="Catalogue">The catalogue that it stands in.</param>
/// <param name="Id">Its id in the catalogue.</param>
/// <param name="Title">Its title.</param>
/// <param name="Rules">The rules that support it.</param>
/// <param name="Findings">How many findings they have.</param>
internal sealed record JsonControl(string Catalogue, string Id, string Title, string[] Rules, int Findings);

/// <summary>What is held back, why, and who wrote that.</summary>
/// <param name="Kind"><c>comment</c>, <c>weight</c>, <c>ignored-fields</c> or <c>drift</c>.</param>
/// <param name="Rules">The rules that it holds back; none of fields.</param>
/// <param name="What">What it speaks of.</param>
/// <param name="File">Where it stands.</param>
/// <param name="Line">The line, from 0; null where it is not known.</param>
/// <param name="Reason">The reason that it gives; empty if it gives none.</param>
/// <param name="Owner">Who wrote it; null if it is not committed.</param>
internal sealed record JsonHeldBack(string Kind, string[] Rules, string What, string File, int? Line, string Reason, JsonOwner? Owner);

/// <summary>Who wrote a line, and in which commit.</summary>
internal sealed record JsonOwner(string Name, string Email, string Commit, string Date);

/// <summary>The way back of the whole change: the worst of its parts.</summary>
internal sealed record JsonWayBack(string How, string Summary);

// Values of fields may be as deep as manifests are.
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = 512)]
[JsonSerializable(typeof(JsonStatement))]
[JsonSerializable(typeof(JsonSubject[]))]
[JsonSerializable(typeof(JsonRecord))]
[JsonSerializable(typeof(JsonPlan))]
internal sealed partial class RecordJsonContext : JsonSerializerContext;
