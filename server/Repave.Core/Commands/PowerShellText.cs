using System.Text;

namespace Repave.Core.Commands;

/// <summary>Commands for PowerShell, read to find what they start. A script block is one word, with its braces.</summary>
public static class PowerShellText
{
    private const int MaxDepth = 6;

    /// <summary>The commands of a text, one after the other; those in brackets and script blocks of control flow are among them.</summary>
    public static IReadOnlyList<CommandLine> Read(string text)
    {
        var commands = new List<CommandLine>();
        Read(text, commands, 0);
        return commands;
    }

    private static void Read(string text, List<CommandLine> commands, int depth)
    {
        if (depth > MaxDepth)
            return;
        var words = new List<string>();
        var word = new StringBuilder();
        var (isWord, writes) = (false, false);

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
            Add(commands, words, writes, depth);
            words.Clear();
            writes = false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            switch (c)
            {
                case '#' when !isWord:
                    i = text.IndexOf('\n', i) is >= 0 and var line ? line - 1 : text.Length;
                    break;
                case '`' when i + 1 < text.Length:
                    // Before the end of a line it goes on with the next.
                    if (text[i + 1] is '\n' or '\r')
                        i += text[i + 1] == '\r' && i + 2 < text.Length ? 2 : 1;
                    else
                        word.Append(text[++i]);
                    break;
                case '\'' or '"':
                    i = Quoted(text, i, word);
                    isWord = true;
                    break;
                case '$' when i + 1 < text.Length && text[i + 1] == '(':
                case '(' or '@' when c == '(' || (i + 1 < text.Length && text[i + 1] == '('):
                    var open = text.IndexOf('(', i);
                    var end = EndOf(text, open, '(', ')');
                    Read(text.Substring(open + 1, Math.Max(0, end - open - 1)), commands, depth + 1);
                    word.Append(CommandLine.Unknown);
                    isWord = true;
                    i = end;
                    break;
                case '{':
                    var close = EndOf(text, i, '{', '}');
                    EndWord();
                    words.Add(text.Substring(i, Math.Min(text.Length, close + 1) - i));
                    i = close;
                    break;
                case '$':
                    i = Variable(text, i, word, keepsName: words.Count == 0 && !isWord);
                    isWord = true;
                    break;
                case ';' or '\n' or '|' or '}' or ')':
                    End();
                    break;
                case '&' when i + 1 < text.Length && text[i + 1] == '&':
                    End();
                    i++;
                    break;
                case '&' when words.Count == 0 && !isWord:
                    break;
                case ',':
                    EndWord();
                    words.Add(",");
                    break;
                case '>':
                    word.Clear();
                    isWord = false;
                    while (i + 1 < text.Length && text[i + 1] is '>' or '&' or ' ')
                        i++;
                    var place = i + 1;
                    while (i + 1 < text.Length && !char.IsWhiteSpace(text[i + 1]) && text[i + 1] != ';')
                        i++;
                    writes |= !text.Substring(place, i + 1 - place).Equals("$null", StringComparison.OrdinalIgnoreCase);
                    break;
                default:
                    if (char.IsWhiteSpace(c))
                    {
                        EndWord();
                    }
                    else
                    {
                        word.Append(c);
                        isWord = true;
                    }

                    break;
            }
        }

        End();
    }

    private static void Add(List<CommandLine> commands, List<string> words, bool writes, int depth)
    {
        // $answer = kubectl …
        var at = words.Count > 1 && words[0].Length > 0 && words[0][0] == '$' && words[1] == "=" ? 2 : 0;
        if (at >= words.Count)
            return;
        if (words[at].ToLowerInvariant() is "if" or "else" or "elseif" or "foreach" or "for" or "while" or "do" or "try" or "catch"
            or "finally"
            or "function" or "foreach-object" or "%" or "where-object" or "?" || words[at][0] == '{')
        {
            foreach (var block in words.Skip(at).Where(w => w.Length > 1 && w[0] == '{'))
                Read(block.Substring(1, block.Length - 1).TrimEnd('}'), commands, depth + 1);
            return;
        }

        if (words[at].Length > 0 && words[at][0] != '$')
            commands.Add(new CommandLine(words[at], [.. words.Skip(at + 1)]) { WritesFile = writes, IsPowerShell = true });
    }

    private static int Quoted(string text, int start, StringBuilder word)
    {
        var quote = text[start];
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == quote)
            {
                if (i + 1 >= text.Length || text[i + 1] != quote)
                    return i;
                word.Append(quote);
                i++;
            }
            else if (quote == '"' && text[i] == '`' && i + 1 < text.Length)
            {
                word.Append(text[++i]);
            }
            else if (quote == '"' && text[i] == '$')
            {
                i = Variable(text, i, word, keepsName: false);
            }
            else
            {
                word.Append(text[i]);
            }
        }

        return text.Length;
    }

    private static int Variable(string text, int at, StringBuilder word, bool keepsName)
    {
        var end = at + 1;
        if (end < text.Length && text[end] is '{' or '(')
            end = EndOf(text, end, text[end], text[end] == '{' ? '}' : ')') + 1;
        else
        {
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or ':' or '.'))
                end++;
        }

        end = Math.Min(end, text.Length);
        if (keepsName)
            word.Append(text, at, end - at);
        else
            word.Append(CommandLine.Unknown);
        return end - 1;
    }

    private static int EndOf(string text, int start, char open, char close)
    {
        var depth = 0;
        for (var i = start; i < text.Length; i++)
        {
            if (text[i] == '`')
                i++;
            else if (text[i] is '\'' or '"')
                i = text.IndexOf(text[i], i + 1) is >= 0 and var quote ? quote : text.Length;
            else if (text[i] == open)
                depth++;
            else if (text[i] == close && --depth == 0)
                return i;
        }

        return text.Length;
    }
}
