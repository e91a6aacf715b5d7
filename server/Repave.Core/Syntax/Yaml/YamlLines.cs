namespace Repave.Core.Syntax.Yaml;

/// <summary>Looks keys up in a document in block style by its lines and their indentation alone, so that it works while the text
/// is broken.</summary>
public static class YamlLines
{
    /// <summary>The keys of the mapping at a path of keys, with the texts behind their colons; none if there is no such mapping.</summary>
    public static IReadOnlyList<(string Key, string Value)> At(string text, params string[] path)
    {
        var lines = text.Split('\n');
        var (start, end, indent) = (0, lines.Length, 0);
        foreach (var step in path)
        {
            var at = -1;
            for (var i = start; i < end && at < 0; i++)
            {
                if (KeyOf(lines[i]) is var (key, column, _) && column == indent && key == step)
                    at = i;
            }

            if (at < 0)
                return [];
            start = at + 1;
            var below = start;
            while (below < end && (IsBlank(lines[below]) || IndentOf(lines[below]) > indent))
                below++;
            end = below;
            var first = Enumerable.Range(start, end - start).Where(i => !IsBlank(lines[i])).DefaultIfEmpty(-1).First();
            if (first < 0)
                return [];
            indent = IndentOf(lines[first]);
        }

        var found = new List<(string, string)>();
        for (var i = start; i < end; i++)
        {
            if (KeyOf(lines[i]) is var (key, column, value) && column == indent)
                found.Add((key, value));
        }

        return found;
    }

    private static bool IsBlank(string line) => line.TrimStart() is "" or ['#', ..] or "\r";

    private static int IndentOf(string line) => line.Length - line.TrimStart(' ').Length;

    private static (string Key, int Column, string Value)? KeyOf(string line)
    {
        var colon = line.IndexOf(':');
        while (colon >= 0 && colon + 1 < line.Length && line[colon + 1] is not (' ' or '\r'))
            colon = line.IndexOf(':', colon + 1);
        var indent = IndentOf(line);
        return colon <= indent || line[indent] is '#' or '-' ? null
            : (line.Substring(indent, colon - indent).Trim().Trim('"', '\''), indent, line.Substring(colon + 1).Trim());
    }
}
