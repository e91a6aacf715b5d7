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
        if (from is not ScalarNode { Value: var old } || to is not ScalarNode { Value: { Length: > 0 } now } || to.Span.End > text.Length)
            return null;
        var start = text.IndexOf(now, to.Span.Start, to.Span.Length, StringComparison.Ordinal);
        if (start < 0)
            return null;
        var most = Math.Min(old.Length, now.Length);
        int head = 0, tail = 0;
        while (head < most && old[head] == now[head])
            head++;
        while (tail < most - head && old[old.Length - 1 - tail] == now[now.Length - 1 - tail])
            tail++;
        // What was only taken away is shown by what stands beside it.
        head = Math.Min(head, now.Length - 1);
        return new TextSpan(start + head, start + Math.Max(head + 1, now.Length - tail));
    }
}
