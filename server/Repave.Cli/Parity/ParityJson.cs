using System.Text.Json;
using System.Text.Json.Serialization;
using Repave.Core.Parity;

namespace Repave.Cli;

/// <summary>How environments differ, as JSON, version 1. Lines and characters count from 0 in UTF-16, as in LSP.</summary>
internal static class ParityJson
{
    public static void Write(ParityReport report, Stream output) => JsonOutput.Write(output, new JsonParity(
        1,
        new JsonParityEnvironment(report.First.Name, report.First.Source),
        new JsonParityEnvironment(report.Second.Name, report.Second.Source),
        [.. report.Differences.Select(Of)]), ParityJsonContext.Default.JsonParity);

    private static JsonDifference Of(EnvironmentDifference one) => new(
        one.Kind switch
        {
            DifferenceKind.OnlyFirst => "only-first",
            DifferenceKind.OnlySecond => "only-second",
            DifferenceKind.Artifact => "artifact",
            _ => "field",
        },
        JsonReport.Of(one.Resource.Id),
        one.Path,
        PlanJson.Value(one.From),
        PlanJson.Value(one.To),
        one.IsSecret,
        one.IsUntested,
        PlaceOf(one.InFirst),
        PlaceOf(one.InSecond),
        one.AllowedBecause,
        one.Rule?.Id,
        one.Rule is null ? null : one.Severity.ToString().ToLowerInvariant());

    private static JsonOrigin? PlaceOf(DifferencePlace? place) =>
        place is null ? null : new JsonOrigin(place.File.Path, JsonReport.Of(place.Range));
}

internal sealed record JsonParity(int Version, JsonParityEnvironment First, JsonParityEnvironment Second, JsonDifference[] Differences);

internal sealed record JsonParityEnvironment(string Name, string Source);

internal sealed record JsonDifference(string Kind, JsonResource Resource, string Path, JsonElement? From, JsonElement? To, bool Secret,
    bool Untested, JsonOrigin? InFirst, JsonOrigin? InSecond, string? Allowed, string? Rule, string? Severity);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JsonParity))]
internal sealed partial class ParityJsonContext : JsonSerializerContext;
