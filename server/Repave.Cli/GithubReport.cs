using Repave.Core.Analysis;
using Repave.Core.Rules;

namespace Repave.Cli;

/// <summary>The findings as workflow commands, which GitHub shows beside the changed lines.</summary>
internal static class GithubReport
{
    public static void Write(CheckResult result, TextWriter output)
    {
        foreach (var finding in result.Findings)
        {
            var range = finding.Range;
            var command = finding.Severity switch
            {
                Severity.Error => "error",
                Severity.Warning => "warning",
                _ => "notice",
            };
            output.WriteLine(
                $"::{command} file={Property(finding.File.Path)},line={range.Start.Line + 1},col={range.Start.Character + 1},endLine="
                    + $"{range.End.Line + 1},endColumn={range.End.Character + 1},title="
                    + $"{Property($"{finding.Rule.Id} {finding.Rule.Title}")}::{Data(finding.Message)}");
        }
    }

    private static string Data(string text) =>
        Printable.Of(text).Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) =>
        Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
