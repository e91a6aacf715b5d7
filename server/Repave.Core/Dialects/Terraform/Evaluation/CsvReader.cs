using System.Text;

namespace Repave.Core.Dialects.Terraform.Evaluation;

/// <summary>Reads comma-separated values as RFC 4180 has them.</summary>
internal static class CsvReader
{
    /// <summary>The lines with their values; null for what is no CSV.</summary>
    public static List<List<string>>? Read(string text)
    {
        var lines = new List<List<string>>();
        var line = new List<string>();
        var field = new StringBuilder();
        var at = 0;
        while (at < text.Length)
        {
            if (line.Count == 0 && text[at] is '\n' or '\r')
            {
                // An empty line is none.
                at++;
                continue;
            }

            field.Clear();
            if (text[at] == '"')
            {
                at++;
                while (true)
                {
                    if (at >= text.Length)
                        return null;
                    if (text[at] != '"')
                    {
                        field.Append(text[at++]);
                        continue;
                    }

                    at++;
                    if (at < text.Length && text[at] == '"')
                        field.Append(text[at++]);
                    else
                        break;
                }

                if (at < text.Length && text[at] is not (',' or '\n' or '\r'))
                    return null;
            }
            else
            {
                while (at < text.Length && text[at] is not (',' or '\n' or '\r'))
                {
                    if (text[at] == '"')
                        return null;
                    field.Append(text[at++]);
                }
            }

            line.Add(field.ToString());
            if (at < text.Length && text[at] == ',')
            {
                at++;
                if (at == text.Length || text[at] is '\n' or '\r')
                    line.Add("");
                else
                    continue;
            }

            while (at < text.Length && text[at] is '\n' or '\r')
                at++;
            lines.Add(line);
            line = [];
        }

        return lines;
    }
}
