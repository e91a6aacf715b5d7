using Repave.Core.Text;

namespace Repave.Core.Syntax.Yaml;

/// <summary>What may be wrong with the line that a reader stopped at, likeliest first: what is half typed shall not take the rest of the
/// document with it. Each is tried by reading again.</summary>
internal static class YamlRecovery
{
    /// <summary>Said of the marks of a merge.</summary>
    public const string Conflict = "A mark of a merge conflict: keep one of the two versions, and remove the marks.";

    private const string Ours = "<<<<<<<";
    private const string Theirs = "=======";
    private const string End = ">>>>>>>";
    private const int LinesBefore = 2;
    private const int MaxLinesBack = 200;

    /// <summary>Changes that may help, likeliest first.</summary>
    /// <param name="adapted">The text as it was read.</param>
    /// <param name="failure">Where reading stopped, in it.</param>
    public static IEnumerable<YamlRepair> Of(AdaptedText adapted, int failure)
    {
        var text = adapted.Text;
        if (WithoutConflict(adapted) is { } merged)
        {
            yield return merged;
            yield break;
        }

        var lines = LinesAt(text, failure);
        foreach (var line in lines)
        {
            if (text.IndexOf('\t', line.Start, ContentStart(text, line) - line.Start) >= 0)
                yield return new YamlRepair(adapted.Without(line), null, line);
        }

        foreach (var line in lines)
        {
            if (Word(text, line) is { Length: > 0 } word)
            {
                yield return new YamlRepair(IsBetween(text, line) ? adapted.Without(line) : adapted.With(word.End, ":"),
                    $"A ':' is missing behind '{text.Substring(word.Start, word.Length)}'.", word);
            }
        }

        foreach (var line in lines)
        {
            // With lines of its own below it is a key that something was typed behind.
            if (TightColon(text, line) is { } colon && BlockEnd(text, line) > line.End)
                yield return new YamlRepair(adapted.Without(new TextSpan(colon + 1, line.End)),
                    "A space is missing behind the ':', or what stands behind it is too much.", new TextSpan(colon, colon + 1));
        }

        foreach (var line in lines)
        {
            if (TightColon(text, line) is { } colon)
                yield return new YamlRepair(adapted.With(colon + 1, " "), "A space is missing behind the ':'.",
                    new TextSpan(colon, colon + 1));
        }

        if (OpenQuote(text, failure) is { } quote)
        {
            const string NotClosed = "The quote that opens here has no closing quote.";
            var line = new TextSpan(LineStart(text, quote), ContentEnd(text, quote));
            // With lines of its own below it is a key that something was typed behind.
            if (ValueOf(text, line) is { } typed && BlockEnd(text, line) > line.End)
                yield return new YamlRepair(adapted.Without(typed), NotClosed, new TextSpan(quote, quote + 1));
            yield return new YamlRepair(adapted.With(line.End, text[quote].ToString()), NotClosed, new TextSpan(quote, quote + 1));
        }

        foreach (var line in lines)
        {
            if (ValueOf(text, line) is { } value)
                yield return new YamlRepair(adapted.Without(value), null, value);
        }

        foreach (var line in lines)
            yield return new YamlRepair(adapted.Without(line), null, line);
        // A line and those that belong to it, going by indentation.
        foreach (var line in lines)
            yield return new YamlRepair(adapted.Without(new TextSpan(line.Start, BlockEnd(text, line))), null, line);
    }

    // Of two versions the first is read, because the marks say nothing of which is right.
    private static YamlRepair? WithoutConflict(AdaptedText adapted)
    {
        var text = adapted.Text;
        if (LineThatBegins(text, Ours, 0) is not { } first)
            return null;
        var result = adapted;
        TextSpan? mark = first;
        while (mark is { } open)
        {
            result = result.Without(open);
            if (LineThatBegins(text, Theirs, open.End) is not { } middle)
                break;
            var last = LineThatBegins(text, End, middle.End);
            result = result.Without(new TextSpan(middle.Start, last?.End ?? middle.End));
            mark = LineThatBegins(text, Ours, last?.End ?? middle.End);
        }

        return new YamlRepair(result, Conflict, first);
    }

    private static TextSpan? LineThatBegins(string text, string mark, int from)
    {
        for (var at = text.IndexOf(mark, from, StringComparison.Ordinal); at >= 0;
            at = text.IndexOf(mark, at + 1, StringComparison.Ordinal))
        {
            if (at == 0 || text[at - 1] == '\n')
                return new TextSpan(at, ContentEnd(text, at));
        }

        return null;
    }

