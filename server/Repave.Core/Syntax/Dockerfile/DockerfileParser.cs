using System.Text;
using Repave.Core.Text;

namespace Repave.Core.Syntax.Dockerfile;

/// <summary>Reads Dockerfiles as BuildKit's parser does: lines into logical lines, these into instructions. A line that makes no sense is
/// an issue, and the next one is read all the same.</summary>
internal sealed class DockerfileParser
{
    // What BuildKit's scanner takes of a line, its end included.
    private const int LongestLine = 65_535;

    /// <summary>The words that comments at the beginning of a file can say to the parser.</summary>
    internal static readonly string[] Directives = ["syntax", "escape", "check"];

    private readonly string _text;
    private readonly List<SyntaxIssue> _issues = [];
    private readonly List<DockerfileInstruction> _instructions = [];
    private readonly List<Comment> _comments = [];
    private readonly List<Comment> _above = [];
    private readonly List<DockerfileDirective> _directives = [];
    private int _at;
    private char _escape = '\\';

    private DockerfileParser(string text) => _text = text;

    public static DockerfileDocument Parse(string text)
    {
        var parser = new DockerfileParser(text);
        parser.Read();
        DockerfileStages.Check(parser._instructions, parser.Report);
        parser._issues.Sort((a, b) => a.Span.Start.CompareTo(b.Span.Start));
        if (parser._issues.Count > SyntaxLimits.Issues)
            parser._issues.RemoveRange(SyntaxLimits.Issues, parser._issues.Count - SyntaxLimits.Issues);
        return new DockerfileDocument(
            text, parser._issues, parser._instructions, parser._comments, parser._directives, parser._escape);
    }

    private void Read()
    {
        if (_text.Length > 0 && _text[0] == '\uFEFF')
            _at = 1;
        var mayBeDirective = true;
        while (NextLine(out var start, out var end))
        {
            start = SkipSpace(start, end);
            if (start == end)
            {
                mayBeDirective = false;
            }
            else if (_text[start] == '#')
            {
                var comment = TakeComment(start, end);
                mayBeDirective = mayBeDirective && TakeDirective(start, end);
                if (mayBeDirective)
                    continue;
                if (comment.Text.Length == 0)
                    _above.Clear();
                else
                    _above.Add(comment);
            }
            else
            {
                mayBeDirective = false;
                ReadInstruction(start, end);
                _above.Clear();
            }
        }
    }

    // The next line, without what ends it.
    private bool NextLine(out int start, out int end)
    {
        start = end = _at;
        if (_at >= _text.Length)
            return false;
        var stop = _text.IndexOf('\n', _at);
        var next = stop < 0 ? _text.Length : stop + 1;
        end = next;
        while (end > start && _text[end - 1] is '\r' or '\n')
            end--;
        _at = next;
        if (next - start > LongestLine / 4 && Encoding.UTF8.GetByteCount(_text.Substring(start, next - start)) > LongestLine)
            Report(new TextSpan(start, start + 1), $"This line is longer than {LongestLine} bytes, which no build takes.");
        return true;
    }

