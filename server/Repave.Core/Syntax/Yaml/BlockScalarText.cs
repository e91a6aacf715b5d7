namespace Repave.Core.Syntax.Yaml;

/// <summary>How block scalars (<c>|</c>, <c>&gt;</c>) lie in the text.</summary>
internal static class BlockScalarText
{
    /// <summary>The columns that a block scalar is indented by whose header ends the line before; zero where that line is no such header,
    /// where the header states the indentation, and where no line below says something.</summary>
    /// <param name="text">The text.</param>
    /// <param name="line">Where the line below the header begins.</param>
    public static int IndentationBelow(string text, int line)
    {
        var end = line - 1;
        while (end > 0 && text[end - 1] is '\r' or ' ' or '\t')
            end--;
        var sign = end;
        while (sign > 0 && text[sign - 1] is '+' or '-')
            sign--;
        return sign > 0 && text[sign - 1] is '|' or '>' ? FirstLine(text, line, text.Length).Indentation : 0;
    }

    /// <summary>The first line that holds more than spaces and tabs, and the spaces that it begins with; the end and zero where there is
    /// none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="line">Where the first line begins.</param>
    /// <param name="end">Where to stop.</param>
    public static (int Start, int Indentation) FirstLine(string text, int line, int end)
    {
        while (line < end)
        {
            var at = line;
            while (at < end && text[at] == ' ')
                at++;
            var spaces = at - line;
            while (at < end && text[at] is ' ' or '\t' or '\r')
                at++;
            if (at >= end)
                break;
            if (text[at] != '\n')
                return (line, spaces);
            line = at + 1;
        }

        return (end, 0);
    }
}
