using Repave.Core.Builds;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Finds the values and templates that a template's text names, in one walk over its letters, so that half-typed text is read
/// as well.</summary>
internal static class HelmUses
{
    private const string Values = "Values";

    /// <summary>The names in a text, each with the step of it that stands there.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">Its file.</param>
    public static List<SourceName> In(string text, string path)
    {
        var found = new List<SourceName>();
        var at = 0;
        while ((at = text.IndexOf("{{", at, StringComparison.Ordinal)) >= 0)
        {
            at += 2;
            var comment = at;
            while (comment < text.Length && text[comment] is '-' or ' ')
                comment++;
            if (string.CompareOrdinal(text, comment, "/*", 0, 2) == 0)
            {
                var close = text.IndexOf("*/", comment, StringComparison.Ordinal);
                at = close < 0 ? text.Length : close + 2;
                continue;
            }

            at = Action(text, at, path, found);
        }

        return found;
    }

    // An action ends with its braces, or where another begins because this one is half typed.
    private static int Action(string text, int at, string path, List<SourceName> found)
    {
        var word = "";
        var isIndex = false;
        while (at < text.Length)
        {
            var c = text[at];
            if (c == '}' && at + 1 < text.Length && text[at + 1] == '}')
                return at + 2;
            if (c == '{' && at + 1 < text.Length && text[at + 1] == '{')
                return at;
            if (c is '"' or '`')
            {
                var end = StringEnd(text, at);
                if (word is "define" or "include" or "template" or "block")
                    found.Add(new SourceName(SourceNameKind.Template, text.Substring(at + 1, Math.Max(0, end - at - 2)), path,
                        new TextSpan(at + 1, Math.Max(at + 1, end - 1)), word is "define" or "block"));
                word = "";
                at = end;
                continue;
            }

            if (IsLetter(c))
            {
                var start = at;
                while (at < text.Length && (IsLetter(text[at]) || char.IsDigit(text[at])))
                    at++;
                var isField = start > 0 && text[start - 1] == '.';
                word = text.Substring(start, at - start);
                if (isField && word == Values)
                    at = Path(text, at, path, isIndex, found);
                if (!isField)
                    isIndex = word is "index" or "get" or "dig" or "hasKey";
                continue;
            }

            if (!char.IsWhiteSpace(c) && c != '(')
                word = "";
            if (c is '|' or ')')
                isIndex = false;
            at++;
        }

        return at;
    }

    // What follows ".Values": fields, or the texts that "index" is given.
    private static int Path(string text, int at, string path, bool isIndex, List<SourceName> found)
    {
        var name = "";
        var last = -1;
        var end = at;
        while (at < text.Length)
        {
            int start, stop;
            if (text[at] == '.' && at + 1 < text.Length && IsLetter(text[at + 1]))
            {
                start = at + 1;
                stop = start;
                while (stop < text.Length && (IsLetter(text[stop]) || char.IsDigit(text[stop])))
                    stop++;
                at = end = stop;
            }
            else if (isIndex && text[at] == ' ')
            {
                at++;
                continue;
            }
            else if (isIndex && text[at] == '"')
            {
                at = end = StringEnd(text, at);
                (start, stop) = (text.LastIndexOf('"', Math.Max(0, at - 2)) + 1, at - 1);
            }
            else
            {
                break;
            }

            name = name.Length == 0 ? text.Substring(start, Math.Max(0, stop - start)) : name + "." + text.Substring(start, Math.Max(0,
                stop - start));
            if (last >= 0)
                found[last] = found[last] with { GoesOn = true };
            last = found.Count;
            found.Add(new SourceName(SourceNameKind.Value, name, path, new TextSpan(start, Math.Max(start, stop)), false));
        }

        // All values at once: whoever is given them may use any.
        if (last < 0)
            found.Add(new SourceName(SourceNameKind.Value, "", path, new TextSpan(end, end), false));
        return end;
    }

    private static int StringEnd(string text, int at)
    {
        var quote = text[at++];
        while (at < text.Length && text[at] != quote && (quote == '`' || text[at] != '\n'))
            at += quote == '"' && text[at] == '\\' ? 2 : 1;
        return Math.Min(text.Length, at + 1);
    }

    private static bool IsLetter(char c) => char.IsLetter(c) || c == '_';
}
