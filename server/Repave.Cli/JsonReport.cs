using System.Text.Json.Serialization;
using Repave.Core.Analysis;
using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Text;

namespace Repave.Cli;

/// <summary>The findings as JSON, version 1. Lines and characters count from 0 in UTF-16, as in LSP.</summary>
internal static class JsonReport
{
    public static void Write(CheckResult result, Stream output)
    {
        var document = new JsonCheck(1, result.Files, result.Documents, result.Resources, result.LeftOut.Count,
            [.. result.Findings.Select(Of)]);
        JsonOutput.Write(output, document, JsonReportContext.Default.JsonCheck);
    }

    private static JsonFinding Of(Finding finding)
    {
        var resource = finding.Resource?.Id is { } id ? Of(id) : null;
        return new JsonFinding(
            finding.Rule.Id, finding.Severity.ToString().ToLowerInvariant(), finding.Message, finding.File.Path,
            Of(finding.Range), resource, finding.Path, finding.Fix?.Written is not null)
        {
            Environments = finding.Environments.Count == 0 ? null : [.. finding.Environments],
        };
    }

    internal static JsonResource Of(ResourceId id) => new(DialectCatalogue.Of(id.Dialect).NameInReports, id.Type, id.Namespace, id.Name);

    internal static JsonRange Of(LineRange range) => new(Of(range.Start), Of(range.End));

    private static JsonPosition Of(LinePosition position) => new(position.Line, position.Character);
}

internal sealed record JsonCheck(int Version, int Files, int Documents, int Resources, int LeftOut, JsonFinding[] Findings);

internal sealed record JsonFinding(
    string Id, string Severity, string Message, string File, JsonRange Range, JsonResource? Resource, string Path, bool Fixable)
{
    /// <summary>The environments whose build has it; null where it is in a manifest as it stands.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string[]? Environments { get; init; }
}

internal sealed record JsonRange(JsonPosition Start, JsonPosition End);

internal sealed record JsonPosition(int Line, int Character);

internal sealed record JsonResource(string Dialect, string Type, string? Namespace, string Name);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JsonCheck))]
internal sealed partial class JsonReportContext : JsonSerializerContext;
