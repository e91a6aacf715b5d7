using System.Text;
using Repave.Core.Text;

namespace Repave.Core.Syntax.Dockerfile;

/// <summary>Finds here-documents in an instruction's line, as BuildKit does: words that are one, wherever they stand.</summary>
internal static class DockerfileHeres
{
    /// <summary>Whether an instruction can have here-documents.</summary>
    public static bool MayHave(DockerfileInstruction instruction)
    {
        var one = instruction.Trigger ?? instruction;
        return one.Keyword is "RUN" or "COPY" or "ADD" && !one.IsExec;
    }

    /// <summary>The here-documents that a line begins, without their texts.</summary>
    public static IReadOnlyList<DockerfileHere> In(string line)
    {
        if (line.IndexOf("<<", StringComparison.Ordinal) < 0)
            return [];
        var found = new List<DockerfileHere>();
        foreach (var word in Words(line))
        {
            if (Of(word) is { } here)
                found.Add(here);
        }

        return found;
    }

    /// <summary>A word as a here-document; null if it is none.</summary>
    public static DockerfileHere? Of(string word)
    {
        var at = 0;
        while (at < word.Length && word[at] is >= '0' and <= '9')
            at++;
        if (string.CompareOrdinal(word, at, "<<", 0, 2) != 0)
            return null;
        at += 2;
        var strips = at < word.Length && word[at] == '-';
        if (strips)
            at++;
        while (at < word.Length && char.IsWhiteSpace(word[at]))
            at++;
        var rest = word.Substring(at);
        if (rest.Length == 0 || rest.IndexOf('<') >= 0)
            return null;
        var name = DockerfileExpansion.Unquoted(rest, '\\');
        if (name.Length == 0 || Words(rest).Count != 1)
            return null;
        var isQuoted = Quotes(rest) != Quotes(name);
        return new DockerfileHere(name, "", default, !isQuoted, strips);
    }

    private static int Quotes(string text) => text.Count(c => c is '"' or '\'');

    // Words with their quotes; white space behind "<<" belongs to the word. What is not closed has no words, as in BuildKit.
    private static IReadOnlyList<string> Words(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            switch (c)
            {
                case '\'' or '"':
                    var close = Close(line, i);
                    if (close < 0)
                        return [];
                    word.Append(line, i, close - i + 1);
                    i = close;
                    break;
                case '\\':
                    word.Append(c);
                    if (i + 1 < line.Length)
                        word.Append(line[++i]);
                    break;
                case '<' when i + 1 < line.Length && line[i + 1] == '<':
                    word.Append("<<");
                    i++;
                    while (i + 1 < line.Length && line[i + 1] is ' ' or '\t' or '\r')
                        word.Append(line[++i]);
                    break;
                case '$' when i + 1 < line.Length && line[i + 1] == '{':
                    var end = DockerfileExpansion.EndOfBraces(line, i, '\\');
                    if (end < 0)
                        return [];
                    word.Append(line, i, end - i);
                    i = end - 1;
                    break;
                default:
                    if (!char.IsWhiteSpace(c))
                    {
                        word.Append(c);
                    }
                    else if (word.Length > 0)
                    {
                        words.Add(word.ToString());
                        word.Clear();
                    }

                    break;
            }
        }

        if (word.Length > 0)
            words.Add(word.ToString());
        return words;
    }

    private static int Close(string line, int open)
    {
        for (var i = open + 1; i < line.Length; i++)
        {
            if (line[i] == line[open])
                return i;
            if (line[i] == '\\' && line[open] == '"')
                i++;
        }

        return -1;
    }
}
