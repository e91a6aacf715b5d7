using Repave.Core.Syntax;
using Repave.Core.Syntax.Yaml;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes;

/// <summary>Tabs in indentation, which the YAML reader behind kubectl refuses in more places than others do: in a block scalar before its
/// own indentation, and before whatever begins a line outside brackets and quotes.</summary>
internal static class KubectlTabs
{
    /// <summary>Finds them, in the order of the text.</summary>
    public static IEnumerable<TextSpan> Find(Document document)
    {
        var text = document.Text;
        if (text.IndexOf('\t') < 0)
            yield break;
        // Inside these a tab is white space or text.
        var free = new List<TextSpan>();
        var blocks = new List<BlockScalar>();
        var plain = new List<TextSpan>();
        foreach (var scalar in document.Scalars)
        {
            if (scalar.Style is NodeStyle.Literal or NodeStyle.Folded)
                AddBlock(text, scalar.Span, blocks);
            else if (text.IndexOf('\n', scalar.Span.Start, scalar.Span.Length) >= 0)
                free.Add(scalar.Span);
            if (scalar.Style == NodeStyle.Plain)
                plain.Add(scalar.Span);
        }

        AddFlow(document.Root, free, 0);
        free.Sort((a, b) => a.Start.CompareTo(b.Start));
        var (nextFree, nextBlock, nextPlain, freeUntil, contentEnd) = (0, 0, 0, 0, 0);
        for (var line = 0; line < text.Length;)
        {
            var at = line;
            while (at < text.Length && text[at] == ' ')
                at++;
            var end = at;
            while (end < text.Length && text[end] == '\t')
                end++;
            for (; nextFree < free.Count && free[nextFree].Start < line; nextFree++)
                freeUntil = Math.Max(freeUntil, free[nextFree].End);
            while (nextBlock < blocks.Count && blocks[nextBlock].Span.End < line)
                nextBlock++;
            while (nextPlain < plain.Count && plain[nextPlain].End < contentEnd)
                nextPlain++;
            var isText = nextBlock < blocks.Count && blocks[nextBlock] is var block && block.Span.Start < line && block.IsText(line, at);
            // White space behind a plain scalar belongs to it while it is indented deeper than the scalar's key.
            var isBehind = nextPlain < plain.Count && plain[nextPlain].End == contentEnd
                && at - line > ColumnOfLine(text, plain[nextPlain].Start);
            if (end > at && line >= freeUntil && !isText && !isBehind)
                yield return new TextSpan(at, end);
            var next = text.IndexOf('\n', end);
            next = next < 0 ? text.Length : next;
            for (var last = next; last > line; last--)
            {
                if (text[last - 1] is ' ' or '\t' or '\r')
                    continue;
                contentEnd = last;
                break;
            }

            line = next + 1;
        }
    }

    // Where the text of an offset's line begins, behind the dashes of list items.
    private static int ColumnOfLine(string text, int offset)
    {
        var line = offset;
        while (line > 0 && text[line - 1] != '\n')
            line--;
        var at = line;
        while (at < offset && text[at] is ' ' or '-')
            at++;
        return at - line;
    }

    private static void AddBlock(string text, TextSpan span, List<BlockScalar> blocks)
    {
        var line = text.IndexOf('\n', span.Start) + 1;
        if (line == 0)
            return;
        // A stated indentation counts from the parent's, which the text alone does not say.
        var isStated = text.Substring(span.Start, Math.Min(3, text.Length - span.Start)).Any(c => c is >= '1' and <= '9');
        var end = Math.Max(span.End, line - 1);
        for (var i = end; i < text.Length && text[i] is ' ' or '\t' or '\r' or '\n'; i++)
        {
            if (text[i] == '\n')
                end = i;
        }

        var (first, indentation) = BlockScalarText.FirstLine(text, line, end);
        blocks.Add(new BlockScalar(new TextSpan(span.Start, end), first, isStated ? -1 : indentation));
    }

    // From the header to the blank lines behind; the first line that says something, and the columns that it is indented by (negative
    // where the header states them).
    private readonly record struct BlockScalar(TextSpan Span, int FirstLine, int Indentation)
    {
        // Whether a tab at the end of a line's spaces is a part of the text.
        public bool IsText(int line, int tab) => Indentation < 0 || (line > FirstLine && tab - line >= Indentation);
    }

    private static void AddFlow(Node? node, List<TextSpan> free, int depth)
    {
        if (depth > SyntaxLimits.Depth)
            return;
        switch (node)
        {
            case MapNode { Style: NodeStyle.Flow } or ListNode { Style: NodeStyle.Flow }:
                free.Add(node.Span);
                break;
            case MapNode map:
                foreach (var entry in map.Entries)
                {
                    AddFlow(entry.Key, free, depth + 1);
                    AddFlow(entry.Value, free, depth + 1);
                }

                break;
            case ListNode list:
                foreach (var item in list.Items)
                    AddFlow(item, free, depth + 1);
                break;
        }
    }
}
