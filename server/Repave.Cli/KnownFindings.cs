using System.Text.Json;
using System.Text.Json.Serialization;
using Repave.Core.Analysis;
using Repave.Core.Rules;
using Repave.Environments.Files;

namespace Repave.Cli;

/// <summary>A file of findings that were there before and are held back, so that only new ones count.</summary>
internal static class KnownFindings
{
    /// <summary>The result without the findings that the file holds.</summary>
    /// <exception cref="CommandException">The file is missing, or holds something else.</exception>
    public static CheckResult HoldBack(CheckResult result, string path)
    {
        HeldFindings? held;
        try
        {
            held = JsonSerializer.Deserialize(SafeFiles.ReadBytes(path), KnownFindingsContext.Default.HeldFindings);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"the known findings {path} cannot be read: {Complaints.ReasonOf(exception)}.");
        }
        catch (JsonException exception)
        {
            throw new CommandException($"{path} does not hold known findings: {exception.Message}");
        }

        if (held is not { Version: 1, Findings: { } findings })
            throw new CommandException($"{path} does not hold known findings of version 1.");
        var known = findings.Select(f => f.Fingerprint).ToHashSet(StringComparer.Ordinal);
        var fingerprints = Fingerprint.Of(result.Findings);
        return result with { Findings = [.. result.Findings.Where((_, i) => !known.Contains(fingerprints[i]))] };
    }

    /// <summary>Writes every finding of a result; what stands with each is for readers of the file.</summary>
    public static void Write(CheckResult result, string path)
    {
        var fingerprints = Fingerprint.Of(result.Findings);
        var findings = result.Findings.Select((f, i) => new KnownFinding(fingerprints[i], f.Rule.Id, f.File.Path, f.Path)).ToArray();
        var text = JsonSerializer.Serialize(new HeldFindings(1, findings), KnownFindingsContext.Default.HeldFindings) + "\n";
        if (path == InputFiles.StandardInput)
            Console.Out.Write(text);
        else
            SafeWriter.Write(path, text);
    }
}

internal sealed record HeldFindings(int Version, KnownFinding[] Findings);

internal sealed record KnownFinding(string Fingerprint, string Rule, string File, string Path);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(HeldFindings))]
internal sealed partial class KnownFindingsContext : JsonSerializerContext;
