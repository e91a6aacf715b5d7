using Repave.Core.Text;

namespace Repave.LanguageServer.Features;

/// <summary>Where the lines of an earlier text stand in a later one: those before what was edited where they were, those behind it moved by
/// what it grew.</summary>
internal sealed class MovedLines
{
    private readonly int _same;
    private readonly int _behind;
    private readonly int _grown;
    private readonly int _last;

    public MovedLines(SourceText from, SourceText to)
    {
        From = from;
        var (old, now) = (from.Content, to.Content);
        var most = Math.Min(old.Length, now.Length);
        var head = old.AsSpan().CommonPrefixLength(now);
        var tail = 0;
        while (tail < most - head && old[^(tail + 1)] == now[^(tail + 1)])
            tail++;
        _same = from.PositionOf(head).Line;
        _behind = from.PositionOf(old.Length - tail).Line;
        _last = to.PositionOf(now.Length).Line;
        _grown = _last - from.PositionOf(old.Length).Line;
    }

    /// <summary>The earlier text.</summary>
    public SourceText From { get; }

    /// <summary>The line of the later text; of one that was edited, the nearest.</summary>
    public int LineOf(int line) =>
        Math.Clamp(line <= _same ? line : line >= _behind ? line + _grown : Math.Min(line, _behind + _grown), 0, _last);
}
