using Repave.Core.Text;

namespace Repave.Core.Syntax;

/// <summary>Reads braces and brackets, of YAML's flow style or of JSON, as far as they say where a cursor stands and what they hold. What
/// is missing (a comma, a quote, the end) does not matter.</summary>
internal sealed class FlowScan
{
    private readonly string _text;
    private readonly int _end;
    private readonly int? _cursor;
    private readonly bool _isJson;
    private readonly IReadOnlyList<string> _above;
    private readonly List<Frame> _frames = [];
    private readonly List<OutlineEntry> _outline = [];
    private int _at;

    private FlowScan(string text, int start, int end, int? cursor, bool isJson, IReadOnlyList<string> above) =>
        (_text, _at, _end, _cursor, _isJson, _above) = (text, start, end, cursor, isJson, above);

    /// <summary>Where it ends: behind the last brace, or where the text does.</summary>
    public int End => _at;

    /// <summary>Whether all that it opens is closed.</summary>
    public bool IsClosed => _frames.Count == 0;

    /// <summary>Where the cursor stands in it; null if outside.</summary>
    public Spot? Found { get; private set; }

    /// <summary>Its fields and items.</summary>
    public IReadOnlyList<OutlineEntry> Outline => _outline;

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the first brace or bracket stands.</param>
    /// <param name="end">Where the text ends that may belong to it.</param>
    /// <param name="cursor">The cursor; null if there is none.</param>
    /// <param name="isJson">Whether it is JSON, which has no comments, tags and words without quotes.</param>
    /// <param name="above">The fields that lead to it.</param>
    public static FlowScan Of(string text, int start, int end, int? cursor, bool isJson, IReadOnlyList<string> above)
    {
        var scan = new FlowScan(text, start, end, cursor, isJson, above);
        scan.Read();
        return scan;
    }

    private Frame? Top => _frames.Count == 0 ? null : _frames[_frames.Count - 1];

    private void Read()
    {
        do
        {
            SkipSpace();
            if (_at >= _end)
                break;
            var start = _at;
            switch (_text[_at])
            {
                case '{' or '[':
                    Open(_text[_at++] == '{');
                    break;
                case '}' or ']':
                    // Of another kind than what is open, it shows that more is missing, which it ends too.
                    _frames.RemoveAt(_frames.Count - 1);
                    _at++;
                    break;
                case ',':
                    Top?.EndEntry();
                    _at++;
                    break;
                case ':':
                    if (Top is { } top)
                        top.IsValue = true;
                    _at++;
                    break;
                case '#' when !_isJson:
                    _at = LineEnd(_at);
                    Reach(start + 1, _at, s => s with { Comment = _text.Substring(start + 1, _cursor!.Value - start - 1) });
                    break;
                case '!' when !_isJson:
                    ReadTag();
                    break;
                case '"' or '\'':
                    ReadQuoted(_text[_at]);
                    break;
                default:
                    ReadPlain();
                    break;
            }

            if (_at == start)
                _at++;
        }
        while (_frames.Count > 0 && _at < _end);
        if (_cursor == _end)
            Reach(_end, _end, s => s);
    }

    private void SkipSpace()
    {
        var start = _at;
        while (_at < _end && char.IsWhiteSpace(_text[_at]))
            _at++;
        // At the beginning of a word the cursor is before it; at its end, in it.
        if (_frames.Count > 0 && _cursor is { } cursor && cursor >= start && cursor <= _at)
            Reach(cursor, cursor, s => s with { IsBehindValue = cursor == start && Top!.HasValue });
    }

    private void Open(bool isMap)
    {
        if (_frames.Count > 0)
            BeforeValue();
        var step = Top is { } top ? top.Step : null;
        var path = Top is { } holder ? holder.PathBelow(step!) : new List<string>(_above);
        if (Top is { } around)
        {
            around.HasValue = true;
            if (around is { IsMap: true, Key: { } key })
                _outline.Add(new OutlineEntry(around.Path, key, ""));
        }

        _frames.Add(new Frame(isMap, path));
    }

    // A field or item that begins where the one before was not ended by a comma.
    private void BeforeValue()
    {
        if (Top is { HasValue: true } top)
            top.EndEntry();
    }

    private void ReadTag()
    {
        var start = _at;
        while (_at < _end && !char.IsWhiteSpace(_text[_at]) && _text[_at] is not (',' or '}' or ']' or '{' or '['))
            _at++;
        Reach(start, _at, s => s);
        if (Top is { } top)
            top.Tag = _text.Substring(start, _at - start);
    }

    private void ReadQuoted(char quote)
    {
        BeforeValue();
        var start = _at++;
        while (_at < _end && _text[_at] != quote && _text[_at] is not ('\n' or '\r'))
            _at += _text[_at] == '\\' && quote == '"' && _at + 1 < _end ? 2 : 1;
        _at = Math.Min(_at, _end);
        var content = new TextSpan(start + 1, _at);
        var isClosed = _at < _end && _text[_at] == quote;
        if (isClosed)
            _at++;
        var isCursor = Reach(content.Start, content.End, s => s with { Quote = quote, IsQuoteClosed = isClosed });
        Take(_text.Substring(content.Start, content.Length), isCursor);
    }

