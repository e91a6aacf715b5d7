namespace Repave.Core.Text;

/// <summary>Lines that differ between two states of a text.</summary>
/// <param name="Old">Where they stand in the old state, with their line breaks; empty where lines were added.</param>
/// <param name="New">Where they stand in the new state; empty where lines were taken away.</param>
public readonly record struct TextChange(TextSpan Old, TextSpan New)
{
    // Lines that are there once on either side tell where the others belong; where there are none after so many halves, what is left is
    // one change, so that no text takes more than a few walks.
    private const int MaxDepth = 12;

    /// <summary>The changes between two states, in the order of the text.</summary>
    /// <param name="before">The old state.</param>
    /// <param name="after">The new state.</param>
    public static IReadOnlyList<TextChange> Between(SourceText before, SourceText after)
    {
        var found = new List<TextChange>();
        if (before.Content != after.Content)
        {
            Lines old = new(before, 0, LinesOf(before)), now = new(after, 0, LinesOf(after));
            Compare(old, now, found, 0);
        }

        return found;
    }

    private static string[] LinesOf(SourceText text)
    {
        var lines = new string[text.LineCount];
        for (var i = 0; i < lines.Length; i++)
            lines[i] = text.Content.Substring(text.LineStart(i), EndOf(text, i) - text.LineStart(i));
        return lines;
    }

    private static int EndOf(SourceText text, int line) => line + 1 < text.LineCount ? text.LineStart(line + 1) : text.Length;

    private static void Compare(Lines old, Lines now, List<TextChange> found, int depth)
    {
        (old, now) = Trimmed(old, now);
        if (old.Count == 0 && now.Count == 0)
            return;
        var anchors = old.Count == 0 || now.Count == 0 || depth >= MaxDepth ? [] : Anchors(old, now);
        if (anchors.Count == 0)
        {
            found.Add(new TextChange(old.Span, now.Span));
            return;
        }

        var (from, to) = (0, 0);
        foreach (var (one, other) in anchors)
        {
            Compare(old.Part(from, one), now.Part(to, other), found, depth + 1);
            (from, to) = (one + 1, other + 1);
        }

        Compare(old.Part(from, old.Count), now.Part(to, now.Count), found, depth + 1);
    }

    private static (Lines Old, Lines Now) Trimmed(Lines old, Lines now)
    {
        var most = Math.Min(old.Count, now.Count);
        int head = 0, tail = 0;
        while (head < most && old[head] == now[head])
            head++;
        while (tail < most - head && old[old.Count - 1 - tail] == now[now.Count - 1 - tail])
            tail++;
        return (old.Part(head, old.Count - tail), now.Part(head, now.Count - tail));
    }

    // The lines that stand once on either side, as many of them as stand in one order on both.
    private static List<(int Old, int New)> Anchors(Lines old, Lines now)
    {
        var (oldPlaces, newPlaces) = (old.Single(), now.Single());
        var pairs = new List<(int Old, int New)>();
        for (var i = 0; i < old.Count; i++)
        {
            if (oldPlaces.TryGetValue(old[i], out var place) && place == i && newPlaces.TryGetValue(old[i], out var other) && other >= 0)
                pairs.Add((i, other));
        }

        // The longest rising run of places, by the ends of the best runs of each length.
        var ends = new List<int>();
        var previous = new int[pairs.Count];
        for (var i = 0; i < pairs.Count; i++)
        {
            int low = 0, high = ends.Count;
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (pairs[ends[middle]].New < pairs[i].New)
                    low = middle + 1;
                else
                    high = middle;
            }

            previous[i] = low == 0 ? -1 : ends[low - 1];
            if (low == ends.Count)
                ends.Add(i);
            else
                ends[low] = i;
        }

        var chosen = new List<(int Old, int New)>();
        for (var i = ends.Count == 0 ? -1 : ends[ends.Count - 1]; i >= 0; i = previous[i])
            chosen.Add(pairs[i]);
        chosen.Reverse();
        return chosen;
    }

    private readonly struct Lines(SourceText text, int start, string[] all, int? count = null)
    {
        public int Count { get; } = count ?? all.Length;

        public TextSpan Span => new(Offset(start), Offset(start + Count));

        public string this[int index] => all[start + index];

        public Lines Part(int from, int to) => new(text, start + from, all, to - from);

        /// <summary>Where each line stands; less than nothing for one that stands there more than once.</summary>
        public Dictionary<string, int> Single()
        {
            var places = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var i = 0; i < Count; i++)
                places[this[i]] = places.ContainsKey(this[i]) ? -1 : i;
            return places;
        }

        private int Offset(int line) => line < all.Length ? text.LineStart(line) : text.Length;
    }
}
