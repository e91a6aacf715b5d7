using System.Text;
using Repave.Core.Text;
using Repave.LanguageServer.Protocol;
using Range = Repave.LanguageServer.Protocol.Range;

namespace Repave.LanguageServer;

/// <summary>Turns the client's positions into offsets and back. Characters count UTF-16 code units, or bytes of UTF-8 where the client
/// wants that.</summary>
internal sealed class Positions(bool isUtf8)
{
    /// <summary>The name of the encoding.</summary>
    public string Encoding => isUtf8 ? "utf-8" : "utf-16";

    /// <summary>The offset of a position; one outside the text is taken to the nearest that is inside.</summary>
    public int OffsetOf(SourceText text, Position position)
    {
        if (!isUtf8 || position.Line < 0 || position.Line >= text.LineCount)
            return text.OffsetOf(new LinePosition(position.Line, position.Character));
        var line = text.LineText(position.Line);
        var (bytes, at) = (0, 0);
        while (at < line.Length && bytes < position.Character)
        {
            Rune.TryGetRuneAt(line, at, out var rune);
            bytes += rune.Value == 0 ? 1 : rune.Utf8SequenceLength;
            at += rune.Value == 0 ? 1 : rune.Utf16SequenceLength;
        }

        return text.LineStart(position.Line) + at;
    }

    /// <summary>The range of a span.</summary>
    public Range RangeOf(SourceText text, TextSpan span) => new(Of(text, text.PositionOf(span.Start)), Of(text, text.PositionOf(span.End)));

    /// <summary>The client's form of a range.</summary>
    public Range RangeOf(SourceText text, LineRange range) => new(Of(text, range.Start), Of(text, range.End));

    private Position Of(SourceText text, LinePosition position) =>
        new(position.Line, isUtf8 ? System.Text.Encoding.UTF8.GetByteCount(text.LineText(position.Line).AsSpan(0, position.Character))
            : position.Character);
}
