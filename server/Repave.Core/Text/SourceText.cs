namespace Repave.Core.Text;

/// <summary>A text and where its lines begin. Lines end at LF, CR LF or a lone CR, as in LSP.</summary>
public sealed class SourceText(string content)
{
    private int[]? _lineStarts;

    /// <summary>The whole text, a byte-order mark included if it was there.</summary>
    public string Content { get; } = content;

    /// <summary>Number of UTF-16 code units.</summary>
    public int Length => Content.Length;

    /// <summary>Number of lines; an empty text has one.</summary>
    public int LineCount => LineStarts.Length;

    private int[] LineStarts => _lineStarts ??= FindLineStarts(Content);

    /// <summary>Line and character of an offset; an offset outside the text is taken to the nearest end.</summary>
    public LinePosition PositionOf(int offset)
    {
        offset = Math.Max(0, Math.Min(offset, Content.Length));
        var line = Array.BinarySearch(LineStarts, offset);
        if (line < 0)
            line = ~line - 1;
        return new LinePosition(line, offset - LineStarts[line]);
    }

    /// <summary>The range in lines and characters.</summary>
    public LineRange RangeOf(TextSpan span) => new(PositionOf(span.Start), PositionOf(span.End));

    /// <summary>Offset of a position; a character behind the end of its line is taken to that end, as LSP demands.</summary>
    public int OffsetOf(LinePosition position)
    {
        if (position.Line < 0)
            return 0;
        if (position.Line >= LineStarts.Length)
            return Content.Length;
        return Math.Min(LineStarts[position.Line] + Math.Max(0, position.Character), LineEnd(position.Line));
    }

    /// <summary>Offset of the first code unit of a line.</summary>
    public int LineStart(int line) => LineStarts[line];

    /// <summary>Offset behind the last code unit of a line, its line break not counted.</summary>
    public int LineEnd(int line)
    {
        var end = line + 1 < LineStarts.Length ? LineStarts[line + 1] : Content.Length;
        if (end > LineStarts[line] && line + 1 < LineStarts.Length && Content[end - 1] == '\n')
            end--;
        if (end > LineStarts[line] && line + 1 < LineStarts.Length && Content[end - 1] == '\r')
            end--;
        return end;
    }

    /// <summary>The text of a line without its line break.</summary>
    public string LineText(int line) => Content.Substring(LineStart(line), LineEnd(line) - LineStart(line));

    /// <summary>The text of a range.</summary>
    public string TextOf(TextSpan span) => Content.Substring(span.Start, span.Length);

    private static int[] FindLineStarts(string text)
    {
        var starts = new List<int>((text.Length / 24) + 1) { 0 };
        var hasCarriageReturn = text.IndexOf('\r') >= 0;
        if (!hasCarriageReturn)
        {
            for (var at = text.IndexOf('\n'); at >= 0; at = text.IndexOf('\n', at + 1))
                starts.Add(at + 1);
            return starts.ToArray();
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
                starts.Add(i + 1);
        }

        return starts.ToArray();
    }
}
