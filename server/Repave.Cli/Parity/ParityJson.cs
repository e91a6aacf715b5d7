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

/// <summary>How two environments differ: what <c>repave compare</c> answers.</summary>
/// <param name="Version">The version of this structure. Members may be added to it; none is renamed or taken away.</param>
/// <param name="First">The first environment.</param>
/// <param name="Second">The second environment.</param>
/// <param name="Differences">In what they differ.</param>
internal sealed record JsonParity(int Version, JsonParityEnvironment First, JsonParityEnvironment Second, JsonDifference[] Differences);

/// <summary>An environment.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Source">What is built for it.</param>
internal sealed record JsonParityEnvironment(string Name, string Source);

/// <summary>One difference between two environments.</summary>
/// <param name="Kind">In what they differ: a resource that one lacks, an artifact (an image, a package), or a field.</param>
/// <param name="Resource">The resource.</param>
/// <param name="Path">The field; empty for the resource as a whole.</param>
/// <param name="From">Its value in the first; null if there is none, or if it is a secret.</param>
/// <param name="To">Its value in the second, in the same way.</param>
/// <param name="Secret">Whether the values are secret, so that only their being different is said.</param>
/// <param name="Untested">Whether the second runs something that the first runs nowhere.</param>
/// <param name="InFirst">The line that makes it in the first environment; null if none does.</param>
/// <param name="InSecond">The line that makes it in the second environment; null if none does.</param>
/// <param name="Allowed">Why it is meant; null if nobody said so.</param>
/// <param name="Rule">The rule that it breaks; null if it is meant, or the rule is off.</param>
/// <param name="Severity">How severe that is; null where no rule is broken.</param>
internal sealed record JsonDifference(string Kind, JsonResource Resource, string Path, JsonElement? From, JsonElement? To, bool Secret,
    bool Untested, JsonOrigin? InFirst, JsonOrigin? InSecond, string? Allowed, string? Rule, string? Severity);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JsonParity))]
internal sealed partial class ParityJsonContext : JsonSerializerContext;
