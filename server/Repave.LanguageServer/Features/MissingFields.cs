using Repave.Core.Analysis;
using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Plans;
using Repave.Core.Rules;
using Repave.Core.Rules.Schema;
using Repave.Core.Syntax;
using Repave.Core.Text;
using Repave.LanguageServer.Protocol;
using TextEdit = Repave.LanguageServer.Protocol.TextEdit;

namespace Repave.LanguageServer.Features;

/// <summary>Adds a field that is required and missing, with the structure that it needs; its values are left to its author.</summary>
internal static class MissingFields
{
    /// <summary>The edit; null where the finding is another, or the place is written in a way that nothing can be added to.</summary>
    public static (string Title, WorkspaceEdit Edit)? Add(
        OpenDocument document, Finding finding, ManifestAnalysis analysis, Positions positions)
    {
        if (finding.Rule is not MissingField || finding.Resource is not TreeResource resource || finding.Path.Length == 0)
            return null;
        var steps = FieldPath.Parse(finding.Path);
        Node node = resource.Root;
        var at = 0;
        for (; at < steps.Count; at++)
        {
            var next = node switch
            {
                MapNode mapping when steps[at].Name is { } name => mapping[name],
                ListNode list when steps[at].Index is { } index => list.Items.ElementAtOrDefault(index),
                _ => null,
            };
            if (next is null or ScalarNode { IsNull: true })
                break;
            node = next;
        }

        // What is there and empty has a place to write in already.
        if (at == steps.Count || node is not MapNode { Entries.Count: > 0 } holder || steps[at].Name is not { } missing
            || holder.Find(missing) is not null)
            return null;
        var shape = (analysis.Of(resource.Id.Dialect) as IDescribes)?.ShapeOf(Resources.HeadOf(resource.Root))
            ?.At(steps.Take(at).Select(s => s.Name ?? "[]"));
        var text = resource.Slot.Document.Text;
        var last = holder.Entries[^1];
        var field = shape?.Fields?[missing];
        string inserted;
        int offset;
        if (holder.Style == NodeStyle.Flow)
        {
            offset = last.Span.End;
            inserted = $", {missing}: {(field?.Shape.Fields is null ? "\"\"" : "{}")}";
        }
        else
        {
            var lines = new SourceText(text);
            var indent = lines.PositionOf(holder.Entries[0].Key.Span.Start).Character;
            offset = lines.LineEnd(lines.PositionOf(Math.Max(last.Key.Span.End, last.Span.End - 1)).Line);
            inserted = TreeEdits.LineBreak(text) + new string(' ', indent)
                + (field is null ? missing + ": " : CompletionText.Insertion(field, indent))
                    .Replace("\n", TreeEdits.LineBreak(text), StringComparison.Ordinal);
        }

        var place = positions.RangeOf(document.Text, new TextSpan(offset, offset).Shift(resource.Slot.Start));
        return ($"Add '{missing}'",
            new WorkspaceEdit(new Dictionary<string, TextEdit[]> { [document.Uri] = [new TextEdit(place, inserted)] }));
    }
}
