using Repave.Core.Text;

namespace Repave.Core.Syntax.Hcl;

/// <summary>Finds where each block and argument of the top level ends, without reading them. A block that is not closed takes no other with
/// it: where the end of the text leaves one open, the next line that begins a block of the top level ends it.</summary>
internal static class HclSplitter
{
    // With as many labels as they have nowhere else, so that blocks within others are not taken for them.
    private static readonly string[] TopLevel =
    [
        "resource ", "data ", "module ", "variable ", "output ", "provider ", "locals ", "terraform ", "moved ", "import ", "removed ",
        "check ", "ephemeral ", "run ", "resource\"", "data\"", "module\"", "variable\"", "output\"", "locals{", "terraform{",
    ];

    public static IReadOnlyList<TextSpan> Split(string text)
    {
        var spans = new List<TextSpan>();
        var open = Scan(text, 0, recovers: false, spans);
        // One broken block makes the rest of the file careful, so that a text is gone through twice at most.
        if (open >= 0)
            Scan(text, open, recovers: true, spans);
        return spans;
    }

    // Adds what is closed, and gives where what is not begins; -1 if all is.
    private static int Scan(string text, int from, bool recovers, List<TextSpan> spans)
    {
        var start = from;
        var at = from == 0 && text.Length > 0 && text[0] == '\uFEFF' ? 1 : from;
        var depth = 0;
        var hasContent = false;
        var resumes = new Stack<(string? Marker, int Braces, int Depth)>();
        var braces = 0;
        var returnsAt = -1;
        while (at < text.Length)
        {
            var c = text[at];
            switch (c)
            {
                case ' ' or '\t' or '\r':
                    at++;
                    break;
                case '\n':
                    at++;
                    if (resumes.Count == 0 && depth == 0 && hasContent)
                    {
                        spans.Add(new TextSpan(start, at));
                        start = at;
                        hasContent = false;
                    }
                    else if (recovers && hasContent && BeginsBlock(text, at))
                    {
                        Cut();
                    }

                    break;
                case '#':
                    at = LineEnd(text, at);
                    break;
                case '/' when At(text, at + 1) == '/':
                    at = LineEnd(text, at);
                    break;
                case '/' when At(text, at + 1) == '*':
                    var close = text.IndexOf("*/", at + 2, StringComparison.Ordinal);
                    at = close < 0 ? text.Length : close + 2;
                    break;
                case '"':
                    hasContent = true;
                    at++;
                    Quoted();
                    break;
                case '<' when At(text, at + 1) == '<' && Marker(text, at) is var (marker, next) && marker is not null:
                    hasContent = true;
                    at = next;
                    Heredoc(marker, true);
                    break;
                case '{':
                    braces++;
                    depth++;
                    hasContent = true;
                    at++;
                    break;
                case '(' or '[':
                    depth++;
                    hasContent = true;
                    at++;
                    break;
                case ')' or ']':
                    depth = Math.Max(0, depth - 1);
                    hasContent = true;
                    at++;
                    break;
                case '}':
                    hasContent = true;
                    at++;
                    if (returnsAt >= 0 && returnsAt == braces)
                    {
                        var resume = resumes.Pop();
                        (returnsAt, depth) = (resume.Braces, resume.Depth);
                        braces--;
                        if (resume.Marker is null)
                            Quoted();
                        else
                            Heredoc(resume.Marker, false);
                        break;
                    }

                    braces = Math.Max(0, braces - 1);
                    depth = Math.Max(0, depth - 1);
                    break;
                default:
                    hasContent = true;
                    at++;
                    break;
            }
        }

        if (!recovers && hasContent && (depth > 0 || resumes.Count > 0))
            return start;
        if (start < text.Length)
            spans.Add(new TextSpan(start, text.Length));
        return -1;

        void Cut()
        {
            spans.Add(new TextSpan(start, at));
            start = at;
            hasContent = false;
            depth = 0;
            braces = 0;
            returnsAt = -1;
            resumes.Clear();
        }

        void Enter(string? marker)
        {
            at += 2;
            braces++;
            resumes.Push((marker, returnsAt, depth));
            returnsAt = braces;
        }

        // A text in quotes ends with its line, closed or not.
        void Quoted()
        {
            while (at < text.Length)
            {
                var c = text[at];
                if (c == '"')
                {
                    at++;
                    return;
                }

                if (c is '\n' or '\r')
                    return;
                if (c == '\\' && at + 1 < text.Length && text[at + 1] is not ('\n' or '\r'))
                {
                    at += 2;
                }
                else if (c is '$' or '%')
                {
                    if (At(text, at + 1) == '{')
                    {
                        Enter(null);
                        return;
                    }

                    at += At(text, at + 1) == c && At(text, at + 2) == '{' ? 3 : 1;
                }
                else
                {
                    at++;
                }
            }
        }

        void Heredoc(string marker, bool atLineStart)
        {
            while (at < text.Length)
            {
                if (atLineStart && recovers && BeginsBlock(text, at))
                {
                    Cut();
                    return;
                }

                if (atLineStart && EndOf(text, at, marker) is var end and >= 0)
                {
                    at = end;
                    return;
                }

                atLineStart = false;
                while (at < text.Length && text[at] is not ('\n' or '$' or '%'))
                    at++;
                if (at == text.Length)
                    break;
                var c = text[at];
                if (c == '\n')
                {
                    at++;
                    atLineStart = true;
                }
                else if (At(text, at + 1) == '{')
                {
                    Enter(marker);
                    return;
                }
                else
                {
                    at += At(text, at + 1) == c && At(text, at + 2) == '{' ? 3 : 1;
                }
            }

            depth++;
        }
    }

    private static int LineEnd(string text, int at)
    {
        var end = text.IndexOf('\n', at);
        return end < 0 ? text.Length : end;
    }

    private static (string? Marker, int Next) Marker(string text, int at)
    {
        var start = At(text, at + 2) == '-' ? at + 3 : at + 2;
        var end = HclCharacters.NameEnd(text, start);
        var next = At(text, end) == '\r' ? end + 1 : end;
        return end == start || At(text, next) != '\n' ? (null, at) : (text.Substring(start, end - start), next + 1);
    }

    // The end of the line that begins at an offset, if it is the marker alone and another line follows; -1 if not.
    private static int EndOf(string text, int at, string marker)
    {
        while (at < text.Length && text[at] is not '\n' && char.IsWhiteSpace(text[at]))
            at++;
        if (string.CompareOrdinal(text, at, marker, 0, marker.Length) != 0)
            return -1;
        at += marker.Length;
        while (at < text.Length && text[at] is not '\n' && char.IsWhiteSpace(text[at]))
            at++;
        return At(text, at) == '\n' ? at : -1;
    }

    private static bool BeginsBlock(string text, int at)
    {
        foreach (var word in TopLevel)
        {
            if (string.CompareOrdinal(text, at, word, 0, word.Length) != 0)
                continue;
            // An argument of that name is followed by an equals sign.
            var end = LineEnd(text, at);
            var brace = text.IndexOf('{', at, end - at);
            var equals = text.IndexOf('=', at, end - at);
            return brace >= 0 && (equals < 0 || brace < equals);
        }

        return false;
    }

    private static char At(string text, int at) => at < text.Length ? text[at] : '\0';
}
