using Repave.Core.Dialects;
using Repave.Core.Text;
using Repave.LanguageServer.Protocol;
using Range = Repave.LanguageServer.Protocol.Range;

namespace Repave.LanguageServer.Features;

/// <summary>A file as its dialect's own tool writes it, in edits of the lines that change, so that cursors and folds stay.</summary>
internal static class Formatting
{
    /// <summary>The edits, and why there are none where that is an error in the text.</summary>
    /// <param name="document">The document.</param>
    /// <param name="range">Which lines may change; null for all.</param>
    /// <param name="positions">How the client counts.</param>
    public static (Protocol.TextEdit[] Edits, string? Problem) Of(OpenDocument document, Range? range, Positions positions)
    {
        var path = document.Manifest.Path;
        if (DialectCatalogue.FormatterOf(path) is not { } formatter)
            return ([], null);
        var text = document.Text;
        var formatted = formatter.Format(text.Content);
        if (formatted.Problem is { } problem)
        {
            return ([], $"{path}:{text.PositionOf(problem.Span.Start).Line + 1}: The file is not formatted, because it has a syntax error. "
                + problem.Message);
        }

        return ([.. Changes(text, new SourceText(formatted.Text))
            .Where(change => range is not { } wanted || Touches(positions.RangeOf(text, change.Span), wanted))
            .Select(change => new Protocol.TextEdit(positions.RangeOf(text, change.Span), change.NewText))], null);
    }

    // Where as many lines are left, each is one change; else they all are.
    private static IEnumerable<Core.Text.TextEdit> Changes(SourceText before, SourceText after)
    {
        foreach (var (old, now) in TextChange.Between(before, after))
        {
            var (was, become) = (LinesIn(before, old), LinesIn(after, now));
            if (was.Count != become.Count)
            {
                yield return new Core.Text.TextEdit(old, after.TextOf(now));
                continue;
            }

            foreach (var (line, text) in was.Zip(become, (line, other) => (Line: line, Text: after.TextOf(other))))
            {
                if (before.TextOf(line) != text)
                    yield return new Core.Text.TextEdit(line, text);
            }
        }
    }

    // Lines with their breaks.
    private static List<TextSpan> LinesIn(SourceText text, TextSpan span)
    {
        var lines = new List<TextSpan>();
        for (var start = span.Start; start < span.End;)
        {
            var next = text.PositionOf(start).Line + 1;
            var end = Math.Min(span.End, next < text.LineCount ? text.LineStart(next) : text.Length);
            lines.Add(new TextSpan(start, end));
            start = end;
        }

        return lines;
    }

    private static bool Touches(Range change, Range wanted) =>
        change.Start.Line <= (wanted.End.Character == 0 && wanted.End.Line > wanted.Start.Line ? wanted.End.Line - 1 : wanted.End.Line)
        && change.End.Line + (change.End.Character > 0 || change.End.Line == change.Start.Line ? 1 : 0) > wanted.Start.Line;
}
