using Repave.Core.Analysis;
using Repave.Core.Dialects;
using Repave.LanguageServer.Protocol;

namespace Repave.LanguageServer.Features;

/// <summary>What is done with a document: whose it is, which schemas it is held against, and what it is compared with.</summary>
internal static class States
{
    /// <summary>A state for each dialect that has something in the document; none where nothing is anybody's.</summary>
    public static DialectState[] Of(OpenDocument document, ManifestAnalysis analysis, PlanService plans)
    {
        var states = new List<DialectState>();
        foreach (var own in analysis.ResourcesOf(document.Manifest.Path).GroupBy(resource => resource.Id.Dialect, StringComparer.Ordinal))
        {
            var dialect = DialectCatalogue.Of(own.Key);
            var version = dialect is not IVersioned versioned ? null
                : analysis.Settings.Versions.TryGetValue(own.Key, out var chosen) ? chosen : versioned.Versions[^1];
            states.Add(new DialectState(dialect.NameInReports, own.Count(), version, dialect is IPlans ? plans.Chosen : null,
                dialect is IPlans ? plans.Problem : null));
        }

        return [.. states.OrderByDescending(state => state.Resources)];
    }
}