    // The line that holds a place, and those with text before it, nearest first; then the one that those belong to, and the one before
    // that is indented like the first: what is said behind a word without a colon is read as its text, and stops only at the next key.
    private static List<TextSpan> LinesAt(string text, int at)
    {
        var lines = new List<TextSpan>();
        var start = LineStart(text, Math.Min(at, text.Length));
        var (holder, sibling) = (-1, -1);
        for (var read = 0; read < MaxLinesBack; read++)
        {
            var span = new TextSpan(start, ContentEnd(text, start));
            if (ContentStart(text, span) < span.End)
            {
                var indentation = Indentation(text, start);
                if (lines.Count <= LinesBefore)
                {
                    lines.Add(span);
                    sibling = lines.Count == 1 ? indentation : sibling;
                    holder = lines.Count == 2 ? indentation : holder;
                }
                else if (indentation < holder || indentation <= sibling)
                {
                    lines.Add(span);
                    if (indentation <= sibling)
                        break;
                    holder = -1;
                }
            }

            if (start == 0)
                break;
            start = LineStart(text, start - 1);
        }

        return lines;
    }

    private static int LineStart(string text, int at) => at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;

    // Before the line break and what is blank before that.
    private static int ContentEnd(string text, int at)
    {
        var end = text.IndexOf('\n', at);
        end = end < 0 ? text.Length : end;
        while (end > at && text[end - 1] is ' ' or '\t' or '\r')
            end--;
        return end;
    }

    // Behind indentation and dashes.
    private static int ContentStart(string text, TextSpan line)
    {
        var at = line.Start;
        while (at < line.End && (text[at] is ' ' or '\t' || (text[at] == '-' && (at + 1 == line.End || text[at + 1] == ' '))))
            at++;
        return at;
    }

    private static TextSpan Word(string text, TextSpan line)
    {
        var start = ContentStart(text, line);
        var end = start;
        while (end < line.End && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '.' or '/' or '-'))
            end++;
        return end == line.End ? new TextSpan(start, end) : new TextSpan(start, start);
    }

    // Between a key and what belongs to that: a line that is being written, and has nothing of its own yet.
    private static bool IsBetween(string text, TextSpan line)
    {
        if (line.Start == 0)
            return false;
        var start = LineStart(text, line.Start - 1);
        var end = ContentEnd(text, start);
        var indentation = Indentation(text, line.Start);
        return EndsWithKey(text, new TextSpan(start, end)) && Indentation(text, start) >= indentation && BlockEnd(text, line) > line.End;
    }

    // Behind the colon may stand a tag or an anchor.
    private static bool EndsWithKey(string text, TextSpan line)
    {
        var end = line.End;
        var word = end > line.Start ? text.LastIndexOf(' ', end - 1, end - line.Start) : -1;
        if (word > line.Start && word + 1 < end && text[word + 1] is '!' or '&')
            end = word;
        return end > line.Start && text[end - 1] == ':';
    }

    private static int? TightColon(string text, TextSpan line)
    {
        var at = ContentStart(text, line);
        while (at < line.End && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '.' or '/' or '-'))
            at++;
        return at > line.Start && at + 1 < line.End && text[at] == ':' && text[at + 1] is not (' ' or '/') ? at : null;
    }

    // Behind a key and its colon.
    private static TextSpan? ValueOf(string text, TextSpan line)
    {
        for (var at = ContentStart(text, line); at + 1 < line.End; at++)
        {
            if (text[at] == ':' && text[at + 1] == ' ')
                return new TextSpan(at + 1, line.End);
        }

        return null;
    }

    // Of the lines up to where reading stopped, the last that opens a quote and does not close it.
    private static int? OpenQuote(string text, int failure)
    {
        int? found = null;
        var open = -1;
        for (var at = 0; at < text.Length && (at <= failure || open >= 0); at++)
        {
            var c = text[at];
            if (c == '\n')
            {
                if (open >= 0)
                    found ??= open;
                open = -1;
            }
            else if (open >= 0 && c == '\\' && text[open] == '"')
            {
                at++;
            }
            else if (open >= 0 && c == text[open])
            {
                open = -1;
            }
            else if (open < 0 && c is '"' or '\'' && at > 0 && text[at - 1] is ' ' or '[' or '{' or ',' or '\n')
            {
                open = at;
            }
        }

        return found ?? (open >= 0 ? open : null);
    }

    private static int BlockEnd(string text, TextSpan line)
    {
        var indentation = Indentation(text, line.Start);
        var end = line.End;
        for (var next = text.IndexOf('\n', end) + 1; next > 0 && next < text.Length; next = text.IndexOf('\n', next) + 1)
        {
            var content = ContentEnd(text, next);
            if (content > next && Indentation(text, next) <= indentation)
                break;
            end = content;
        }

        return end;
    }

    private static int Indentation(string text, int line)
    {
        var at = line;
        while (at < text.Length && text[at] == ' ')
            at++;
        return at - line;
    }
}
