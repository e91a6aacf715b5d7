using System.Text;
using Repave.Core.Text;

namespace Repave.Core.Syntax.Yaml;

/// <summary>A text changed where YamlDotNet refuses what other readers take, kubectl's among them, and where each of its characters stood
/// before.</summary>
internal sealed class AdaptedText
{
    private readonly List<(int At, int Removed)> _cuts;

    private AdaptedText(string text, List<(int At, int Removed)> cuts) => (Text, _cuts) = (text, cuts);

    /// <summary>The text as YamlDotNet is given it.</summary>
    public string Text { get; }

    /// <summary>A text as it is written.</summary>
    public static AdaptedText Of(string text) => new(text, []);

    /// <summary>The text changed such that YamlDotNet comes further; null where what it refuses is refused by others too.</summary>
    /// <param name="message">What YamlDotNet says; empty where it fails without a word.</param>
    /// <param name="at">Where it says that, in <see cref="Text"/>.</param>
    /// <param name="bracket">Where the outermost bracket stands that is open there, in the text as it is written; negative
    /// without one.</param>
    public AdaptedText? For(string message, int at, int bracket)
    {
        bool Says(string part) => message.IndexOf(part, StringComparison.Ordinal) >= 0;
        if (at < 0 || at > Text.Length)
            return null;
        if (Says("extra spaces in first line"))
            return WithoutBlanks();
        if (Says("scalar, found wrong indentation"))
            return WithQuotedLinesJoined(at);
        if (Says("unknown escape character"))
            return WithoutEscapedApostrophes(at);
        if (bracket >= 0 && _cuts.Count == 0 && (message.Length == 0 || Says("tab ")))
            return WithBracketsOnOneLine(bracket);
        // "whtespace" is how YamlDotNet spells it.
        return Says("found invalid comment after") || Says("found a comment without wh") ? WithoutComment(at) : null;
    }

