using System.Text;
using Repave.Core.Shapes;
using Repave.Core.Text;

namespace Repave.Core.Syntax.Dockerfile;

/// <summary>Reads Dockerfiles. A line that makes no sense is an issue, and the next one is read all the same.</summary>
internal sealed class DockerfileParser
{
    // Every instruction that BuildKit knows, from its own list (frontend/dockerfile/command).
    private static readonly string[] Keywords =
    [
        "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER", "ONBUILD", "RUN", "SHELL",
        "STOPSIGNAL", "USER", "VOLUME", "WORKDIR",
    ];

    private readonly string _text;
    private readonly SourceText _lines;
    private readonly List<SyntaxIssue> _issues = [];
    private readonly List<DockerfileInstruction> _instructions = [];
    private readonly List<Comment> _comments = [];
    private char _escape = '\\';

    private DockerfileParser(string text) => (_text, _lines) = (text, new SourceText(text));

    public static DockerfileDocument Parse(string text)
    {
        var parser = new DockerfileParser(text);
        parser.Read();
        return new DockerfileDocument(text, parser._issues, parser._instructions, parser._comments);
    }

    private void Read()
    {
        var mayBeDirective = true;
        for (var line = 0; line < _lines.LineCount;)
        {
            var start = Skip(_lines.LineStart(line), _lines.LineEnd(line));
            var end = _lines.LineEnd(line);
            if (start == end)
            {
                mayBeDirective = false;
                line++;
            }
            else if (_text[start] == '#')
            {
                TakeComment(start, end);
                mayBeDirective = mayBeDirective && TakeDirective(start, end);
                line++;
            }
            else
            {
                mayBeDirective = false;
                line = ReadInstruction(line, start);
            }
        }
    }

    // "# escape=`" counts before anything else, and only there.
    private bool TakeDirective(int start, int end)
    {
        var text = _text.Substring(start + 1, end - start - 1);
        var sign = text.IndexOf('=');
        if (sign < 0)
            return false;
        var name = text.Substring(0, sign).Trim();
        if (name.Length == 0 || !name.All(c => char.IsLetterOrDigit(c)))
            return false;
        if (string.Equals(name, "escape", StringComparison.OrdinalIgnoreCase) && text.Substring(sign + 1).Trim() is ['\\' or '`'] escape)
            _escape = escape[0];
        return true;
    }

    private int ReadInstruction(int line, int start)
    {
        // The instruction's own lines put together, and where each character of that stands in the text.
        var logical = new StringBuilder();
        var places = new List<int>();
        var next = line;
        for (var isFirst = true; next < _lines.LineCount; isFirst = false)
        {
            var from = isFirst ? start : _lines.LineStart(next);
            var end = _lines.LineEnd(next);
            next++;
            var content = Skip(from, end);
            if (!isFirst && content < end && _text[content] == '#')
            {
                TakeComment(content, end);
                continue;
            }

            if (!isFirst && content == end)
            {
                // Empty lines between lines that go on are left out, as BuildKit still does.
                continue;
            }

            var goesOn = EndsWithEscape(from, end, out var cut);
            for (var i = from; i < cut; i++)
            {
                logical.Append(_text[i]);
                places.Add(i);
            }

            if (!goesOn)
                break;
        }

        var last = places.Count == 0 ? start : places[places.Count - 1] + 1;
        var text = logical.ToString();
        var keywordEnd = 0;
        while (keywordEnd < text.Length && !char.IsWhiteSpace(text[keywordEnd]))
            keywordEnd++;
        if (keywordEnd == 0)
            return next;
        var written = text.Substring(0, keywordEnd);
        var keyword = written.ToUpperInvariant();
        var keywordSpan = new TextSpan(places[0], places[keywordEnd - 1] + 1);
        if (!Keywords.Contains(keyword))
        {
            var nearest = NearestName.Of(keyword, Keywords);
            var hint = nearest is null ? "" : $" Did you mean {nearest}?";
            Report(keywordSpan, $"Unknown instruction '{Short(written)}'.{hint}");
        }

        var reader = new Words(text, places, keywordEnd, _escape);
        var flags = reader.ReadFlags();
        var rest = reader.Rest;
        var (words, isExec) = reader.ReadWords();
        var heres = keyword is "RUN" or "COPY" or "ADD" ? ReadHereDocuments(rest, ref next, ref last, keywordSpan) : [];
        _instructions.Add(new DockerfileInstruction(keyword, keywordSpan, new TextSpan(start, last), flags, words, isExec,
            rest.Trim(), heres));
        return next;
    }

    // The bodies of "<<NAME" follow the instruction's line, in their order.
    private List<string> ReadHereDocuments(string text, ref int next, ref int last, TextSpan place)
    {
        var bodies = new List<string>();
        foreach (var (name, stripsTabs) in HereNames(text))
        {
            var body = new StringBuilder();
            var isClosed = false;
            while (next < _lines.LineCount && !isClosed)
            {
                var line = _lines.LineText(next);
                last = _lines.LineEnd(next);
                next++;
                var content = stripsTabs ? line.TrimStart('\t') : line;
                isClosed = content == name;
                if (!isClosed)
                    body.Append(content).Append('\n');
            }

            if (!isClosed)
                Report(place, $"The here-document '{Short(name)}' is not closed: a line with '{Short(name)}' alone is missing.");
            bodies.Add(body.ToString());
        }

        return bodies;
    }

