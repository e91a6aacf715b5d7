using Repave.Core.Syntax;
using Repave.Core.Text;
using Repave.LanguageServer.Protocol;
using Range = Repave.LanguageServer.Protocol.Range;

namespace Repave.LanguageServer.Features;

/// <summary>What can be folded, and what growing selections take in.</summary>
internal static class Ranges
{
    public static FoldingRange[] Folding(OpenDocument document)
    {
        var found = new List<FoldingRange>();
        foreach (var slot in document.File.Documents)
        {
            if (slot.Document.Root is { } root)
                Fold(root, slot.Start, document.Text, found);
        }

        return [.. found];
    }

    public static SelectionRange[] Selection(OpenDocument document, IReadOnlyList<Position> at, Positions positions) =>
        [.. at.Select(p => Selection(document, p, positions))];

    private static void Fold(Node node, int start, SourceText text, List<FoldingRange> found)
    {
        var lines = text.RangeOf(node.Span.Shift(start));
        // A block begins on the line of the key that holds it.
        var first = node.Parent is MapNode holder && holder.Entries.FirstOrDefault(e => e.Value == node) is { } entry
            ? text.PositionOf(entry.Key.Span.Start + start).Line
            : lines.Start.Line;
        if (lines.End.Line > first)
            found.Add(new FoldingRange(first, lines.End.Line, null));
        switch (node)
        {
            case MapNode mapping:
                foreach (var child in mapping.Entries)
                    Fold(child.Value, start, text, found);
                break;
            case ListNode sequence:
                foreach (var item in sequence.Items)
                    Fold(item, start, text, found);
                break;
        }
    }

    private static SelectionRange Selection(OpenDocument document, Position position, Positions positions)
    {
        var text = document.Text;
        var whole = new SelectionRange(positions.RangeOf(text, new TextSpan(0, text.Length)), null);
        if (document.At(positions.OffsetOf(text, position)) is not var (slot, offset))
            return whole;
        var spans = new List<TextSpan> { new(slot.Start, slot.Start + slot.Document.Text.Length) };
        var chain = new Stack<Node>();
        for (var node = slot.Document.NodeAt(offset); node is not null; node = node.Parent)
            chain.Push(node);
        foreach (var node in chain)
        {
            if (node.Parent is MapNode holder && holder.Entries.FirstOrDefault(e => e.Value == node || e.Key == node) is { } entry)
                spans.Add(entry.Span.Shift(slot.Start));
            spans.Add(node.Span.Shift(slot.Start));
        }

        var selection = whole;
        foreach (var span in spans)
        {
            var range = positions.RangeOf(text, span);
            if (range != selection.Range)
                selection = new SelectionRange(range, selection);
        }

        return selection;
    }
}
