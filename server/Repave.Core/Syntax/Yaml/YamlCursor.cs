using Repave.Core.Text;

namespace Repave.Core.Syntax.Yaml;

/// <summary>Where a cursor stands in a document in block style, going by its lines and their indentation alone, so that it works while the
/// text is broken because somebody is typing.</summary>
public sealed class YamlCursor : Cursor
{
    private YamlCursor(IReadOnlyList<string> path, string? key, TextSpan word, IReadOnlyCollection<string> siblings,
        IReadOnlyDictionary<string, string> head, int indent)
    {
        Path = path;
        Key = key;
        Word = word;
        Siblings = siblings;
        Head = head;
        Indent = indent;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Path { get; }

    /// <inheritdoc/>
    public override string? Key { get; }

    /// <inheritdoc/>
    public override TextSpan Word { get; }

    /// <inheritdoc/>
    public override IReadOnlyCollection<string> Siblings { get; }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Head { get; }

    /// <inheritdoc/>
    public override int Indent { get; }

    /// <summary>Finds out where a cursor stands.</summary>
    /// <param name="text">A document.</param>
    /// <param name="offset">The cursor.</param>
    public static YamlCursor At(string text, int offset)
    {
        offset = Math.Max(0, Math.Min(offset, text.Length));
        var lines = new SourceText(text);
        var at = lines.PositionOf(offset);
        var rows = new List<Row>(lines.LineCount);
        for (var i = 0; i < lines.LineCount; i++)
            rows.Add(Row.Of(
                i == at.Line ? lines.LineText(i).Substring(0, Math.Min(at.Character, lines.LineText(i).Length)) : lines.LineText(i)));
        var here = rows[at.Line];
        var start = lines.LineStart(at.Line);
        var word = new TextSpan(start + here.WordStart, offset);
        var frames = new List<Frame>();
        var block = int.MaxValue;
        for (var i = 0; i < at.Line; i++)
        {
            var row = rows[i];
            // The lines of a block scalar are no fields.
            if ((row.IsBlank && !row.IsItem) || row.Column > block)
                continue;
            block = row.Value.Length > 0 && row.Value[0] is '|' or '>' ? row.Column : int.MaxValue;
            Push(frames, row);
        }

        var indent = here.IsBlank && !here.IsItem ? at.Character : here.Indent;
        foreach (var dash in here.Dashes)
            PushItem(frames, dash);
        PopTo(frames, indent);
        while (frames.Count > 0 && !frames[frames.Count - 1].CanHold)
            frames.RemoveAt(frames.Count - 1);
        return new YamlCursor([.. frames.Where(f => f.CanHold).Select(f => f.Step)], here.Key, word,
            SiblingsOf(rows, at.Line, indent, here.IsItem), HeadOf(rows, at.Line), indent);
    }

    private static void Push(List<Frame> frames, Row row)
    {
        foreach (var dash in row.Dashes)
            PushItem(frames, dash);
        if (row.Key is null)
            return;
        PopTo(frames, row.Indent);
        frames.Add(new Frame(row.Key, row.Indent, IsItem: false, row.HasNoValue));
    }

    // A list may begin in the column of the key that holds it.
    private static void PushItem(List<Frame> frames, int column)
    {
        while (frames.Count > 0 && frames[frames.Count - 1] is var last
            && (last.Column > column || (last.Column == column && (last.IsItem || !last.CanHold))))
            frames.RemoveAt(frames.Count - 1);
        frames.Add(new Frame("[]", column, IsItem: true, CanHold: true));
    }

    private static void PopTo(List<Frame> frames, int column)
    {
        while (frames.Count > 0 && frames[frames.Count - 1].Column >= column)
            frames.RemoveAt(frames.Count - 1);
    }

    private static HashSet<string> SiblingsOf(List<Row> rows, int line, int indent, bool isItem)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        for (var i = line - 1; i >= 0 && !isItem; i--)
        {
            var row = rows[i];
            if (row.IsBlank && !row.IsItem)
                continue;
            if (row.Indent < indent)
                break;
            if (row.Indent == indent && row.Key is not null)
                found.Add(row.Key);
            if (row.IsItem && row.Indent == indent)
                break;
        }

        for (var i = line + 1; i < rows.Count; i++)
        {
            var row = rows[i];
            if (row.IsBlank && !row.IsItem)
                continue;
            if (row.Indent < indent || (row.IsItem && row.Column < indent))
                break;
            if (row.Indent == indent && row.Key is not null)
                found.Add(row.Key);
        }

        return found;
    }

    private static Dictionary<string, string> HeadOf(List<Row> rows, int line)
    {
        var head = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < rows.Count; i++)
        {
            if (i != line && rows[i] is { Indent: 0, IsItem: false, Key: { } key, HasNoValue: false } row)
                head[key] = row.Value;
        }

        return head;
    }

    /// <summary>What holds the lines below: a key or an item.</summary>
    private readonly record struct Frame(string Step, int Column, bool IsItem, bool CanHold);

    /// <summary>A line: how far it is indented, whether it begins an item, its key and value.</summary>
    private readonly record struct Row(int Indent, IReadOnlyList<int> Dashes, bool IsBlank, string? Key, string Value, int WordStart)
    {
        public bool IsItem => Dashes.Count > 0;

        /// <summary>Where its first character stands.</summary>
        public int Column => IsItem ? Dashes[0] : Indent;

        public bool HasNoValue => Value.Length == 0 || Value[0] is '#' or '&' or '!';

        public static Row Of(string line)
        {
            var at = 0;
            while (at < line.Length && line[at] == ' ')
                at++;
            var dashes = new List<int>();
            while (at < line.Length && line[at] == '-' && (at + 1 == line.Length || line[at + 1] == ' '))
            {
                dashes.Add(at);
                at++;
                while (at < line.Length && line[at] == ' ')
                    at++;
            }

            if (at >= line.Length || line[at] == '#' || line.StartsWith("---", StringComparison.Ordinal))
                return new Row(at, dashes, true, null, "", at);
            var colon = ColonOf(line, at);
            if (colon < 0)
                return new Row(at, dashes, false, null, line.Substring(at).Trim(), at);
            var value = colon + 1;
            while (value < line.Length && line[value] == ' ')
                value++;
            return new Row(at, dashes, false, line.Substring(at, colon - at).Trim().Trim('"', '\''),
                line.Substring(value).TrimEnd(), value);
        }

        private static int ColonOf(string line, int at)
        {
            for (var i = at; i < line.Length; i++)
            {
                if (line[i] == ':' && (i + 1 == line.Length || line[i + 1] == ' '))
                    return i;
                if (line[i] is '{' or '[' && i == at)
                    return -1;
            }

            return -1;
        }
    }
}
