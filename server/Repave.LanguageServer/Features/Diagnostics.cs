using Repave.Core.Rules;
using Repave.Core.Rules.Schema;
using Repave.LanguageServer.Protocol;

namespace Repave.LanguageServer.Features;

/// <summary>Findings in the client's form.</summary>
internal static class Diagnostics
{
    private const int Deprecated = 2;

    public static Diagnostic[] Of(IReadOnlyList<Finding> findings, Workspace workspace, Positions positions)
    {
        var diagnostics = new Diagnostic[findings.Count];
        for (var i = 0; i < diagnostics.Length; i++)
            diagnostics[i] = Of(findings[i], workspace, positions);
        return diagnostics;
    }

    public static Diagnostic Of(Finding finding, Workspace workspace, Positions positions) => new(
        positions.RangeOf(finding.File.Source.Text, finding.FileSpan),
        finding.Severity switch { Severity.Error => 1, Severity.Warning => 2, _ => 3 },
        finding.Rule.Id,
        new CodeDescription(finding.Rule.HelpLink),
        "repave",
        finding.Environments.Count == 0 ? finding.Message : $"{finding.Message} [{string.Join(", ", finding.Environments)}]",
        finding.Rule is DeprecatedApiVersion ? [Deprecated] : null,
        finding.Related.Count == 0 ? null
            : [.. finding.Related.Select(r => new DiagnosticRelatedInformation(LocationOf(r, workspace, positions), r.Message))]);

    private static Location LocationOf(RelatedPlace place, Workspace workspace, Positions positions) =>
        new(workspace.UriOf(place.Place.File.Path), positions.RangeOf(place.Place.File.Source.Text, place.Place.FileSpan));
}