    /// <summary>The offset in the text as it is written, of an offset in <see cref="Text"/>.</summary>
    public long OffsetOf(long index)
    {
        int low = 0, high = _cuts.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_cuts[middle].At <= index)
                low = middle + 1;
            else
                high = middle;
        }

        return low == 0 ? index : index + _cuts[low - 1].Removed;
    }

    /// <summary>The text with something put in; what is put in stands where it was put.</summary>
    /// <param name="at">Where, in <see cref="Text"/>.</param>
    /// <param name="inserted">One character.</param>
    public AdaptedText With(int at, string inserted)
    {
        var cuts = new List<(int At, int Removed)>(_cuts.Count + 1);
        var removed = 0;
        foreach (var cut in _cuts.Where(cut => cut.At <= at))
        {
            cuts.Add(cut);
            removed = cut.Removed;
        }

        cuts.Add((at + inserted.Length, removed - inserted.Length));
        cuts.AddRange(_cuts.Where(cut => cut.At > at).Select(cut => (cut.At + inserted.Length, cut.Removed - inserted.Length)));
        return new AdaptedText(Text.Insert(at, inserted), cuts);
    }

    /// <summary>The text with spaces in place of a part; its lines stay.</summary>
    /// <param name="part">The part, in <see cref="Text"/>.</param>
    public AdaptedText Without(TextSpan part)
    {
        var text = new StringBuilder(Text);
        for (var i = part.Start; i < part.End; i++)
        {
            if (text[i] is not ('\r' or '\n'))
                text[i] = ' ';
        }

        return new AdaptedText(text.ToString(), _cuts);
    }

    // Lines of nothing but spaces, emptied: before the first line of a block scalar they may be longer than its indentation.
    private AdaptedText? WithoutBlanks()
    {
        var cuts = new List<(int Start, int Length)>();
        for (var line = 0; line < Text.Length;)
        {
            var next = Text.IndexOf('\n', line);
            next = next < 0 ? Text.Length : next + 1;
            var content = line;
            while (content < next && Text[content] == ' ')
                content++;
            if (content > line && content < next && Text[content] is '\r' or '\n')
                cuts.Add((line, content - line));
            line = next;
        }

        return Without(cuts);
    }

    // A quoted scalar's line that begins too far to the left: the line break before it stands for a space in any case.
    private AdaptedText? WithQuotedLinesJoined(int start)
    {
        if (start >= Text.Length || Text[start] is not ('"' or '\''))
            return null;
        var end = EndOfQuoted(start);
        if (end < 0)
            return null;
        var hasLines = false;
        var joined = new StringBuilder(Text);
        var cuts = new List<(int Start, int Length)>();
        for (var i = start + 1; i < end; i++)
        {
            if (Text[i] != '\n' || Text[i - 1] == '\\' || IsBlankBefore(i))
                continue;
            var content = i + 1;
            while (Text[content] is ' ' or '\t')
                content++;
            if (Text[content] is '\r' or '\n')
                continue;
            joined[i] = ' ';
            if (Text[i - 1] == '\r')
                cuts.Add((i - 1, 1));
            if (content > i + 1)
                cuts.Add((i + 1, content - i - 1));
            hasLines = true;
        }

        if (!hasLines)
            return null;
        var result = new AdaptedText(joined.ToString(), _cuts);
        return result.Without(cuts) ?? result;
    }

    private bool IsBlankBefore(int lineBreak)
    {
        var i = lineBreak - 1;
        while (i >= 0 && Text[i] is ' ' or '\t' or '\r')
            i--;
        return i < 0 || Text[i] == '\n';
    }

    // \' stands for an apostrophe in double quotes, for readers that are made after YAML 1.1's first one.
    private AdaptedText? WithoutEscapedApostrophes(int at)
    {
        var start = at;
        while (start > 0 && Text[start] != '"')
            start--;
        // The place is the scalar's quote or lies behind it: an escaped quote on the way is no beginning.
        while (start > 0 && Text[start - 1] == '\\')
        {
            start--;
            while (start > 0 && Text[start] != '"')
                start--;
        }

        var end = start < Text.Length && Text[start] == '"' ? EndOfQuoted(start) : -1;
        var cuts = new List<(int Start, int Length)>();
        for (var i = start + 1; i < end; i++)
        {
            if (Text[i] != '\\')
                continue;
            if (Text[i + 1] == '\'')
                cuts.Add((i, 1));
            i++;
        }

        return Without(cuts);
    }

    // Behind a quoted scalar or a block scalar's sign, without a space: a comment all the same.
    private AdaptedText? WithoutComment(int at)
    {
        var line = Text.IndexOf('\n', at);
        line = line < 0 ? Text.Length : line;
        var comment = Text.IndexOf('#', at, line - at);
        // The place may be the scalar's, which may have lines of its own.
        if (comment < 0 || (at < Text.Length && Text[at] is '"' or '\''))
        {
            var end = at < Text.Length && Text[at] is '"' or '\'' ? EndOfQuoted(at) : -1;
            comment = end >= 0 && end + 1 < Text.Length && Text[end + 1] == '#' ? end + 1 : comment;
        }

        if (comment < 0)
            return null;
        var stop = Text.IndexOf('\n', comment);
        stop = stop < 0 ? Text.Length : stop;
        return new AdaptedText(Text.Substring(0, comment) + new string(' ', stop - comment) + Text.Substring(stop), _cuts);
    }

    // Inside brackets line breaks and tabs are white space, however a line is indented.
    private AdaptedText? WithBracketsOnOneLine(int bracket)
    {
        var depth = 0;
        var text = new StringBuilder(Text);
        var isChanged = false;
        for (var i = bracket; i < Text.Length; i++)
        {
            switch (Text[i])
            {
                case '[' or '{':
                    depth++;
                    break;
                case ']' or '}' when --depth == 0:
                    return isChanged ? new AdaptedText(text.ToString(), _cuts) : null;
                case '"' or '\'' when Text[i - 1] is ' ' or '\t' or '\n' or '[' or '{' or ',' or ':':
                    var end = EndOfQuoted(i);
                    if (end < 0)
                        return null;
                    i = end;
                    break;
                case '#' when Text[i - 1] is ' ' or '\t' or '\n':
                    for (; i < Text.Length && Text[i] != '\n'; i++)
                        text[i] = ' ';
                    i--;
                    break;
                case '\n' or '\r' or '\t':
                    text[i] = ' ';
                    isChanged = true;
                    break;
            }
        }

        // What is not closed is refused by every reader.
        return null;
    }

    // Of the closing quote; negative where there is none.
    private int EndOfQuoted(int start)
    {
        var quote = Text[start];
        for (var i = start + 1; i < Text.Length; i++)
        {
            if (quote == '"' && Text[i] == '\\')
                i++;
            else if (Text[i] == quote && quote == '\'' && i + 1 < Text.Length && Text[i + 1] == quote)
                i++;
            else if (Text[i] == quote)
                return i;
        }

        return -1;
    }

    private AdaptedText? Without(List<(int Start, int Length)> parts)
    {
        if (parts.Count == 0)
            return null;
        var text = new StringBuilder(Text.Length);
        var cuts = new List<(int At, int Removed)>(_cuts.Count + parts.Count);
        var (from, removed, known) = (0, 0, 0);
        // Cuts made before this keep their places, moved by what is cut now; one inside such a part moves to its edge.
        void Keep(int until)
        {
            for (; known < _cuts.Count && _cuts[known].At <= until; known++)
                cuts.Add((Math.Max(_cuts[known].At - removed, text.Length), _cuts[known].Removed + removed));
        }

        foreach (var (start, length) in parts)
        {
            Keep(start);
            text.Append(Text, from, start - from);
            removed += length;
            from = start + length;
            cuts.Add((text.Length, (known == 0 ? 0 : _cuts[known - 1].Removed) + removed));
        }

        Keep(int.MaxValue);
        text.Append(Text, from, Text.Length - from);
        return new AdaptedText(text.ToString(), cuts);
    }
}
