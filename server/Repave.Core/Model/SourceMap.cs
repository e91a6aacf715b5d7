using Repave.Core.Text;

namespace Repave.Core.Model;

/// <summary>Where a piece of a built text comes from.</summary>
/// <param name="Built">The piece, in offsets of the built text.</param>
/// <param name="Source">The file that a person edits.</param>
/// <param name="At">Where in that file's text; as long as the piece where it was copied as it is.</param>
public readonly record struct Origin(TextSpan Built, Manifest Source, TextSpan At)
{
    /// <summary>Whether it is a value that was put in, rather than the text around it.</summary>
    public bool IsInserted { get; init; }

    /// <summary>Whether the piece stands in the source as it stands in the built text, so that editing one means editing
    /// the other.</summary>
    /// <param name="built">The built text.</param>
    public bool IsCopy(SourceText built) =>
        At.Length == Built.Length
            && string.CompareOrdinal(Source.Source.Text.Content, At.Start, built.Content, Built.Start, Built.Length) == 0;
}

/// <summary>Tells of every place of a built text (what a chart or an overlay renders) which files it comes from. A place may have several
/// origins; the one that its author is most likely to edit comes first.</summary>
public sealed class SourceMap
{
    private readonly Lazy<(Origin[] Origins, int[] Ends)> _pieces;
    private readonly Lazy<IReadOnlyList<Manifest>>? _sources;

    /// <summary>A map.</summary>
    /// <param name="origins">The pieces; they may lie inside one another, and of pieces with one range the first counts most.</param>
    public SourceMap(IEnumerable<Origin> origins)
        : this(() => origins)
    {
    }

    /// <summary>A map that is made when it is first asked, because most are never.</summary>
    /// <param name="origins">Gives the pieces.</param>
    /// <param name="sources">The files that the text was built from.</param>
    public SourceMap(Func<IEnumerable<Origin>> origins, Lazy<IReadOnlyList<Manifest>>? sources = null)
    {
        _pieces = new Lazy<(Origin[], int[])>(() => Sort(origins()));
        _sources = sources;
    }

    /// <summary>All files that the text was built from, also those of which no piece is in it: one may have decided what is left out.
    /// Empty where that is not known.</summary>
    public IReadOnlyList<Manifest> Sources => _sources?.Value ?? [];

    private Origin[] All => _pieces.Value.Origins;

    // The greatest end of all origins up to an index, so that a search can stop.
    private int[] Ends => _pieces.Value.Ends;

    /// <summary>The origins of a range of the built text, the narrowest piece first; where the range was put together from several pieces,
    /// those of each of them; none if nothing is known of it.</summary>
    public IReadOnlyList<Origin> Of(TextSpan span)
    {
        var (origins, ends) = (All, Ends);
        var found = new List<Origin>();
        for (var i = LastStartingAt(span.Start); i >= 0 && ends[i] >= span.Start; i--)
        {
            if (origins[i].Built.Contains(span))
                found.Add(origins[i]);
        }

        if (found.Count == 0)
        {
            for (var i = LastStartingAt(span.End - 1); i >= 0 && ends[i] > span.Start; i--)
            {
                if (origins[i].Built.End > span.Start)
                    found.Add(origins[i]);
            }

            // In the order of the text, and what was put in first: that is what people edit.
            found.Reverse();
            return IsCovered(span, found) ? [.. found.OrderByDescending(o => o.IsInserted)] : [];
        }

        // Found from the last to the first: turned round, so that of equal pieces the first counts most.
        found.Reverse();
        return [.. found.OrderBy(o => o.Built.Length)];
    }

    /// <summary>All pieces that have a part in a range of the built text, in its order; also where there are gaps between them.</summary>
    public IEnumerable<Origin> Touching(TextSpan span)
    {
        var (origins, ends) = (All, Ends);
        var first = LastStartingAt(span.Start);
        while (first > 0 && ends[first - 1] > span.Start)
            first--;
        for (var i = Math.Max(0, first); i < origins.Length && origins[i].Built.Start < span.End; i++)
        {
            if (origins[i].Built.End > span.Start)
                yield return origins[i];
        }
    }

    /// <summary>The pieces that come from a range of a file, in the order of the built text.</summary>
    /// <param name="path">The file that a person edits.</param>
    /// <param name="span">Where in its text.</param>
    public IEnumerable<Origin> From(string path, TextSpan span) =>
        All.Where(origin => origin.At.Start < span.End && origin.At.End > span.Start && origin.Source.Path == path);

    // A range that reaches beyond what is known was not put together from these pieces.
    private static bool IsCovered(TextSpan span, List<Origin> pieces)
    {
        var end = span.Start;
        foreach (var piece in pieces)
        {
            if (piece.Built.Start > end)
                return false;
            end = Math.Max(end, piece.Built.End);
        }

        return end >= span.End;
    }

    private static (Origin[] Origins, int[] Ends) Sort(IEnumerable<Origin> pieces)
    {
        Origin[] origins = [.. pieces.OrderBy(o => o.Built.Start)];
        var ends = new int[origins.Length];
        for (var i = 0; i < ends.Length; i++)
            ends[i] = i == 0 ? origins[i].Built.End : Math.Max(ends[i - 1], origins[i].Built.End);
        return (origins, ends);
    }

    private int LastStartingAt(int offset)
    {
        var origins = All;
        int low = 0, high = origins.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (origins[middle].Built.Start <= offset)
                low = middle + 1;
            else
                high = middle;
        }

        return low - 1;
    }
}
