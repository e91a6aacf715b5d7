using System.Globalization;
using System.Net;
using System.Text;

namespace Repave.EndToEnd.Tests.Outputs;

/// <summary>What a command writes to a terminal, as a picture (SVG).</summary>
internal static class TerminalPicture
{
    private const double Column = 8.4;
    private const int Row = 20;
    private const int Left = 24;
    private const int Top = 58;
    private const int MaxColumns = 120;
    private const string Plain = "";

    // By the last digit of a terminal's code (31 and 91 are red).
    private static readonly string[] Colours = ["#8b949e", "#ff7b72", "#3fb950", "#d29922", "#58a6ff", "#bc8cff", "#39c5cf"];

    /// <summary>The picture of an output.</summary>
    /// <param name="title">What stands above it.</param>
    /// <param name="output">The output, with the terminal's codes for colours.</param>
    /// <param name="hanging">The column at which lines that are too long go on in the next; null to leave out their end.</param>
    public static string Of(string title, string output, int? hanging)
    {
        var lines = output.TrimEnd('\n').Split('\n').SelectMany(line => LinesOf(line, hanging)).ToList();
        var columns = lines.Max(runs => runs.Sum(run => run.Text.Length));
        var width = (int)Math.Ceiling((2 * Left) + (columns * Column));
        var height = Top + (lines.Count * Row);
        var picture = new StringBuilder();
        picture.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" aria-label="{WebUtility.HtmlEncode(title)}">
            <rect width="{width}" height="{height}" rx="10" fill="#0d1117"/><circle cx="22" cy="20" r="6" fill="#ff5f57"/><circle cx="42" cy="20" r="6" fill="#febc2e"/><circle cx="62" cy="20" r="6" fill="#28c840"/>
            <text x="{width / 2.0}" y="25" fill="#8b949e" font-family="ui-monospace,Menlo,Consolas,monospace" font-size="13" text-anchor="middle">{WebUtility.HtmlEncode(title)}</text>
            <g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,monospace" font-size="14" fill="#e6edf3" style="white-space:pre">

            """);
        for (var i = 0; i < lines.Count; i++)
        {
            var at = 0;
            foreach (var (text, style) in lines[i])
            {
                var shown = text.Trim();
                var x = Left + ((at + text.Length - text.TrimStart().Length) * Column);
                at += text.Length;
                if (shown.Length > 0)
                {
                    picture.Append(CultureInfo.InvariantCulture, $"""
                        <text x="{x:0.0}" y="{Top + (i * Row)}" textLength="{shown.Length * Column:0.0}"{style}>{WebUtility.HtmlEncode(shown)}</text>

                        """);
                }
            }
        }

        return picture.Append("</g>\n</svg>\n").ToString();
    }

    // A line as pieces that look alike; where it is too long, more than one line.
    private static IEnumerable<List<(string Text, string Style)>> LinesOf(string line, int? hanging)
    {
        var left = RunsOf(line).SelectMany(run => run.Text.Select(character => (Character: character, run.Style))).ToList();
        while (left.Count > MaxColumns && hanging is { } columns)
        {
            var end = left.FindLastIndex(MaxColumns - 1, one => one.Character == ' ');
            yield return Together(left[..end]);
            left = [.. Enumerable.Repeat((' ', Plain), columns), .. left[(end + 1)..]];
        }

        yield return Together(left.Count <= MaxColumns ? left : [.. left[..(MaxColumns - 1)], ('…', left[MaxColumns - 1].Style)]);
    }

    private static List<(string Text, string Style)> Together(List<(char Character, string Style)> characters)
    {
        var runs = new List<(string Text, string Style)>();
        foreach (var (character, style) in characters)
        {
            if (runs.Count > 0 && runs[^1].Style == style)
                runs[^1] = (runs[^1].Text + character, style);
            else
                runs.Add((character.ToString(), style));
        }

        return runs;
    }

    private static IEnumerable<(string Text, string Style)> RunsOf(string line)
    {
        var style = Plain;
        foreach (var (piece, i) in line.Split("\u001b[").Select((piece, i) => (piece, i)))
        {
            var end = i == 0 ? -1 : piece.IndexOf('m', StringComparison.Ordinal);
            if (i > 0)
                style = StyleOf(piece[..end]);
            yield return (piece[(end + 1)..], style);
        }
    }

    private static string StyleOf(string codes)
    {
        var style = Plain;
        foreach (var code in codes.Split(';').Select(code => int.Parse(code, CultureInfo.InvariantCulture)))
        {
            style = code switch
            {
                0 => Plain,
                1 => style + " font-weight=\"bold\"",
                4 => style + " text-decoration=\"underline\"",
                _ => $"{style} fill=\"{Colours[code % 10]}\"",
            };
        }

        return style;
    }
}
