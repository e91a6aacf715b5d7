using Repave.Core.Text;

namespace Repave.Core.Model;

/// <summary>Where a piece of a built text comes from.</summary>
/// <param name="Built">The piece, in offsets of the built text.</param>
/// <param name="Source">The file that a person edits.</param>
/// <param name="At">Where in that file's text; as long as the piece where it was copied as it is.</param>
public readonly record struct Origin(TextSpan Built, Manifest Source, TextSpan At)
{
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
    private readonly Origin[] _origins;

    // The greatest end of all origins up to an index, so that a search can stop.
    private readonly int[] _ends;

    /// <summary>A map.</summary>
    /// <param name="origins">The pieces; they may lie inside one another, and of pieces with one range the first counts most.</param>
    public SourceMap(IEnumerable<Origin> origins)
    {
        _origins = [.. origins.OrderBy(o => o.Built.Start)];
        _ends = new int[_origins.Length];
        for (var i = 0; i < _ends.Length; i++)
            _ends[i] = i == 0 ? _origins[i].Built.End : Math.Max(_ends[i - 1], _origins[i].Built.End);
    }

    /// <summary>The origins of a range of the built text, the narrowest piece first; none if nothing is known of it.</summary>
    public IReadOnlyList<Origin> Of(TextSpan span)
    {
        var found = new List<Origin>();
        for (var i = LastStartingAt(span.Start); i >= 0 && _ends[i] >= span.Start; i--)
        {
            if (_origins[i].Built.Contains(span))
                found.Add(_origins[i]);
        }

        // Found from the last to the first: turned round, so that of equal pieces the first counts most.
        found.Reverse();
        return [.. found.OrderBy(o => o.Built.Length)];
    }

    private int LastStartingAt(int offset)
    {
        int low = 0, high = _origins.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_origins[middle].Built.Start <= offset)
                low = middle + 1;
            else
                high = middle;
        }

        return low - 1;
    }
}
