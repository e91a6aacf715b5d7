using System.Text;

namespace Repave.Core.Dialects.Compose.Loading;

/// <summary>Splits a command written as one text into words, as Compose does: by spaces, with quotes and backslashes, and without a shell's
/// variables. What stands behind a pipe, a semicolon or the like is cut off.</summary>
internal static class ShellWords
{
    /// <summary>The words; null where a quote is not closed.</summary>
    public static List<string>? Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (isEscaped, isSingle, isDouble, isBack, isWord, isDollar) = (false, false, false, false, false, false);
        foreach (var c in text)
        {
            if (isEscaped)
            {
                word.Append(c switch { 't' => '\t', 'n' => '\n', _ => c });
                isEscaped = false;
                isWord = true;
                continue;
            }

            if (c == '\\')
            {
                if (isSingle)
                    word.Append(c);
                else
                    isEscaped = true;
                continue;
            }

            if (c is ' ' or '\t' or '\r' or '\n')
            {
                if (isSingle || isDouble || isBack || isDollar)
                {
                    word.Append(c);
                }
                else if (isWord)
                {
                    words.Add(word.ToString());
                    word.Clear();
                    isWord = false;
                }

                continue;
            }

            switch (c)
            {
                case '`' when !isSingle && !isDouble:
                    isBack = !isBack;
                    break;
                case '"' when !isSingle:
                    isWord |= isDouble;
                    isDouble = !isDouble;
                    continue;
                case '\'' when !isDouble:
                    isWord |= isSingle;
                    isSingle = !isSingle;
                    continue;
                case ')' when !isSingle && !isDouble && !isBack:
                    isDollar = !isDollar;
                    break;
                case '(' when !isSingle && !isDouble && !isBack:
                    if (isDollar || word.Length == 0 || word[word.Length - 1] != '$')
                        return null;
                    isDollar = true;
                    word.Append(c);
                    continue;
                case ';' or '&' or '|' or '<' or '>' when !isSingle && !isDouble && !isBack && !isDollar:
                    // '1>' and the like belong to the redirection.
                    if (c == '>' && word.Length > 0 && word[0] is >= '0' and <= '9')
                        isWord = false;
                    if (isWord)
                        words.Add(word.ToString());
                    return words;
            }

            isWord = true;
            word.Append(c);
        }

        if (isWord)
            words.Add(word.ToString());
        return isEscaped || isSingle || isDouble || isBack || isDollar ? null : words;
    }
}