    private void ReadPlain()
    {
        BeforeValue();
        var start = _at;
        while (_at < _end && !IsEndOfPlain())
            _at++;
        var end = _at;
        while (end > start && char.IsWhiteSpace(_text[end - 1]))
            end--;
        _at = end;
        Take(_text.Substring(start, end - start), Reach(start, end, s => s));
    }

    private bool IsEndOfPlain() => _text[_at] switch
    {
        ',' or '}' or ']' or '{' or '[' or '\n' or '\r' => true,
        ':' => _isJson || _at + 1 >= _end || char.IsWhiteSpace(_text[_at + 1]) || _text[_at + 1] is ',' or '}' or ']' or '{' or '[',
        '#' => !_isJson && char.IsWhiteSpace(_text[_at - 1]),
        '"' => _isJson,
        _ => false,
    };

    private void Take(string text, bool isCursor)
    {
        if (Top is not { } top)
            return;
        if (top.IsMap && !top.IsValue)
        {
            top.EndEntry();
            (top.Key, top.IsCursorsKey) = (text, isCursor);
            SkipQuietly();
            top.IsValue = false;
            if (!isCursor && text.Length > 0)
                top.Fields[text] = "";
            // A key without a colon is half typed, and says nothing of what follows.
            if (_at < _end && _text[_at] != ':')
                top.EndEntry();
            return;
        }

        top.HasValue = true;
        if (isCursor)
            return;
        if (top is { IsMap: true, Key: { } key })
        {
            if (!top.IsCursorsKey)
                top.Fields[key] = text;
            _outline.Add(new OutlineEntry(top.Path, key, text));
        }
        else if (!top.IsMap)
        {
            top.Items.Add(text);
            _outline.Add(new OutlineEntry(top.Path, null, text));
        }
    }

    // The colon may stand behind spaces; the cursor there is met by SkipSpace.
    private void SkipQuietly()
    {
        var at = _at;
        while (at < _end && _text[at] is ' ' or '\t')
            at++;
        if (at < _end && _text[at] == ':')
            _at = at;
    }

    private bool Reach(int start, int end, Func<Spot, Spot> with)
    {
        if (_cursor is not { } cursor || cursor < start || cursor > end || Found is not null || Top is not { } top)
            return false;
        var spot = with(new Spot(top, null, new TextSpan(start, cursor), [.. _frames])
        {
            HasColon = HasColonAt(end),
            NeedsComma = FollowsWithoutComma(end),
        });
        if (top.HasValue)
            top.EndEntry();
        // The field that is being written is not beside itself.
        if (top is { IsMap: true, IsValue: true, Key: { } own })
            (top.IsCursorsKey, _) = (true, top.Fields.Remove(own));
        Found = spot with { Key = top is { IsMap: true, IsValue: true } ? top.Key : null, Tag = top.Tag, ItemsBefore = top.Count };
        return true;
    }

    private bool HasColonAt(int end)
    {
        var at = end;
        if (at < _end && _text[at] is '"' or '\'')
            at++;
        while (at < _end && _text[at] is ' ' or '\t')
            at++;
        return at < _end && _text[at] == ':';
    }

    private bool FollowsWithoutComma(int end)
    {
        var at = end;
        if (at < _end && _text[at] is '"' or '\'')
            at++;
        while (at < _end && char.IsWhiteSpace(_text[at]))
            at++;
        return at < _end && _text[at] is not (',' or '}' or ']' or ':' or '#');
    }

    private int LineEnd(int at)
    {
        var end = _text.IndexOf('\n', at);
        return end < 0 || end > _end ? _end : end;
    }

    /// <summary>Where the cursor stands.</summary>
    public sealed record Spot(Frame Holder, string? Key, TextSpan Word, IReadOnlyList<Frame> Frames)
    {
        public char? Quote { get; init; }

        public bool IsQuoteClosed { get; init; }

        public string? Tag { get; init; }

        public string? Comment { get; init; }

        /// <summary>Whether it touches the end of a value, where nothing can be written.</summary>
        public bool IsBehindValue { get; init; }

        public int ItemsBefore { get; init; }

        public bool HasColon { get; init; }

        public bool NeedsComma { get; init; }
    }

    /// <summary>A map or list that is open.</summary>
    public sealed class Frame(bool isMap, IReadOnlyList<string> path)
    {
        public bool IsMap => isMap;

        public IReadOnlyList<string> Path => path;

        public Dictionary<string, string> Fields { get; } = new(StringComparer.Ordinal);

        public List<string> Items { get; } = [];

        public int Count { get; private set; }

        public string? Key { get; set; }

        public bool IsCursorsKey { get; set; }

        public bool IsValue { get; set; }

        public bool HasValue { get; set; }

        public string? Tag { get; set; }

        public string Step => isMap ? Key ?? "" : "[]";

        public List<string> PathBelow(string step)
        {
            var below = new List<string>(path) { step };
            if (Tag is { } tag)
                below.Add(tag);
            return below;
        }

        public void EndEntry()
        {
            if (HasValue)
                Count++;
            (Key, IsCursorsKey, IsValue, HasValue, Tag) = (null, false, false, false, null);
        }
    }
}