    private static IEnumerable<(string Name, bool StripsTabs)> HereNames(string text)
    {
        for (var at = text.IndexOf("<<", StringComparison.Ordinal); at >= 0; at = text.IndexOf("<<", at, StringComparison.Ordinal))
        {
            at += 2;
            // Behind a digit it is a file descriptor's, and "<<<" is a here-string.
            if (at < text.Length && text[at] == '<')
            {
                at++;
                continue;
            }

            var strips = at < text.Length && text[at] == '-';
            if (strips)
                at++;
            var quote = at < text.Length && text[at] is '"' or '\'' ? text[at++] : '\0';
            var start = at;
            while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '-' or '.'))
                at++;
            if (at == start || char.IsDigit(text[start]))
                continue;
            var name = text.Substring(start, at - start);
            if (quote == '\0' || (at < text.Length && text[at] == quote))
                yield return (name, strips);
        }
    }

    // Whether a line ends with the escape character, white space behind it not counted.
    private bool EndsWithEscape(int start, int end, out int cut)
    {
        cut = end;
        var at = end;
        while (at > start && _text[at - 1] is ' ' or '\t')
            at--;
        if (at == start || _text[at - 1] != _escape)
            return false;
        cut = at - 1;
        return true;
    }

    private void TakeComment(int start, int end)
    {
        _comments.Add(new Comment(new TextSpan(start, end), _text.Substring(start + 1, end - start - 1).Trim(), true));
    }

    private int Skip(int start, int end)
    {
        while (start < end && _text[start] is ' ' or '\t' or '\uFEFF')
            start++;
        return start;
    }

    private void Report(TextSpan span, string message)
    {
        if (_issues.Count < SyntaxLimits.Issues)
            _issues.Add(new SyntaxIssue(SyntaxIssueKind.Syntax, span, message));
    }

    private static string Short(string text) => text.Length <= 40 ? text : text.Substring(0, 40) + "…";

    /// <summary>Takes an instruction's own text apart.</summary>
    private sealed class Words(string text, List<int> places, int at, char escape)
    {
        private int _at = at;

        public string Rest => text.Substring(_at);

        public List<DockerfileFlag> ReadFlags()
        {
            var flags = new List<DockerfileFlag>();
            while (true)
            {
                SkipSpace();
                if (_at + 2 >= text.Length || text[_at] != '-' || text[_at + 1] != '-' || char.IsWhiteSpace(text[_at + 2]))
                    return flags;
                var word = ReadWord();
                var sign = word.Text.IndexOf('=');
                flags.Add(sign < 0
                    ? new DockerfileFlag(word.Text.Substring(2), "", word.Span)
                    : new DockerfileFlag(word.Text.Substring(2, sign - 2), word.Text.Substring(sign + 1), word.Span));
            }
        }

        public (List<DockerfileWord> Words, bool IsExec) ReadWords()
        {
            SkipSpace();
            var start = _at;
            if (_at < text.Length && text[_at] == '[' && ReadExec() is { } items)
                return (items, true);
            // What looks like the exec form and is no JSON is the shell's.
            _at = start;
            var words = new List<DockerfileWord>();
            SkipSpace();
            while (_at < text.Length)
            {
                words.Add(ReadWord());
                SkipSpace();
            }

            return (words, false);
        }

        private List<DockerfileWord>? ReadExec()
        {
            var json = Json.JsonLanguage.Instance.ParseDocument(text.Substring(_at));
            if (json.Issues.Count > 0 || json.Root is not ListNode list
                || list.Items.Any(i => i is not ScalarNode { Style: NodeStyle.DoubleQuoted }))
                return null;
            var from = _at;
            _at = text.Length;
            return [.. list.Items.Cast<ScalarNode>()
                .Select(i => new DockerfileWord(i.Value, SpanOf(from + i.Span.Start, from + i.Span.End)))];
        }

        private DockerfileWord ReadWord()
        {
            var start = _at;
            var word = new StringBuilder();
            var quote = '\0';
            while (_at < text.Length && (quote != '\0' || !char.IsWhiteSpace(text[_at])))
            {
                var c = text[_at++];
                if (c == escape && quote != '\'' && _at < text.Length)
                    word.Append(text[_at++]);
                else if (quote == '\0' && c is '"' or '\'')
                    quote = c;
                else if (c == quote && quote != '\0')
                    quote = '\0';
                else
                    word.Append(c);
            }

            return new DockerfileWord(word.ToString(), SpanOf(start, _at));
        }

        private void SkipSpace()
        {
            while (_at < text.Length && char.IsWhiteSpace(text[_at]))
                _at++;
        }

        private TextSpan SpanOf(int start, int end) => new(places[start], places[end - 1] + 1);
    }
}
