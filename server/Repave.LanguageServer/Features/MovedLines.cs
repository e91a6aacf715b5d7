using Repave.Core.Text;

namespace Repave.LanguageServer.Features;

/// <summary>Where the lines of an earlier text stand in a later one: those before what was edited where they were, those behind it moved by
/// what it grew. Whole lines are compared, so that a line that was put in before one that begins alike moves that one.</summary>
internal sealed class MovedLines
{
    private readonly int _edited;
    private readonly int _behind;
    private readonly int _grown;
    private readonly int _last;

    public MovedLines(SourceText from, SourceText to)
    {
        From = from;
        var (old, now) = (from.Content, to.Content);
        _edited = from.PositionOf(old.AsSpan().CommonPrefixLength(now)).Line;
        var start = from.LineStart(_edited);
        var most = Math.Min(old.Length, now.Length) - start;
        var tail = 0;
        while (tail < most && old[^(tail + 1)] == now[^(tail + 1)])
            tail++;
        bool Begins(string text) => text.Length - tail == start || text[^(tail + 1)] == '\n';
        _behind = from.PositionOf(old.Length - tail).Line + (Begins(old) && Begins(now) ? 0 : 1);
        _last = to.PositionOf(now.Length).Line;
        _grown = _last - from.PositionOf(old.Length).Line;
    }

    /// <summary>The earlier text.</summary>
    public SourceText From { get; }

    /// <summary>The line of the later text; of one that was edited, the nearest.</summary>
    public int LineOf(int line) => Math.Clamp(
        line < _edited ? line : line >= _behind ? line + _grown : Math.Max(_edited, Math.Min(line, _behind + _grown - 1)), 0, _last);
}