    // "# escape=`" counts before anything else, and only there.
    private bool TakeDirective(int start, int end)
    {
        var name = SkipSpace(start + 1, end);
        var at = name;
        while (at < end && _text[at] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9'))
            at++;
        var nameEnd = at;
        at = SkipSpace(at, end);
        if (nameEnd == name || _text[name] is >= '0' and <= '9' || at == end || _text[at] != '=')
            return false;
        var valueStart = SkipSpace(at + 1, end);
        var valueEnd = end;
        while (valueEnd > valueStart && char.IsWhiteSpace(_text[valueEnd - 1]))
            valueEnd--;
        var key = _text.Substring(name, nameEnd - name).ToLowerInvariant();
        if (valueStart >= valueEnd || Array.IndexOf(Directives, key) < 0)
            return false;
        var span = new TextSpan(valueStart, valueEnd);
        var value = _text.Substring(valueStart, valueEnd - valueStart);
        if (_directives.Exists(d => d.Name == key))
            Report(new TextSpan(name, nameEnd), $"The directive '{key}' stands here twice.");
        else if (key != "escape")
            _directives.Add(new DockerfileDirective(key, new DockerfileWord(value, span)));
        else if (value is "\\" or "`")
            (_escape, _) = (value[0], Add(key, value, span));
        else
            Report(span, "The escape character can be a backslash or a backtick.");
        return true;
    }

    private bool Add(string key, string value, TextSpan span)
    {
        _directives.Add(new DockerfileDirective(key, new DockerfileWord(value, span)));
        return true;
    }

    private void ReadInstruction(int start, int end)
    {
        // The instruction's own lines put together, and where each character of that stands in the text.
        var logical = new StringBuilder();
        var places = new List<int>();
        TextSpan? empty = null;
        var goesOn = EndsWithEscape(start, end, out var cut);
        Take(start, cut);
        while (goesOn && NextLine(out var from, out var to))
        {
            var content = SkipSpace(from, to);
            if (content < to && _text[content] == '#')
            {
                TakeComment(content, to);
            }
            else if (content == to)
            {
                // Empty lines between lines that go on are left out, as BuildKit still does.
                empty ??= new TextSpan(from, Math.Max(to, Math.Min(from + 1, _text.Length)));
            }
            else
            {
                goesOn = EndsWithEscape(from, to, out cut);
                Take(from, cut);
            }
        }

        if (places.Count == 0)
        {
            Report(new TextSpan(start, Math.Max(end, start + 1)), "Nothing stands here that could go on.");
            return;
        }

        var line = new DockerfileLine(logical.ToString(), places, _escape);
        var instruction = DockerfileInstructionReader.Read(line, Report);
        instruction = instruction with
        {
            EmptyLine = empty,
            Comments = [.. _above],
            Span = new TextSpan(start, instruction.Span.End),
        };
        if (DockerfileHeres.MayHave(instruction))
            instruction = ReadHereDocuments(instruction, line.Text);
        _instructions.Add(instruction);

        void Take(int at, int stop)
        {
            logical.Append(_text, at, stop - at);
            for (; at < stop; at++)
                places.Add(at);
        }
    }

    // The bodies of "<<NAME" follow the instruction's line, in their order.
    private DockerfileInstruction ReadHereDocuments(DockerfileInstruction instruction, string line)
    {
        var found = new List<DockerfileHere>();
        foreach (var here in DockerfileHeres.In(line))
        {
            var bodyStart = _at;
            var bodyEnd = _at;
            var isClosed = false;
            while (!isClosed && NextLine(out var start, out var end))
            {
                var content = start;
                while (here.StripsTabs && content < end && _text[content] == '\t')
                    content++;
                isClosed = end - content == here.Name.Length && string.CompareOrdinal(_text, content, here.Name, 0, here.Name.Length) == 0;
                if (!isClosed)
                    bodyEnd = _at;
            }

            if (!isClosed)
                Report(instruction.KeywordSpan,
                    $"The here-document '{Short(here.Name)}' is not closed: a line with '{Short(here.Name)}' alone is missing.");
            found.Add(here with { Text = _text.Substring(bodyStart, bodyEnd - bodyStart), Span = new TextSpan(bodyStart, bodyEnd) });
        }

        if (found.Count == 0)
            return instruction;
        var last = _at;
        while (last > instruction.Span.End && _text[last - 1] is '\r' or '\n')
            last--;
        instruction = instruction with { HereDocuments = found, Span = new TextSpan(instruction.Span.Start, last) };
        return instruction.Trigger is { } trigger ? instruction with { Trigger = trigger with { HereDocuments = found } } : instruction;
    }

    // Whether a line ends with the escape character, white space behind it not counted; one that is escaped itself does not count.
    private bool EndsWithEscape(int start, int end, out int cut)
    {
        cut = end;
        var at = end;
        while (at > start && _text[at - 1] is ' ' or '\t')
            at--;
        if (at == start || _text[at - 1] != _escape || (at - 1 > start && _text[at - 2] == _escape))
            return false;
        cut = at - 1;
        return true;
    }

    private Comment TakeComment(int start, int end)
    {
        var comment = new Comment(new TextSpan(start, end), _text.Substring(start + 1, end - start - 1).Trim(), true);
        _comments.Add(comment);
        return comment;
    }

    private int SkipSpace(int start, int end)
    {
        while (start < end && char.IsWhiteSpace(_text[start]))
            start++;
        return start;
    }

    private void Report(TextSpan span, string message)
    {
        if (_issues.Count < SyntaxLimits.Issues * 4)
            _issues.Add(new SyntaxIssue(SyntaxIssueKind.Syntax, span, message));
    }

    internal static string Short(string text) => text.Length <= 40 ? text : text.Substring(0, 40) + "…";
}
