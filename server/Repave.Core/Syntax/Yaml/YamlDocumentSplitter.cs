using Repave.Core.Text;

namespace Repave.Core.Syntax.Yaml;

/// <summary>Finds the documents of a text without reading them. A line that begins with <c>---</c> or <c>...</c> ends a document
/// wherever it stands: YAML allows these at the start of a line in no scalar.</summary>
internal static class YamlDocumentSplitter
{
    public static List<TextSpan> Split(string text)
    {
        var spans = new List<TextSpan>();
        var start = text.Length > 0 && text[0] == '\uFEFF' ? 1 : 0;
        var isOpen = false; // whether the part since start holds a "---" line or content
        var line = start;
        while (line < text.Length)
        {
            var next = text.IndexOf('\n', line);
            next = next < 0 ? text.Length : next + 1;
            if (IsMarker(text, line, '-'))
            {
                if (isOpen)
                {
                    spans.Add(new TextSpan(start, line));
                    start = line;
                }

                isOpen = true;
            }
            else if (IsMarker(text, line, '.'))
            {
                if (isOpen)
                    spans.Add(new TextSpan(start, next));
                start = next;
                isOpen = false;
            }
            else if (!isOpen && IsContent(text, line, next))
            {
                isOpen = true;
            }

            line = next;
        }

        if (isOpen)
            spans.Add(new TextSpan(start, text.Length));
        spans.RemoveAll(span => !HasContent(text, span));
        return spans;
    }

    private static bool IsMarker(string text, int at, char mark) =>
        at + 2 < text.Length && text[at] == mark && text[at + 1] == mark && text[at + 2] == mark
        && (at + 3 == text.Length || text[at + 3] is ' ' or '\t' or '\r' or '\n');

    // Comments, directives and blank lines before a "---" belong to the document that it opens.
    private static bool IsContent(string text, int start, int end)
    {
        if (start < end && text[start] == '%')
            return false;
        for (var i = start; i < end; i++)
        {
            if (text[i] is not (' ' or '\t' or '\r' or '\n'))
                return text[i] != '#';
        }

        return false;
    }

    private static bool HasContent(string text, TextSpan span)
    {
        var line = span.Start;
        while (line < span.End)
        {
            var next = text.IndexOf('\n', line, span.End - line);
            next = next < 0 ? span.End : next + 1;
            if (IsMarker(text, line, '-') ? IsContent(text, line + 3, next) : IsContent(text, line, next))
                return true;
            line = next;
        }

        return false;
    }
}
