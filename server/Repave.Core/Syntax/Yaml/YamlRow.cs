namespace Repave.Core.Syntax.Yaml;

/// <summary>A line by itself: how far it is indented, whether it begins items, its key, tag and value.</summary>
/// <param name="Indent">Where its key or value begins.</param>
/// <param name="Dashes">Where the dashes of items stand.</param>
/// <param name="IsBlank">Whether there is neither key nor value.</param>
/// <param name="Key">Its key; null if it has none.</param>
/// <param name="Tag">The tag before its value; null if there is none.</param>
/// <param name="Value">What stands behind key and tag, without a comment.</param>
/// <param name="WordStart">Where the last of these begins, behind a quote.</param>
/// <param name="ValueStart">Where the value begins.</param>
internal readonly record struct YamlRow(
    int Indent, IReadOnlyList<int> Dashes, bool IsBlank, string? Key, string? Tag, string Value, int WordStart, int ValueStart)
{
    public bool IsItem => Dashes.Count > 0;

    /// <summary>Where its first character stands.</summary>
    public int Column => IsItem ? Dashes[0] : Indent;

    public bool HasNoValue => Value.Length == 0 || Value[0] == '&';

    /// <summary>Whether the lines below it that are indented further are a text.</summary>
    public bool IsBlockText => Value.Length > 0 && Value[0] is '|' or '>';

    /// <summary>The quotes that the value begins with.</summary>
    public char? Quote => Value.Length > 0 && Value[0] is '"' or '\'' ? Value[0] : null;

    /// <summary>The value as a scalar; empty if it is none.</summary>
    public string Scalar => Value.Length == 0 || Value[0] is '{' or '[' or '|' or '>' or '&' or '*' ? "" : Value.Trim('"', '\'');

    /// <param name="line">The line; of the one that the cursor stands in, what is before that.</param>
    /// <param name="isTyped">Whether the line is being written, so that a tag at its end may not be whole.</param>
    public static YamlRow Of(string line, bool isTyped = false)
    {
        var at = Skip(line, 0);
        var dashes = new List<int>();
        while (at < line.Length && line[at] == '-' && (at + 1 == line.Length || line[at + 1] == ' '))
        {
            dashes.Add(at);
            at = Skip(line, at + 1);
        }

        if (at >= line.Length || line[at] is '#' or '\r' || line.StartsWith("---", StringComparison.Ordinal))
            return new YamlRow(at, dashes, true, null, null, "", at, at);
        var colon = ColonOf(line, at);
        var value = colon < 0 ? at : Skip(line, colon + 1);
        string? tag = null;
        if (value < line.Length && line[value] == '!')
        {
            var end = value;
            while (end < line.Length && line[end] is not (' ' or '\r'))
                end++;
            if (end < line.Length || !isTyped)
            {
                tag = line.Substring(value, end - value);
                value = Skip(line, end);
            }
        }

        var text = WithoutComment(line, value).TrimEnd();
        var key = colon < 0 ? null : line.Substring(at, colon - at).Trim().Trim('"', '\'');
        return new YamlRow(at, dashes, false, key, tag, text, text.Length > 0 && text[0] is '"' or '\'' ? value + 1 : value, value);
    }

    private static int Skip(string line, int at)
    {
        while (at < line.Length && line[at] == ' ')
            at++;
        return at;
    }

    private static string WithoutComment(string line, int start)
    {
        if (start < line.Length && line[start] is '"' or '\'')
        {
            var end = line.IndexOf(line[start], start + 1);
            return end > 0 && line.Substring(end + 1).TrimStart() is "" or ['#', ..] ? line.Substring(start, end + 1 - start)
                : line.Substring(start);
        }

        for (var i = start; i < line.Length; i++)
        {
            if (line[i] == '#' && (i == start || line[i - 1] == ' '))
                return line.Substring(start, i - start);
        }

        return line.Substring(start);
    }

    private static int ColonOf(string line, int at)
    {
        if (line[at] is '{' or '[')
            return -1;
        // In a quoted text a colon means nothing.
        var i = at;
        if (line[at] is '"' or '\'')
        {
            i = line.IndexOf(line[at], at + 1);
            if (i < 0)
                return -1;
        }

        for (; i < line.Length; i++)
        {
            if (line[i] == ':' && (i + 1 == line.Length || line[i + 1] is ' ' or '\r'))
                return i;
        }

        return -1;
    }
}
