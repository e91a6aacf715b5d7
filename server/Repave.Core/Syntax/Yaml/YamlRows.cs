using Repave.Core.Text;

namespace Repave.Core.Syntax.Yaml;

/// <summary>The lines of a document, each by itself, and what their indentation says of them together.</summary>
internal sealed class YamlRows
{
    private readonly YamlRow?[] _rows;

    public YamlRows(string text)
    {
        (Text, Lines) = (text, new SourceText(text));
        _rows = new YamlRow?[Lines.LineCount];
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>Where its lines begin.</summary>
    public SourceText Lines { get; }

    /// <summary>A line.</summary>
    public YamlRow this[int line] => _rows[line] ??= YamlRow.Of(Lines.LineText(line));

    /// <summary>What braces and brackets hold that begin in a line; null if none do. Takes what is before them in.</summary>
    /// <param name="line">The line.</param>
    /// <param name="cursor">The cursor; null if there is none.</param>
    /// <param name="frames">What is open before the line; afterwards, before the first brace.</param>
    public FlowScan? FlowOf(int line, int? cursor, YamlFrames frames)
    {
        var row = this[line];
        if (row.Value.Length == 0 || row.Value[0] is not ('{' or '['))
            return null;
        var start = Lines.LineStart(line) + row.ValueStart;
        if (cursor <= start)
            return null;
        frames.Push(row with { Value = "" }, line);
        var path = frames.Path();
        var scan = FlowScan.Of(Text, start, EndOfFlow(line, row.Column), cursor, isJson: false, path);
        // What nothing closes takes no line with it but its own.
        return scan.IsClosed ? scan : FlowScan.Of(Text, start, Lines.LineEnd(line), cursor, isJson: false, path);
    }

    // Lines that are not indented further end it, unless they close it.
    private int EndOfFlow(int line, int column)
    {
        var end = Lines.LineEnd(line);
        for (var i = line + 1; i < Lines.LineCount; i++)
        {
            var row = this[i];
            if (row is { IsBlank: true, IsItem: false })
                continue;
            if (row.Column <= column && Text[Lines.LineStart(i) + row.Column] is not (']' or '}'))
                break;
            end = Lines.LineEnd(i);
        }

        return end;
    }

    /// <summary>The fields of the map that has a key in a column of a line, with their scalars; not those of the cursor's line.</summary>
    public Dictionary<string, string> FieldsBeside(int line, int column, bool isItem, int cursorLine)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        void Add(int at, YamlRow row)
        {
            if (at != cursorLine && row.Indent == column && row.Key is { } key)
                found[key] = row.Scalar;
        }

        for (var i = line - 1; i >= 0 && !isItem; i--)
        {
            var row = this[i];
            if (row is { IsBlank: true, IsItem: false })
                continue;
            if (row.Indent < column)
                break;
            Add(i, row);
            if (row.IsItem && row.Indent == column)
                break;
        }

        Add(line, this[line]);
        for (var i = line + 1; i < Lines.LineCount; i++)
        {
            var row = this[i];
            if (row is { IsBlank: true, IsItem: false })
                continue;
            if (row.Indent < column || (row.IsItem && row.Column < column))
                break;
            Add(i, row);
        }

        return found;
    }

    /// <summary>The items of the list whose dash stands in a column of a line, with their scalars; empty where an item is none.</summary>
    public IEnumerable<(int Line, string Value)> ItemsBeside(int line, int column)
    {
        var first = line;
        for (var i = line - 1; i >= 0; i--)
        {
            var row = this[i];
            if (row is { IsBlank: true, IsItem: false })
                continue;
            if (row.Column < column || (row.Column == column && !row.IsItem))
                break;
            first = i;
        }

        for (var i = first; i < Lines.LineCount; i++)
        {
            var row = this[i];
            if (row is { IsBlank: true, IsItem: false })
                continue;
            if (i > line && (row.Column < column || (row.Column == column && !row.IsItem)))
                break;
            if (i != line && row.IsItem && row.Dashes[row.Dashes.Count - 1] == column)
                yield return (i, row.Key is null ? row.Scalar : "");
        }
    }

    /// <summary>The topmost scalar fields, without the cursor's line.</summary>
    public Dictionary<string, string> HeadWithout(int cursorLine)
    {
        var head = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < Lines.LineCount; i++)
        {
            if (i != cursorLine && this[i] is { Indent: 0, IsItem: false, Key: { } key, HasNoValue: false } row)
                head[key] = row.Scalar;
        }

        return head;
    }

    /// <summary>The fields and items of all lines, in their order, without those of the cursor's line.</summary>
    public IEnumerable<OutlineEntry> Outline(int cursorLine)
    {
        var frames = new YamlFrames();
        var block = int.MaxValue;
        for (var i = 0; i < Lines.LineCount; i++)
        {
            var row = this[i];
            if (row is { IsBlank: true, IsItem: false } || row.Column > block)
                continue;
            block = row.IsBlockText ? row.Column : int.MaxValue;
            if (i != cursorLine && Entry(row, i, frames) is { } entry)
                yield return entry;
            var flow = FlowOf(i, null, frames);
            foreach (var inner in flow?.Outline ?? [])
                yield return inner;
            frames.Push(row, i);
            if (flow is { IsClosed: true })
                i = Math.Max(i, Lines.PositionOf(Math.Min(flow.End, Text.Length)).Line);
        }
    }

    // What a line itself is, held by what is open before it.
    private static OutlineEntry? Entry(YamlRow row, int line, YamlFrames frames)
    {
        foreach (var dash in row.Dashes)
            frames.PushItem(dash, line);
        if (row.Key is { } key)
        {
            frames.PopTo(row.Indent);
            return new OutlineEntry(frames.Path(), key, row.Scalar);
        }

        if (!row.IsItem || row.Scalar.Length == 0)
            return null;
        var path = frames.Path();
        return new OutlineEntry([.. path.Take(path.Count - 1)], null, row.Scalar);
    }
}
