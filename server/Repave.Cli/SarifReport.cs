using System.Text.Json;
using Repave.Core.Analysis;
using Repave.Core.Rules;
using Repave.Core.Text;
using Repave.Environments.Files;

namespace Repave.Cli;

/// <summary>The findings as SARIF 2.1.0, which code scanning services read: rules with their help, controls as taxonomies, fixes, and
/// fingerprints that stay when lines move.</summary>
internal static class SarifReport
{
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    public static void Write(CheckResult result, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, JsonOutput.Options(isIndented: true)))
        {
            json.WriteStartObject();
            json.WriteString("$schema", Schema);
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            json.WriteStartObject();
            var rules = RuleCatalogue.All;
            var controls = Controls.Catalogues(rules);
            WriteTool(json, rules, controls);
            WriteTaxonomies(json, controls);
            json.WriteString("columnKind", "utf16CodeUnits");
            WriteResults(json, result, rules);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteTool(Utf8JsonWriter json, IReadOnlyList<Rule> rules, IReadOnlyList<ControlCatalogue> controls)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "Repave");
        json.WriteString("version", typeof(SarifReport).Assembly.GetName().Version?.ToString(3));
        json.WriteString("informationUri", "https://github.com/repave/repave");
        json.WriteStartArray("supportedTaxonomies");
        for (var i = 0; i < controls.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("name", controls[i].Name);
            json.WriteNumber("index", i);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("rules");
        foreach (var rule in rules)
            WriteRule(json, rule, controls);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, Rule rule, IReadOnlyList<ControlCatalogue> controls)
    {
        json.WriteStartObject();
        json.WriteString("id", rule.Id);
        json.WriteString("name", rule.GetType().Name);
        WriteText(json, "shortDescription", rule.Title + ".");
        WriteText(json, "fullDescription", rule.Reason);
        json.WriteString("helpUri", rule.HelpLink);
        json.WriteStartObject("help");
        json.WriteString("text", rule.Reason);
        json.WriteString("markdown", RulePage.Of(rule));
        json.WriteEndObject();
        json.WriteStartObject("defaultConfiguration");
        json.WriteBoolean("enabled", rule.OnByDefault);
        json.WriteString("level", Level(rule.Severity));
        json.WriteEndObject();
        if (rule.Controls.Count > 0)
            WriteRelationships(json, rule, controls);
        json.WriteEndObject();
    }

    private static void WriteRelationships(Utf8JsonWriter json, Rule rule, IReadOnlyList<ControlCatalogue> controls)
    {
        json.WriteStartArray("relationships");
        for (var i = 0; i < controls.Count; i++)
        {
            foreach (var control in rule.Controls.Where(controls[i].Ids.ContainsKey))
            {
                json.WriteStartObject();
                json.WriteStartObject("target");
                json.WriteString("id", controls[i].Ids[control]);
                json.WriteStartObject("toolComponent");
                json.WriteString("name", controls[i].Name);
                json.WriteNumber("index", i);
                json.WriteEndObject();
                json.WriteEndObject();
                json.WriteStartArray("kinds");
                json.WriteStringValue("relevant");
                json.WriteEndArray();
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static void WriteTaxonomies(Utf8JsonWriter json, IReadOnlyList<ControlCatalogue> controls)
    {
        json.WriteStartArray("taxonomies");
        foreach (var catalogue in controls)
        {
            json.WriteStartObject();
            json.WriteString("name", catalogue.Name);
            json.WriteString("version", catalogue.Version);
            json.WriteString("informationUri", catalogue.Address);
            json.WriteStartArray("taxa");
            foreach (var id in catalogue.Ids.Values)
            {
                json.WriteStartObject();
                json.WriteString("id", id);
                if (catalogue.Titles.TryGetValue(id, out var title))
                    WriteText(json, "shortDescription", title + ".");
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteResults(Utf8JsonWriter json, CheckResult result, IReadOnlyList<Rule> rules)
    {
        var indexes = rules.Select((rule, i) => (rule.Id, i)).ToDictionary(r => r.Id, r => r.i, StringComparer.Ordinal);
        var fingerprints = Fingerprint.Of(result.Findings);
        json.WriteStartArray("results");
        for (var i = 0; i < result.Findings.Count; i++)
        {
            var finding = result.Findings[i];
            json.WriteStartObject();
            json.WriteString("ruleId", finding.Rule.Id);
            json.WriteNumber("ruleIndex", indexes[finding.Rule.Id]);
            json.WriteString("level", Level(finding.Severity));
            WriteText(json, "message", Message(finding.Message));
            json.WriteStartArray("locations");
            WriteLocation(json, finding);
            json.WriteEndArray();
            WriteRelated(json, finding);
            json.WriteStartObject("partialFingerprints");
            json.WriteString("repave/v1", fingerprints[i]);
            json.WriteEndObject();
            if (finding.Fix is { Written: not null } fix)
                WriteFix(json, fix);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRelated(Utf8JsonWriter json, Finding finding)
    {
        if (finding.Related.Count == 0)
            return;
        json.WriteStartArray("relatedLocations");
        for (var i = 0; i < finding.Related.Count; i++)
        {
            var (place, message) = finding.Related[i];
            json.WriteStartObject();
            json.WriteNumber("id", i + 1);
            json.WriteStartObject("physicalLocation");
            WriteArtifact(json, place.File.Path);
            WriteRegion(json, "region", place.Range);
            json.WriteEndObject();
            WriteText(json, "message", Message(message));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLocation(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        WriteArtifact(json, finding.File.Path);
        WriteRegion(json, "region", finding.Range);
        json.WriteEndObject();
        if (finding.Resource is { } resource)
        {
            json.WriteStartArray("logicalLocations");
            json.WriteStartObject();
            json.WriteString("fullyQualifiedName",
                Printable.Of(finding.Path.Length == 0 ? resource.Id.ToString()! : $"{resource.Id}: {finding.Path}"));
            json.WriteString("kind", "resource");
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteFix(Utf8JsonWriter json, Fix fix)
    {
        json.WriteStartArray("fixes");
        json.WriteStartObject();
        WriteText(json, "description", fix.Title + ".");
        json.WriteStartArray("artifactChanges");
        foreach (var file in fix.Written!.GroupBy(e => e.File))
        {
            json.WriteStartObject();
            WriteArtifact(json, file.Key.Path);
            json.WriteStartArray("replacements");
            foreach (var edit in file)
            {
                json.WriteStartObject();
                WriteRegion(json, "deletedRegion", file.Key.Source.Text.RangeOf(edit.Edit.Span));
                WriteText(json, "insertedContent", edit.Edit.NewText);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteArtifact(Utf8JsonWriter json, string path)
    {
        json.WriteStartObject("artifactLocation");
        var escaped = string.Join('/', path.Split('/').Select(Escape));
        json.WriteString("uri", path.StartsWith('/') ? "file://" + escaped : escaped);
        json.WriteEndObject();
    }

    // Byte for byte, so that names that are no UTF-8 are still theirs.
    private static string Escape(string part) =>
        !RawName.HasBytes(part) ? Uri.EscapeDataString(part)
            : string.Concat(RawName.BytesOf(part)
            .Select(b => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'_' or (byte)'.' or (byte)'~' ? ((char)b).ToString()
            : $"%{b:X2}"));

    // "[text](target)" in a message is a link; what stands in a file is none.
    private static string Message(string text)
    {
        var safe = Printable.Of(text);
        return safe.Contains("](", StringComparison.Ordinal) ? safe.Replace("[", "\\[", StringComparison.Ordinal)
            .Replace("]", "\\]", StringComparison.Ordinal) : safe;
    }

    private static void WriteRegion(Utf8JsonWriter json, string name, LineRange range)
    {
        json.WriteStartObject(name);
        json.WriteNumber("startLine", range.Start.Line + 1);
        json.WriteNumber("startColumn", range.Start.Character + 1);
        json.WriteNumber("endLine", range.End.Line + 1);
        json.WriteNumber("endColumn", range.End.Character + 1);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static string Level(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "note",
    };
}
