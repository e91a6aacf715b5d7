using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Plans;

/// <summary>The part of a value that differs from what it was. Of a value that was put together from several sources it tells which of them
/// changed.</summary>
internal static class ChangedPart
{
    /// <summary>Where the difference stands; null where that cannot be told.</summary>
    /// <param name="text">The text of the document that the new value stands in.</param>
    /// <param name="from">The old value.</param>
    /// <param name="to">The new value.</param>
    public static TextSpan? Of(string text, Node? from, Node? to)
    {
        return Of(text, from, to, 0);
    }

    private static TextSpan? Of(string text, Node? from, Node? to, int depth)
    {
        switch (from?.Resolved, to?.Resolved)
        {
            // Of a structure that was exchanged as a whole, the first part that is not what it was.
            case (MapNode before, MapNode after) when depth < SyntaxLimits.Depth:
                foreach (var entry in after.Entries)
                {
                    if (entry.Name is { } name && !AreSame(before[name], entry.Value))
                        return Of(text, before[name], entry.Value, depth + 1) ?? Inside(text, entry.Value);
                }

                return null;
            case (ListNode before, ListNode after) when depth < SyntaxLimits.Depth:
                for (var i = 0; i < after.Items.Count; i++)
                {
                    var was = i < before.Items.Count ? before.Items[i] : null;
                    if (!AreSame(was, after.Items[i]))
                        return Of(text, was, after.Items[i], depth + 1) ?? Inside(text, after.Items[i]);
                }

                return null;
            case (ScalarNode { Value: var old }, ScalarNode { Value: { Length: > 0 } now } scalar) when scalar.Span.End <= text.Length:
                return OfText(text, old, now, scalar);
            default:
                return null;
        }
    }

    private static bool AreSame(Node? from, Node to) =>
        from is not null && Shapes.CanonicalJson.Of(from, asPlatform: true) == Shapes.CanonicalJson.Of(to, asPlatform: true);

    private static TextSpan? Inside(string text, Node node) => node.Span.Length > 0 && node.Span.End <= text.Length ? node.Span : null;

    private static TextSpan? OfText(string text, string old, string now, ScalarNode to)
    {
        var most = Math.Min(old.Length, now.Length);
        int head = 0, tail = 0;
        while (head < most && old[head] == now[head])
            head++;
        while (tail < most - head && old[old.Length - 1 - tail] == now[now.Length - 1 - tail])
            tail++;
        // What was only taken away is shown by what stands beside it.
        head = Math.Min(head, now.Length - 1);
        var start = text.IndexOf(now, to.Span.Start, to.Span.Length, StringComparison.Ordinal);
        if (start >= 0)
            return new TextSpan(start + head, start + Math.Max(head + 1, now.Length - tail));
        return to.Style == NodeStyle.Literal ? InBlock(text, now, head, now.Length - tail, to.Span) : null;
    }

    // The lines of a block stand below its head one by one, each behind as many blanks; of several that changed, the first tells.
    private static TextSpan? InBlock(string text, string now, int head, int end, TextSpan block)
    {
        var lineStart = head == 0 ? 0 : now.LastIndexOf('\n', head - 1) + 1;
        var lineEnd = now.IndexOf('\n', lineStart) is >= 0 and var at ? at : now.Length;
        var (from, offset) = (block.Start, 0);
        while (true)
        {
            from = text.IndexOf('\n', from, block.End - from) + 1;
            if (from <= 0)
                return null;
            if (offset == lineStart)
                break;
            offset = now.IndexOf('\n', offset) + 1;
            if (offset <= 0)
                return null;
        }

        var line = now.Substring(lineStart, lineEnd - lineStart);
        var found = line.Length == 0 ? from : text.IndexOf(line, from, block.End - from, StringComparison.Ordinal);
        if (found < 0)
            return null;
        var first = found + head - lineStart;
        return new TextSpan(first, Math.Min(block.End, Math.Max(first + 1, found + Math.Min(end, lineEnd) - lineStart)));
    }
}
