using System.Text.Json;
using Repave.Core.Analysis;
using Repave.Core.Rules;

namespace Repave.Cli;

/// <summary>The findings as GitLab's code quality report, which it shows beside a merge request: a list of findings, each with a fingerprint
/// that stays when lines move, so that new ones are known from old.</summary>
/// <remarks>Source: GitLab's documentation of the report's format (description, check_name, fingerprint, severity, location).</remarks>
internal static class GitlabReport
{
    public static void Write(CheckResult result, Stream output)
    {
        var fingerprints = Fingerprint.Of(result.Findings);
        using (var json = new Utf8JsonWriter(output, JsonOutput.Options()))
        {
            json.WriteStartArray();
            for (var i = 0; i < result.Findings.Count; i++)
                Write(json, result.Findings[i], fingerprints[i]);
            json.WriteEndArray();
        }

        output.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter json, Finding finding, string fingerprint)
    {
        json.WriteStartObject();
        json.WriteString("description", finding.Message);
        json.WriteString("check_name", finding.Rule.Id);
        json.WriteString("fingerprint", fingerprint);
        json.WriteString("severity", finding.Severity switch
        {
            Severity.Error => "critical",
            Severity.Warning => "minor",
            _ => "info",
        });
        json.WriteStartObject("location");
        json.WriteString("path", finding.File.Path);
        json.WriteStartObject("lines");
        json.WriteNumber("begin", finding.Range.Start.Line + 1);
        json.WriteNumber("end", finding.Range.End.Line + 1);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
