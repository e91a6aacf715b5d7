using Repave.Core.Text;

namespace Repave.Core.Syntax.Yaml;

/// <summary>Where a cursor stands in a document, going by its lines and their indentation, and by braces where there are some, so that it
/// works while the text is broken because somebody is typing.</summary>
public sealed class YamlCursor : Cursor
{
    private static readonly Dictionary<string, string> None = [];

    private readonly YamlRows _rows;
    private readonly YamlPlace _place;
    private readonly FlowScan.Spot? _flow;

    private YamlCursor(YamlRows rows, YamlPlace place, TextSpan word, FlowScan.Spot? flow)
    {
        (_rows, _place, Word, _flow) = (rows, place, word, flow);
        Path = flow is null ? [.. place.Frames.Select(f => f.Step)] : flow.Holder.IsMap ? flow.Holder.Path : [.. flow.Holder.Path, "[]"];
        Siblings = flow is not null ? flow.Holder.IsMap ? flow.Holder.Fields : None
            : rows.FieldsBeside(place.Line, place.Indent, place.Row.IsItem, place.Line);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Path { get; }

    /// <inheritdoc/>
    public override string? Key => _flow is null ? _place.Row.Key : _flow.Key;

    /// <inheritdoc/>
    public override TextSpan Word { get; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Siblings { get; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Head => _rows.HeadWithout(_place.Line);

    /// <inheritdoc/>
    public override int Indent => _place.Indent;

    /// <inheritdoc/>
    public override CursorStyle Style => _flow is null ? CursorStyle.Block : CursorStyle.Flow;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Items => _flow is not null ? _flow.Holder.Items
        : _place.Row.IsItem ? [.. _rows.ItemsBeside(_place.Line, _place.Row.Dashes[_place.Row.Dashes.Count - 1]).Select(i => i.Value).Where(v => v.Length > 0)] : [];

    /// <inheritdoc/>
    public override bool IsItem => _flow is null ? _place.Row.IsItem && Key is null : !_flow.Holder.IsMap;

    /// <inheritdoc/>
    public override int ItemsBefore => _flow?.ItemsBefore
        ?? (_place.Row.IsItem ? _rows.ItemsBeside(_place.Line, _place.Row.Dashes[_place.Row.Dashes.Count - 1]).Count(i => i.Line < _place.Line) : 0);

    /// <inheritdoc/>
    public override char? Quote => _flow is null ? _place.Row.Quote : _flow.Quote;

    /// <inheritdoc/>
    public override bool IsQuoteClosed => _flow?.IsQuoteClosed
        ?? (_place.Row.Quote is { } quote && _rows.Text.IndexOf(quote, Word.End) is >= 0 and var end && end < _rows.Lines.LineEnd(_place.Line));

    /// <inheritdoc/>
    public override string? Tag => _flow is null ? _place.Row.Tag : _flow.Tag;

    /// <inheritdoc/>
    public override bool HasColon => _flow?.HasColon ?? (Key is null && ColonFollows());

    /// <inheritdoc/>
    public override bool NeedsComma => _flow?.NeedsComma == true;

    /// <inheritdoc/>
    public override string? Comment => _place.Comment;

    /// <inheritdoc/>
    public override ScalarReading Reading => YamlScalarReading.Instance;

    /// <inheritdoc/>
    public override bool IsInText => _place.IsInText || _flow?.IsBehindValue == true;

    /// <inheritdoc/>
    public override IEnumerable<OutlineEntry> Outline => _rows.Outline(_place.Line);

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> FieldsAround(int depth)
    {
        if (depth == Path.Count)
            return Siblings;
        if (_flow?.Frames.FirstOrDefault(f => f.IsMap && f.Path.Count == depth) is { } frame)
            return frame.Fields;
        return depth < _place.Frames.Count && _place.Frames[depth] is { IsField: true } around
            ? _rows.FieldsBeside(around.Line, around.Column, isItem: _rows[around.Line].IsItem, _place.Line) : None;
    }

    /// <summary>Finds out where a cursor stands.</summary>
    /// <param name="text">A document.</param>
    /// <param name="offset">The cursor.</param>
    public static YamlCursor At(string text, int offset)
    {
        offset = Math.Max(0, Math.Min(offset, text.Length));
        var rows = new YamlRows(text);
        var at = rows.Lines.PositionOf(offset);
        var start = rows.Lines.LineStart(at.Line);
        var before = text.Substring(start, offset - start);
        var here = YamlRow.Of(before, isTyped: true);
        var comment = CommentIn(before);
        var frames = new YamlFrames();
        var block = int.MaxValue;
        var holder = -1;
        for (var i = 0; i < at.Line; i++)
        {
            var row = rows[i];
            // The lines of a block scalar are no fields.
            if (row is { IsBlank: true, IsItem: false } || row.Column > block)
                continue;
            (block, holder) = row.IsBlockText ? (row.Column, i) : (int.MaxValue, -1);
            if (rows.FlowOf(i, offset, frames) is { } flow)
            {
                if (flow.Found is { } inside)
                    return new YamlCursor(rows, new YamlPlace(at.Line, here, frames.Holding(), here.Indent, inside.Comment ?? comment), inside.Word,
                        inside);
                var end = rows.Lines.PositionOf(Math.Min(flow.End, text.Length)).Line;
                if (flow.IsClosed && end > i)
                    i = Math.Min(end, at.Line - 1);
            }

            frames.Push(row, i);
        }

        var column = here is { IsBlank: true, IsItem: false } ? at.Character : here.Column;
        if (column > block)
            return InText(rows, holder, frames, new TextSpan(start + before.Length - before.TrimStart().Length, offset));
        if (rows.FlowOf(at.Line, offset, frames) is { Found: { } found })
            return new YamlCursor(rows, new YamlPlace(at.Line, here, frames.Holding(), here.Indent, found.Comment ?? comment), found.Word, found);
        var indent = here is { IsBlank: true, IsItem: false } ? at.Character : here.Indent;
        foreach (var dash in here.Dashes)
            frames.PushItem(dash, at.Line);
        frames.PopTo(indent);
        return new YamlCursor(rows, new YamlPlace(at.Line, here, frames.Holding(), indent, comment),
            new TextSpan(start + here.WordStart, offset), null);
    }

    // In the lines below a key they are its value.
    private static YamlCursor InText(YamlRows rows, int line, YamlFrames frames, TextSpan word)
    {
        var owner = rows[line];
        foreach (var dash in owner.Dashes)
            frames.PushItem(dash, line);
        frames.PopTo(owner.Indent);
        return new YamlCursor(rows, new YamlPlace(line, owner, frames.Holding(), owner.Indent, null) { IsInText = true }, word, null);
    }

    private bool ColonFollows()
    {
        var at = Word.End;
        while (at < _rows.Text.Length && (char.IsLetterOrDigit(_rows.Text[at]) || _rows.Text[at] is '-' or '_' or '"' or '\''))
            at++;
        return at < _rows.Text.Length && _rows.Text[at] == ':' && (Word.Length > 0 || at > Word.End);
    }

    // What stands behind the sign of a comment that begins in the line; null if none does.
    private static string? CommentIn(string line)
    {
        var quote = '\0';
        for (var i = 0; i < line.Length; i++)
        {
            if (quote != '\0')
                quote = line[i] == quote ? '\0' : quote;
            else if (line[i] is '"' or '\'' && (i == 0 || line[i - 1] is ' ' or '[' or '{' or ',' or '('))
                quote = line[i];
            else if (line[i] == '#' && (i == 0 || line[i - 1] is ' ' or '\t'))
                return line.Substring(i + 1);
        }

        return null;
    }
}

/// <summary>Where a cursor stands by lines alone.</summary>
/// <param name="Line">Its line; in a text of several lines, the one whose value that is.</param>
/// <param name="Row">What stands in that before the cursor.</param>
/// <param name="Frames">What holds it.</param>
/// <param name="Indent">The column of the keys beside it.</param>
/// <param name="Comment">What a comment says before it; null where it stands in none.</param>
internal sealed record YamlPlace(int Line, YamlRow Row, IReadOnlyList<YamlFrame> Frames, int Indent, string? Comment)
{
    /// <summary>Whether it stands in a text of several lines.</summary>
    public bool IsInText { get; init; }
}
