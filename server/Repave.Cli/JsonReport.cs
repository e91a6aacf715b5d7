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

/// <summary>What <c>repave check</c> found.</summary>
/// <param name="Version">The version of this structure. Members may be added to it; none is renamed or taken away.</param>
/// <param name="Files">How many files were read.</param>
/// <param name="Documents">How many of their documents are manifests.</param>
/// <param name="Resources">How many resources they define.</param>
/// <param name="LeftOut">How many files were left out, because of the folder that they lie in (<c>leave-out</c> in the settings).</param>
/// <param name="Findings">What the rules found, by file and place.</param>
internal sealed record JsonCheck(int Version, int Files, int Documents, int Resources, int LeftOut, JsonFinding[] Findings);

/// <summary>One thing that a rule found.</summary>
/// <param name="Id">The rule (<c>RPV1001</c>).</param>
/// <param name="Severity">What it weighs.</param>
/// <param name="Message">What is wrong and what to do, for people.</param>
/// <param name="File">The file, as it was named or found; of built manifests, the file that a person edits.</param>
/// <param name="Range">Where in the file.</param>
/// <param name="Resource">The resource that it is about; null if it is about none.</param>
/// <param name="Path">The field, dotted with list places (<c>spec.ports[0].port</c>); empty if it is about none.</param>
/// <param name="Fixable">Whether <c>--fix</c> corrects it.</param>
internal sealed record JsonFinding(
    string Id, string Severity, string Message, string File, JsonRange Range, JsonResource? Resource, string Path, bool Fixable)
{
    /// <summary>The environments whose build has it; null where it is in a manifest as it stands.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string[]? Environments { get; init; }
}

/// <summary>A range of a file.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="End">The character after its last.</param>
internal sealed record JsonRange(JsonPosition Start, JsonPosition End);

/// <summary>A place in a file.</summary>
/// <param name="Line">The line, from 0.</param>
/// <param name="Character">The character in the line, from 0, in UTF-16.</param>
internal sealed record JsonPosition(int Line, int Character);

/// <summary>The identity of a resource.</summary>
/// <param name="Dialect">The language that it is written in.</param>
/// <param name="Type">Its type, as the dialect names types (<c>apps/v1/Deployment</c>, <c>AWS::S3::Bucket</c>).</param>
/// <param name="Namespace">Its namespace; null where it has none, or none is written.</param>
/// <param name="Name">Its name; empty if it gets one when it is made.</param>
internal sealed record JsonResource(string Dialect, string Type, string? Namespace, string Name);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JsonCheck))]
internal sealed partial class JsonReportContext : JsonSerializerContext;
