using Repave.Core.Rules;
using Repave.Core.Rules.Schema;
using Repave.LanguageServer.Protocol;

namespace Repave.LanguageServer.Features;

/// <summary>Findings in the client's form.</summary>
internal static class Diagnostics
{
    private const int Deprecated = 2;

    public static Diagnostic[] Of(IReadOnlyList<Finding> findings, Positions positions)
    {
        var diagnostics = new Diagnostic[findings.Count];
        for (var i = 0; i < diagnostics.Length; i++)
            diagnostics[i] = Of(findings[i], positions);
        return diagnostics;
    }

    public static Diagnostic Of(Finding finding, Positions positions) => new(
        positions.RangeOf(finding.Manifest.Yaml.Text, finding.FileSpan),
        finding.Severity switch { Severity.Error => 1, Severity.Warning => 2, _ => 3 },
        finding.Rule.Id,
        new CodeDescription(finding.Rule.HelpLink),
        "repave",
        finding.Message,
        finding.Rule is DeprecatedApiVersion ? [Deprecated] : null,
        null);
}
