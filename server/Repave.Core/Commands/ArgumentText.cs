using System.Text;

namespace Repave.Core.Commands;

/// <summary>Arguments that are written as one text, as programs for Windows and .NET read them.</summary>
public static class ArgumentText
{
    /// <summary>The words of a text. Double quotes hold words together and <c>\"</c> is a quote; a word that begins with a single quote
    /// ends with
    /// the next, because whoever writes one means that.</summary>
    public static List<string> Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var isWord = false;
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && i + 1 < text.Length && text[i + 1] == '"')
            {
                word.Append('"');
                isWord = true;
                i++;
            }
            else if (c == '"')
            {
                if (isQuoted && i + 1 < text.Length && text[i + 1] == '"')
                {
                    word.Append('"');
                    i++;
                }
                else
                {
                    isQuoted = !isQuoted;
                }

                isWord = true;
            }
            else if (c == '\'' && !isQuoted && !isWord && text.IndexOf('\'', i + 1) is > 0 and var end)
            {
                word.Append(text, i + 1, end - i - 1);
                isWord = true;
                i = end;
            }
            else if (char.IsWhiteSpace(c) && !isQuoted)
            {
                if (isWord)
                    words.Add(word.ToString());
                word.Clear();
                isWord = false;
            }
            else
            {
                word.Append(c);
                isWord = true;
            }
        }

        if (isWord)
            words.Add(word.ToString());
        return words;
    }
}
