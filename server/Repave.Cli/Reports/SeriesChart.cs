using System.Globalization;
using System.Net;
using System.Text;
using Repave.Core.Plans;

namespace Repave.Cli;

/// <summary>The chart of a series as inline SVG: a column for each stretch of time, cut by what was done.</summary>
internal static class SeriesChart
{
    private const int Width = 1000;
    private const int Height = 260;
    private const int Left = 44;
    private const int Bottom = 46;
    private const int Top = 12;
    private const double MostColumn = 64;
    private const int MostLabels = 12;

    public static string Render(JsonSeries series)
    {
        var periods = series.Periods;
        var most = periods.Select(p => SeriesWords.Total(p.Summary)).DefaultIfEmpty(0).Max();
        var step = Step(most);
        var top = Math.Max(step, (int)Math.Ceiling(most / (double)step) * step);
        double Y(double value) => Top + ((Height - Top - Bottom) * (1 - (value / top)));
        var space = (Width - Left) / (double)Math.Max(1, periods.Length);
        var column = Math.Min(MostColumn, space * 0.72);
        var svg = new StringBuilder($"<svg class=\"chart\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" "
            + "aria-labelledby=\"chart-title chart-text\">\n"
            + $"<title id=\"chart-title\">Changes over time</title>\n<desc id=\"chart-text\">{Text(SeriesWords.Lead(series))} "
            + "The table below has the numbers.</desc>\n");
        for (var value = 0; value <= top; value += step)
            svg.Append($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width}\" y1=\"{N(Y(value))}\" y2=\"{N(Y(value))}\"/>"
                + $"<text class=\"axis\" x=\"{Left - 8}\" y=\"{N(Y(value) + 4)}\" text-anchor=\"end\">{value}</text>\n");
        var every = Math.Max(1, (int)Math.Ceiling(periods.Length / (double)MostLabels));
        for (var i = 0; i < periods.Length; i++)
        {
            var x = Left + (space * i) + ((space - column) / 2);
            var at = 0;
            foreach (var action in PlanWords.Order)
            {
                var count = SeriesWords.Count(periods[i].Summary, action);
                if (count == 0)
                    continue;
                svg.Append($"<rect x=\"{N(x)}\" y=\"{N(Y(at + count))}\" width=\"{N(column)}\" height=\"{N(Y(at) - Y(at + count))}\" "
                    + $"fill=\"var(--{PlanNames.Of(action)})\">"
                    + $"<title>{Text(periods[i].Name)}: {count} {SeriesWords.Done(action)}</title></rect>\n");
                at += count;
            }

            if (i % every == 0)
                svg.Append($"<text class=\"axis\" x=\"{N(x + (column / 2))}\" y=\"{Height - Bottom + 20}\" text-anchor=\"middle\">"
                    + $"{Text(periods[i].Name)}</text>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    // Whole numbers that people count in.
    private static int Step(int most)
    {
        var power = (int)Math.Pow(10, Math.Floor(Math.Log10(Math.Max(1, most / 5.0))));
        return ((int[])[1, 2, 5, 10]).Select(m => m * power).First(s => most / s <= 5);
    }

    private static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Text(string text) => WebUtility.HtmlEncode(Printable.Of(text));
}
