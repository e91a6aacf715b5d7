using Repave.Core.Dialects;
using Repave.Core.Rules;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Analysis;

/// <summary>What is found in files once others have filled them in (<see cref="IRendersTexts"/>), and not in the files as they
/// stand.</summary>
internal static class RenderedFindings
{
    private static readonly IReadOnlyList<IReadsTexts> Readers = [.. DialectCatalogue.All.OfType<IReadsTexts>()];

    // Filling in looks at every template of the set.
    private const int Times = 12;

    /// <summary>The findings, by the documents that they are in.</summary>
    public static Dictionary<Document, List<Finding>> Of(
        FileAnalysis[] files, AnalysisOptions context, IReadOnlyDictionary<string, DialectSet> sets)
    {
        var found = new Dictionary<Document, List<Finding>>();
        var renderers = sets.Values.OfType<IRendersTexts>().ToList();
        RuleBarrier.ForEach(
            renderers.Count == 0 ? 0 : 1,
            (_, watch) =>
            {
                var piece = (object)("filled in", files);
                if (!RuleBarrier.MayRun(piece, out var _))
                    return;
                watch.Enter(piece, Times);
                try
                {
                    var own = new Dictionary<Document, List<Finding>>();
                    foreach (var renderer in renderers)
                        Find(renderer, files, context, own);
                    if (!watch.IsLeft)
                        found = own;
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    RuleBarrier.Stop(piece);
                }

                watch.Leave();
            },
            CancellationToken.None);
        return found;
    }

    private static void Find(
        IRendersTexts renderer, FileAnalysis[] files, AnalysisOptions context, Dictionary<Document, List<Finding>> found)
    {
        Dictionary<Document, DocumentAnalysis>? known = null;
        foreach (var reader in Readers)
        {
            foreach (var rendered in renderer.RenderedTexts(reader.MayBeOne))
            {
                var sink = new FindingSink(rendered.File, rendered.Slot, context.Settings);
                reader.CheckText(rendered.Text, null, sink, isDocument: true);
                if (sink.Findings.Count == 0)
                    continue;
                known ??= files.SelectMany(static file => file.Documents).GroupBy(static document => document.Slot.Document)
                    .ToDictionary(static same => same.Key, static same => same.First());
                // What is wrong however it is filled in was said of the file by itself.
                var said = new HashSet<(Rule, TextSpan)>((known.GetValueOrDefault(rendered.Slot.Document)?.Found ?? [])
                    .Select(static finding => (finding.Rule, finding.Place.Span)));
                if (!found.TryGetValue(rendered.Slot.Document, out var list))
                    found[rendered.Slot.Document] = list = [];
                said.UnionWith(list.Select(static finding => (finding.Rule, finding.Place.Span)));
                list.AddRange(sink.Findings.Where(finding => said.Add((finding.Rule, finding.Place.Span)))
                    .Select(finding => finding with { Related = [.. finding.Related, rendered.FilledIn] }));
            }
        }
    }
}
