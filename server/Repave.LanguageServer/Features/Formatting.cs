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
    /// <param name="path">The file's path.</param>
    /// <param name="positions">How the client counts.</param>
    public static (Protocol.TextEdit[] Edits, string? Problem) Of(OpenDocument document, Range? range, string path, Positions positions)
    {
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
        var (first, last) = (0, 0);
        var count = Math.Min(before.LineCount, after.LineCount);
        while (first < count && Line(before, first) == Line(after, first))
            first++;
        while (last < count - first && Line(before, before.LineCount - 1 - last) == Line(after, after.LineCount - 1 - last))
            last++;
        if (first + last == before.LineCount && before.LineCount == after.LineCount)
            yield break;
        if (before.LineCount == after.LineCount)
        {
            for (var line = first; line < before.LineCount - last; line++)
            {
                if (Line(before, line) != Line(after, line))
                {
                    yield return new Core.Text.TextEdit(
                        new TextSpan(before.LineStart(line), before.LineStart(line) + Line(before, line).Length), Line(after, line));
                }
            }

            yield break;
        }

        var start = first < before.LineCount ? before.LineStart(first) : before.Length;
        var end = last == 0 ? before.Length : before.LineStart(before.LineCount - last);
        var newStart = first < after.LineCount ? after.LineStart(first) : after.Length;
        var newEnd = last == 0 ? after.Length : after.LineStart(after.LineCount - last);
        yield return new Core.Text.TextEdit(new TextSpan(start, end), after.TextOf(new TextSpan(newStart, newEnd)));
    }

    // With its break.
    private static string Line(SourceText text, int line)
    {
        var start = text.LineStart(line);
        return text.TextOf(new TextSpan(start, line + 1 < text.LineCount ? text.LineStart(line + 1) : text.Length));
    }

    private static bool Touches(Range change, Range wanted) =>
        change.Start.Line <= (wanted.End.Character == 0 && wanted.End.Line > wanted.Start.Line ? wanted.End.Line - 1 : wanted.End.Line)
        && change.End.Line + (change.End.Character > 0 || change.End.Line == change.Start.Line ? 1 : 0) > wanted.Start.Line;
}
