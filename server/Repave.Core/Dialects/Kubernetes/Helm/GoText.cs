namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>A text whose pieces know where they come from.</summary>
internal sealed class GoText : GoValue
{
    private readonly TextPiece[] _pieces;

    public GoText(string text, Trace? trace = null)
    {
        Text = text;
        _pieces = trace is null || text.Length == 0 ? [] : [new TextPiece(0, text.Length, trace, 0)];
        Trace = trace;
    }

    public GoText(string text, TextPiece[] pieces)
    {
        Text = text;
        _pieces = pieces;
        if (pieces.Length > 0)
            Trace = pieces[0].Trace;
    }

    public static GoText Empty { get; } = new("");

    public string Text { get; }

    /// <summary>The pieces in the order of the text; they do not overlap.</summary>
    public IReadOnlyList<TextPiece> Pieces => _pieces;

    /// <summary>Whether it is bytes, rather than a text of Go's.</summary>
    public bool IsBytes { get; set; }

    public override GoKind Kind => IsBytes ? GoKind.Slice : GoKind.String;

    public override string TypeName => IsBytes ? "[]uint8" : "string";

    public override string KindName => IsBytes ? "slice" : "string";

    /// <summary>A part of the text.</summary>
    public GoText Slice(int start, int length)
    {
        if (start == 0 && length == Text.Length)
            return this;
        if (_pieces.Length == 0)
            return new GoText(Text.Substring(start, length)) { Trace = Trace, IsBytes = IsBytes };
        var pieces = new List<TextPiece>();
        AddPieces(start, length, 0, pieces);
        return new GoText(Text.Substring(start, length), [.. pieces]) { Trace = Trace };
    }

    /// <summary>Adds the pieces of a part of the text to those of another.</summary>
    public void AddPieces(int start, int length, int to, List<TextPiece> pieces)
    {
        if (_pieces.Length == 0 && Trace is not null && length > 0)
        {
            pieces.Add(new TextPiece(to, length, Trace.IsCopy ? Trace with { IsCopy = false } : Trace, 0));
            return;
        }

        var end = start + length;
        for (var i = FirstEndingAfter(start); i < _pieces.Length && _pieces[i].Start < end; i++)
        {
            var piece = _pieces[i];
            var (from, until) = (Math.Max(piece.Start, start), Math.Min(piece.End, end));
            if (until > from)
                pieces.Add(new TextPiece(from - start + to, until - from, piece.Trace, piece.Skip + from - piece.Start));
        }
    }

    /// <summary>Where a text comes from that was computed from this one as a whole.</summary>
    public Trace? Computed()
    {
        if (_pieces.Length <= 1)
            return Trace?.AsWhole();
        // A value says more than the text around it.
        var first = _pieces[0].Trace;
        foreach (var piece in _pieces)
        {
            for (var trace = piece.Trace; trace is not null; trace = trace.Next)
            {
                if (trace.IsValue)
                    return trace with { IsCopy = false, Parts = this };
            }
        }

        return first with { IsCopy = false, Parts = this };
    }

    /// <summary>Another text of the same length, whose pieces are the same.</summary>
    public GoText With(string text) => text.Length == Text.Length ? new GoText(text, _pieces) { Trace = Trace }
        : new GoText(text, Computed());

    private int FirstEndingAfter(int offset)
    {
        int low = 0, high = _pieces.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_pieces[middle].End <= offset)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
