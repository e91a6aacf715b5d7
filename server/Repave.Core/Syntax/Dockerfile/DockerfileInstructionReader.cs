using System.Text;
using Repave.Core.Shapes;
using Repave.Core.Text;

namespace Repave.Core.Syntax.Dockerfile;

/// <summary>Takes one instruction apart, each kind in the way that BuildKit does, and says what BuildKit refuses of it.</summary>
internal sealed class DockerfileInstructionReader
{
    private const int MaxDepth = 4;

    private readonly DockerfileLine _line;
    private readonly Action<TextSpan, string> _report;
    private readonly string _text;
    private readonly int _depth;
    private readonly int _end;

    private DockerfileInstructionReader(DockerfileLine line, Action<TextSpan, string> report, int depth)
    {
        (_line, _report, _text, _depth) = (line, report, line.Text, depth);
        _end = TrimEnd(0, _text.Length);
    }

    public static DockerfileInstruction Read(DockerfileLine line, Action<TextSpan, string> report) =>
        new DockerfileInstructionReader(line, report, 0).Read();

    private DockerfileInstruction Read()
    {
        var start = SkipSpace(0);
        var at = start;
        while (at < _end && !IsBlank(_text[at]))
            at++;
        var written = _text.Substring(start, at - start);
        var keyword = written.ToUpperInvariant();
        var keywordSpan = _line.Span(start, Math.Max(at, start));
        var span = new TextSpan(keywordSpan.Start, _line.Span(Math.Max(start, _end - 1), Math.Max(start + 1, _end)).End);
        var kind = DockerfileKeywords.Of(keyword);
        if (kind is null && _depth == 0)
        {
            var hint = NearestName.Of(keyword, DockerfileKeywords.All) is { } nearest ? $" Did you mean {nearest}?" : "";
            _report(keywordSpan, $"Unknown instruction '{DockerfileParser.Short(written)}'.{hint}");
        }

        var flags = ReadFlags(ref at);
        at = SkipSpace(at);
        var rest = at < _end ? _text.Substring(at, _end - at) : "";
        var instruction = new DockerfileInstruction(keyword, keywordSpan, span, flags, [], false, rest, []) { Written = written };
        instruction = ReadWords(instruction, at);
        if (kind is not null && _depth == 0)
            DockerfileInstructionCheck.Check(instruction, kind, _line.Escape, _report);
        return instruction;
    }

    private DockerfileInstruction ReadWords(DockerfileInstruction instruction, int at)
    {
        switch (instruction.Keyword)
        {
            case "FROM" or "EXPOSE":
                return instruction with { Words = Blanks(at) };
            case "ADD" or "COPY" or "VOLUME":
                return Exec(at, out var sources) ? instruction with { Words = sources, IsExec = true }
                    : instruction with { Words = Blanks(at) };
            case "MAINTAINER" or "STOPSIGNAL" or "USER" or "WORKDIR":
                return instruction with { Words = at < _end ? [_line.Word(at, _end)] : [] };
            case "ARG":
                return instruction with { Words = Quoted(at) };
            case "ENV" or "LABEL":
                return ReadPairs(instruction, at);
            case "ONBUILD" when at < _end && _depth < MaxDepth:
                var trigger = new DockerfileInstructionReader(_line.From(at), _report, _depth + 1).Read();
                return instruction with { Words = Quoted(at), Trigger = trigger };
            case "HEALTHCHECK":
                var end = at;
                while (end < _end && !char.IsWhiteSpace(_text[end]))
                    end++;
                if (end == at)
                    return instruction;
                var kind = _line.Word(at, end);
                return Exec(SkipSpace(end), out var check) ? instruction with { Words = [kind, .. check], IsExec = true }
                    : instruction with { Words = [kind, .. Quoted(end)] };
            default:
                return instruction.Keyword is "RUN" or "CMD" or "ENTRYPOINT" or "SHELL" && Exec(at, out var items)
                    ? instruction with { Words = items, IsExec = true }
                    : instruction with { Words = Quoted(at) };
        }
    }

