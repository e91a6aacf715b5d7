using Repave.Core.Analysis;
using Repave.Core.Rules;
using Repave.Core.Rules.Schema;
using Repave.Core.Text;
using Repave.LanguageServer.Protocol;
using TextEdit = Repave.LanguageServer.Protocol.TextEdit;

namespace Repave.LanguageServer.Features;

/// <summary>Fixes of findings, all fixes of a file, and holding a finding back with a reason.</summary>
internal static class CodeActions
{
    private const string QuickFix = "quickfix";
    private const string FixAll = "source.fixAll.repave";

    /// <summary>What is offered at a place.</summary>
    /// <param name="document">The document.</param>
    /// <param name="range">The place.</param>
    /// <param name="only">The kinds that the client wants; null for all.</param>
    /// <param name="analysis">What is found in the document itself.</param>
    /// <param name="planned">What the plan of this very text finds in it.</param>
    /// <param name="workspace">The workspace.</param>
    /// <param name="positions">How the client counts.</param>
    public static CodeAction[] Of(OpenDocument document, Protocol.Range range, IReadOnlyList<string>? only, ManifestAnalysis analysis,
        IEnumerable<Finding> planned, Workspace workspace, Positions positions)
    {
        var span = new TextSpan(positions.OffsetOf(document.Text, range.Start), positions.OffsetOf(document.Text, range.End));
        var findings = analysis.Findings(document.Manifest.Path);
        var actions = new List<CodeAction>();
        bool Wanted(string kind) =>
            only is null || only.Count == 0 || only.Any(o => kind == o || kind.StartsWith(o + ".", StringComparison.Ordinal));
        if (Wanted(QuickFix))
        {
            foreach (var finding in findings.Concat(planned).Where(f => f.FileSpan.Start <= span.End && f.FileSpan.End >= span.Start))
            {
                var diagnostic = Diagnostics.Of(finding, workspace, positions);
                // What cannot be read to its end would be edited at places that mean nothing.
                if (finding.Fix is { Written: { } edits } fix && fix.Edits.All(edit => edit.Place.Slot.Document.IsValid))
                    actions.Add(new CodeAction(fix.Title, QuickFix, [diagnostic], true, EditOf(edits, workspace, positions)));
                if (finding.Place.Slot.Document.IsValid && MissingFields.Add(document, finding, analysis, positions) is { } adds)
                    actions.Add(new CodeAction(adds.Title, QuickFix, [diagnostic], null, adds.Edit));
                // What cannot be read cannot be held back: nothing else of the document is known to be right.
                if (finding.Rule is not SyntaxError && document.File.Language.LineComment is { } mark)
                    actions.Add(new CodeAction($"Hold {finding.Rule.Id} back here (write the reason)", QuickFix, [diagnostic], null,
                        Suppress(document, finding, mark, positions)));
            }
        }

        if (Wanted(FixAll) && findings.Any(f => f.Fix?.Written is not null))
        {
            var changes = FixApplier.Apply([.. findings.Where(f => f.Fix is not null)]);
            if (changes.Applied.Count == 0)
                return [.. actions];
            var edits = changes.Texts.ToDictionary(t => workspace.UriOf(t.Key.Path),
                t => (TextEdit[])[new TextEdit(positions.RangeOf(t.Key.Source.Text, new TextSpan(0, t.Key.Source.Text.Length)), t.Value)]);
            actions.Add(new CodeAction($"Fix {changes.Applied.Count} finding{(changes.Applied.Count == 1 ? "" : "s")} of this file", FixAll,
                null, null, new WorkspaceEdit(edits)));
        }

        return [.. actions];
    }

    private static WorkspaceEdit EditOf(
        IReadOnlyList<(Core.Model.Manifest File, Core.Text.TextEdit Edit)> edits, Workspace workspace, Positions positions) =>
        new(edits.GroupBy(e => e.File).ToDictionary(g => workspace.UriOf(g.Key.Path),
            g => g.Select(e => new TextEdit(positions.RangeOf(g.Key.Source.Text, e.Edit.Span), e.Edit.NewText)).ToArray()));

    // A comment on the line above, in its column. The reason is its author's to write, and is asked for until it is there.
    private static WorkspaceEdit Suppress(OpenDocument document, Finding finding, string mark, Positions positions)
    {
        var line = finding.Range.Start.Line;
        var start = document.Text.LineStart(line);
        var text = document.Text.LineText(line);
        var indent = text[..(text.Length - text.TrimStart().Length)];
        return new WorkspaceEdit(new Dictionary<string, TextEdit[]>
        {
            [document.Uri] = [new TextEdit(positions.RangeOf(document.Text,
            new TextSpan(start, start)), $"{indent}{mark} repave: ignore {finding.Rule.Id} -- \n")]
        });
    }
}
