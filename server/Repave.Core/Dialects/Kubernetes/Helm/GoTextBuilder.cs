using System.Text;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Puts a text together whose pieces know where they come from.</summary>
internal sealed class GoTextBuilder
{
    private readonly StringBuilder _text = new();
    private readonly List<TextPiece> _pieces = [];

    public int Length => _text.Length;

    public GoTextBuilder Append(char c)
    {
        _text.Append(c);
        return this;
    }

    public GoTextBuilder Append(char c, int count)
    {
        _text.Append(c, count);
        return this;
    }

    public GoTextBuilder Append(string text, Trace? trace = null)
    {
        GoLimits.Check(_text.Length + text.Length);
        if (trace is not null && text.Length > 0)
            _pieces.Add(new TextPiece(_text.Length, text.Length, trace, 0));
        _text.Append(text);
        return this;
    }

    public GoTextBuilder Append(GoText text) => Append(text, 0, text.Text.Length);

    public GoTextBuilder Append(GoText text, int start, int length)
    {
        GoLimits.Check(_text.Length + length);
        text.AddPieces(start, length, _text.Length, _pieces);
        _text.Append(text.Text, start, length);
        return this;
    }

    /// <summary>Appends what an action prints: what is not known to come from elsewhere comes from the action, and what comes from a value
    /// was put there by it.</summary>
    public void AppendPrinted(GoText text, Trace action)
    {
        GoLimits.Check(_text.Length + text.Text.Length);
        var start = _text.Length;
        var at = 0;
        var pieces = text.Pieces;
        if (pieces.Count == 0 && text.Trace is not null)
        {
            var whole = new List<TextPiece>();
            text.AddPieces(0, text.Text.Length, 0, whole);
            pieces = whole;
        }

        foreach (var piece in pieces)
        {
            if (piece.Start > at)
                _pieces.Add(new TextPiece(start + at, piece.Start - at, action, 0));
            _pieces.Add(piece with
            {
                Start = start + piece.Start,
                Trace = HasTemplate(piece.Trace) ? piece.Trace
                : piece.Trace.Then(action)
            });
            at = piece.End;
        }

        if (at < text.Text.Length)
            _pieces.Add(new TextPiece(start + at, text.Text.Length - at, action, 0));
        _text.Append(text.Text);
    }

    public GoText ToText() => new(_text.ToString(), [.. _pieces]);

    public override string ToString() => _text.ToString();

    private static bool HasTemplate(Trace trace)
    {
        for (var next = trace; next is not null; next = next.Next)
        {
            if (!next.IsValue)
                return true;
        }

        return false;
    }
}