    // "NAME=value …", or as it once was "NAME value" with one value to the line's end.
    private DockerfileInstruction ReadPairs(DockerfileInstruction instruction, int at)
    {
        var words = Quoted(at);
        if (words.Count == 0)
            return instruction;
        if (words[0].Raw.IndexOf('=') < 0)
        {
            var end = at;
            while (end < _end && !IsBlank(_text[end]))
                end++;
            var value = SkipSpace(end);
            if (value >= _end)
            {
                _report(words[0].Span, $"{instruction.Keyword} needs a value behind this name: write {words[0].Text}=value.");
                return instruction with { Words = words };
            }

            return instruction with { Words = [_line.Word(at, end), _line.Word(value, _end)], IsLegacyPair = true };
        }

        foreach (var word in words)
        {
            var sign = word.Raw.IndexOf('=');
            if (sign < 0)
                _report(word.Span, $"A sign of equality is missing in '{DockerfileParser.Short(word.Text)}': write name=value.");
            else if (sign == 0)
                _report(word.Span, "A name is missing before the sign of equality.");
        }

        return instruction with { Words = words };
    }

    // Flags are words that begin with two dashes, whatever the instruction, up to the first other one or a "--" alone.
    private List<DockerfileFlag> ReadFlags(ref int at)
    {
        var flags = new List<DockerfileFlag>();
        while (true)
        {
            var start = SkipSpace(at);
            if (start + 1 >= _end || _text[start] != '-' || _text[start + 1] != '-')
                return flags;
            var word = new StringBuilder();
            var end = start;
            var quote = '\0';
            for (; end < _end && (quote != '\0' || !char.IsWhiteSpace(_text[end])); end++)
            {
                var c = _text[end];
                if (quote != '\0' ? c == quote : c is '"' or '\'')
                    quote = quote == '\0' ? c : '\0';
                else if (c != _line.Escape)
                    word.Append(c);
                else if (++end < _end)
                    word.Append(_text[end]);
            }

            end = Math.Min(end, _end);
            at = end;
            var text = word.ToString();
            if (text == "--")
                return flags;
            var sign = text.IndexOf('=');
            var written = _text.IndexOf('=', start, end - start);
            flags.Add(new DockerfileFlag(
                text.Substring(Math.Min(2, text.Length), Math.Max(0, (sign < 0 ? text.Length : sign) - 2)), sign < 0 ? ""
                    : text.Substring(sign + 1), _line.Span(start, end))
            {
                Word = sign < 0 || written < 0 ? null : _line.Word(written + 1, end) with { Text = text.Substring(sign + 1) },
            });
        }
    }

    // Words between white space, quotes being nothing special.
    private List<DockerfileWord> Blanks(int at)
    {
        var words = new List<DockerfileWord>();
        while (true)
        {
            while (at < _end && IsBlank(_text[at]))
                at++;
            if (at >= _end)
                return words;
            var start = at;
            while (at < _end && !IsBlank(_text[at]))
                at++;
            words.Add(_line.Word(start, at));
        }
    }

    // Words between white space that may have white space in quotes.
    private List<DockerfileWord> Quoted(int at)
    {
        var words = new List<DockerfileWord>();
        while ((at = SkipSpace(at)) < _end)
        {
            var start = at;
            var quote = '\0';
            for (; at < _end && (quote != '\0' || !char.IsWhiteSpace(_text[at])); at++)
            {
                var c = _text[at];
                if (c == _line.Escape && quote != '\'')
                    at++;
                else if (quote == '\0' && c is '"' or '\'')
                    quote = c;
                else if (c == quote)
                    quote = '\0';
            }

            at = Math.Min(at, _end);
            words.Add(_line.Word(start, at));
        }

        return words;
    }

    // The exec form is JSON, or else it is a shell's text.
    private bool Exec(int at, out List<DockerfileWord> items)
    {
        items = [];
        if (at >= _end || _text[at] != '[')
            return false;
        var json = Json.JsonLanguage.Instance.ParseDocument(_text.Substring(at, _end - at));
        if (json.Issues.Count > 0 || json.Root is not ListNode list)
            return false;
        foreach (var item in list.Items)
        {
            var span = _line.Span(at + item.Span.Start, at + item.Span.End);
            if (item is ScalarNode { Style: NodeStyle.DoubleQuoted } text)
                items.Add(new DockerfileWord(text.Value, span));
            else
                _report(span, "The exec form holds texts in double quotes only.");
        }

        return true;
    }

    private int TrimEnd(int start, int end)
    {
        while (end > start && char.IsWhiteSpace(_text[end - 1]))
            end--;
        return end;
    }

    private int SkipSpace(int at)
    {
        while (at < _end && char.IsWhiteSpace(_text[at]))
            at++;
        return at;
    }

    // What BuildKit splits at, which is not all that is white space.
    private static bool IsBlank(char c) => c is '\t' or '\v' or '\f' or '\r' or ' ';
}
