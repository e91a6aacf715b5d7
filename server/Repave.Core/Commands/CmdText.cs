using System.Text;

namespace Repave.Core.Commands;

/// <summary>Commands for <c>cmd.exe</c>, read to find what they start.</summary>
public static class CmdText
{
    /// <summary>The commands of a text, one after the other.</summary>
    public static IReadOnlyList<CommandLine> Read(string text)
    {
        var commands = new List<CommandLine>();
        var words = new List<string>();
        var word = new StringBuilder();
        var (isWord, isQuoted, writes) = (false, false, false);

        void EndWord()
        {
            if (isWord)
                words.Add(word.ToString());
            word.Clear();
            isWord = false;
        }

        void End()
        {
            EndWord();
            Add(commands, words, writes);
            words.Clear();
            writes = false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (isQuoted && c != '"')
            {
                word.Append(c);
            }
            else if (c == '"')
            {
                isQuoted = !isQuoted;
                isWord = true;
            }
            else if (c == '^' && i + 1 < text.Length)
            {
                word.Append(text[++i]);
                isWord = true;
            }
            else if (c is '&' or '|' or '\n' or '(' or ')')
            {
                End();
            }
            else if (c is '>' or '<')
            {
                // The number before it says what is sent; behind it stands where.
                if (isWord && word.Length == 1 && char.IsDigit(word[0]))
                    word.Clear();
                else
                    EndWord();
                isWord = false;
                var (start, isOutput) = (i, c == '>');
                while (i + 1 < text.Length && text[i + 1] is '>' or '&' or ' ')
                    i++;
                var place = i + 1;
                while (i + 1 < text.Length && !char.IsWhiteSpace(text[i + 1]) && text[i + 1] is not ('&' or '|'))
                    i++;
                var target = text.Substring(place, i + 1 - place);
                writes |= isOutput && !target.Equals("nul", StringComparison.OrdinalIgnoreCase)
                    && text.IndexOf('&', start, place - start) < 0;
            }
            else if (c == '%' && text.IndexOf('%', i + 1) is > 0 and var close && text.IndexOf(' ', i, close - i) < 0)
            {
                word.Append(CommandLine.Unknown);
                isWord = true;
                i = close;
            }
            else if (char.IsWhiteSpace(c))
            {
                EndWord();
            }
            else if (c != '@' || words.Count > 0 || isWord)
            {
                word.Append(c);
                isWord = true;
            }
        }

        End();
        return commands;
    }

    private static void Add(List<CommandLine> commands, List<string> words, bool writes)
    {
        var at = 0;
        while (at < words.Count)
        {
            switch (words[at].ToLowerInvariant())
            {
                case "call" or "do" or "else":
                    at++;
                    continue;
                case "start":
                    at++;
                    while (at < words.Count && (words[at].StartsWith("/", StringComparison.Ordinal) || words[at].Length == 0))
                        at++;
                    continue;
                case "if":
                    at += words.Count > at + 1 && words[at + 1].Equals("not", StringComparison.OrdinalIgnoreCase) ? 2 : 1;
                    at += words.Count > at && words[at].ToLowerInvariant() is "exist" or "defined" or "errorlevel" ? 2 : 1;
                    continue;
            }

            break;
        }

        if (at < words.Count)
            commands.Add(new CommandLine(words[at], [.. words.Skip(at + 1)]) { WritesFile = writes });
    }
}
