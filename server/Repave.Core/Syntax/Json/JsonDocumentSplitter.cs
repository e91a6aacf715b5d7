using Repave.Core.Text;

namespace Repave.Core.Syntax.Json;

/// <summary>Finds the values of a text without reading them: a new one begins where a bracket opens behind a value that
/// has closed.</summary>
internal static class JsonDocumentSplitter
{
    public static List<TextSpan> Split(string text)
    {
        var spans = new List<TextSpan>();
        var start = text.Length > 0 && text[0] == '\uFEFF' ? 1 : 0;
        var (depth, hasContent, isClosed) = (0, false, false);
        for (var i = start; i < text.Length; i++)
        {
            switch (text[i])
            {
                case ' ' or '\t' or '\r' or '\n':
                    continue;
                case '"':
                    i = EndOfText(text, i);
                    break;
                case '{' or '[':
                    if (depth == 0 && isClosed)
                    {
                        spans.Add(new TextSpan(start, i));
                        (start, isClosed) = (i, false);
                    }

                    depth++;
                    break;
                case '}' or ']' when depth > 0:
                    depth--;
                    isClosed = depth == 0;
                    break;
                default:
                    // Something behind a value that is no value: an error there, and nothing to split at.
                    isClosed = false;
                    break;
            }

            hasContent = true;
        }

        if (hasContent)
            spans.Add(new TextSpan(start, text.Length));
        return spans;
    }

    // A text ends at its quote, or where its line does.
    private static int EndOfText(string text, int start)
    {
        var i = start + 1;
        while (i < text.Length && text[i] is not ('"' or '\n' or '\r'))
            i += text[i] == '\\' ? 2 : 1;
        return Math.Min(i, text.Length - 1);
    }
}
