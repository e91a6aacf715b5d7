using Repave.Core.Analysis;
using Repave.Core.Plans.Replacement;
using Repave.LanguageServer.Protocol;

namespace Repave.LanguageServer.Features;

/// <summary>What was changed in the live environment behind the manifests' back: over its resource, and at the line that says
/// otherwise.</summary>
internal static class Drifts
{
    private const string Code = "drift";
    private const int Information = 3;

    public static CodeLens[] Lenses(OpenDocument document, IReadOnlyList<DriftItem> drift, ManifestAnalysis analysis, Positions positions)
    {
        var mine = drift.Where(d => d.Resource.Manifest.Path == document.Manifest.Path).ToLookup(d => d.Resource.Id);
        if (mine.Count == 0)
            return [];
        var lenses = new List<CodeLens>();
        foreach (var resource in analysis.ResourcesOf(document.Manifest.Path))
        {
            if (!mine.Contains(resource.Id) || !ReferenceEquals(resource.Manifest, document.Manifest))
                continue;
            var range = positions.RangeOf(document.Text, resource.Span.Shift(resource.Slot.Start));
            var (count, first) = (mine[resource.Id].Count(), mine[resource.Id].First());
            lenses.Add(new CodeLens(range with { End = range.Start },
                new Command($"changed in place: {(count == 1 ? Words(first) : $"{count} things")}", "repave.showPlan")));
        }

        return [.. lenses];
    }

    // Of this very text; after an edit the next plan says them again.
    public static Diagnostic[] Diagnostics(OpenDocument document, IReadOnlyList<DriftItem> drift, Positions positions) =>
        [.. drift.Where(d => ReferenceEquals(d.Place.File, document.Manifest)).Select(d => new Diagnostic(
            positions.RangeOf(document.Text, d.Place.FileSpan), Information, Code, null, "repave",
            $"Changed behind the manifest's back: {Words(d)}. {Way}", null, null))];

    private const string Way = "Take it into the manifest, or apply the manifest again.";

    private static string Words(DriftItem item)
    {
        var what = item.What is { } said ? item.Path.Length == 0 ? said : $"{item.Path}: {said}" : item.Path;
        var who = item.Manager is { } manager ? $", by {manager}" : item.What is null ? ", by whom, nothing says" : "";
        return what + who + (item.Operation is { } operation && item.What is not null ? $" ({operation})" : "")
            + (item.Time is { } time ? $", {time}" : "");
    }
}
