using Repave.Core.Dialects;
using Repave.Core.Syntax;
using Repave.Core.Text;
using Repave.LanguageServer.Protocol;
using Range = Repave.LanguageServer.Protocol.Range;

namespace Repave.LanguageServer.Features;

/// <summary>What the words of a document are, as numbers that count from the word before.</summary>
internal static class SemanticMarks
{
    private const int IsDeclaration = 1;

    /// <summary>The names that the numbers stand for.</summary>
    public static SemanticTokensLegend Legend { get; } =
        new([.. Enum.GetValues<TextRole>().Select(static role => role.ToString().ToLowerInvariant())], ["declaration"]);

    /// <summary>The words of a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="range">The lines that are asked for; null for all.</param>
    /// <param name="service">The environments, which know what is a template.</param>
    /// <param name="positions">How the client counts.</param>
    public static SemanticTokens Of(OpenDocument document, Range? range, EnvironmentService service, Positions positions)
    {
        var text = document.Text;
        var (first, last) = range is { } wanted ? (wanted.Start.Line, wanted.End.Line) : (0, text.LineCount - 1);
        var data = new List<int>();
        var (line, character) = (0, 0);
        var end = 0;
        foreach (var mark in Sources.MarksOf(document, service) ?? All(document))
        {
            // Words do not overlap.
            if (mark.Span.Start < end)
                continue;
            end = mark.Span.End;
            foreach (var part in Lines(text, mark.Span, first, last))
            {
                var at = positions.RangeOf(text, part);
                data.AddRange([at.Start.Line - line, at.Start.Line == line ? at.Start.Character - character : at.Start.Character,
                    at.End.Character - at.Start.Character, (int)mark.Role, mark.IsDeclaration ? IsDeclaration : 0]);
                (line, character) = (at.Start.Line, at.Start.Character);
            }
        }

        return new SemanticTokens([.. data]);
    }

    private static IEnumerable<TextMark> All(OpenDocument document)
    {
        foreach (var slot in document.File.Documents)
        {
            var marks = slot.Document.Marks;
            foreach (var dialect in DialectCatalogue.All)
            {
                if (dialect is IMarks known && dialect.MayHold(document.Manifest.Path, document.Text.Content)
                    && dialect.Read(document.Manifest, slot).Recognition == Recognition.Mine)
                    marks = known.MarksOf(slot.Document);
            }

            foreach (var mark in marks)
                yield return mark with { Span = mark.Span.Shift(slot.Start) };
        }
    }

    // A word ends with its line.
    private static IEnumerable<TextSpan> Lines(SourceText text, TextSpan span, int first, int last)
    {
        var (from, to) = (text.PositionOf(span.Start).Line, text.PositionOf(span.End).Line);
        for (var line = Math.Max(from, first); line <= Math.Min(to, last); line++)
        {
            var part = new TextSpan(Math.Max(span.Start, text.LineStart(line)), Math.Min(span.End, text.LineEnd(line)));
            if (part.Length > 0)
                yield return part;
        }
    }
}
