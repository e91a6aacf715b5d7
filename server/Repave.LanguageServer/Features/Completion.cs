using System.Text;
using Repave.Core.Analysis;
using Repave.Core.Dialects;
using Repave.Core.Rules;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Text;
using Repave.LanguageServer.Protocol;
using TextEdit = Repave.LanguageServer.Protocol.TextEdit;

namespace Repave.LanguageServer.Features;

/// <summary>Keys and values that fit where the cursor is; in broken documents too, and never a key that is there already.</summary>
internal static class Completion
{
    private const int Property = 10;
    private const int Value = 12;
    private const int Enumeration = 13;
    private const int Structure = 22;
    private const int Reference = 18;

    private static readonly CompletionList Nothing = new(false, []);

    public static CompletionList At(
        OpenDocument document, Position position, ManifestAnalysis analysis, Positions positions, bool takesSnippets)
    {
        var offset = positions.OffsetOf(document.Text, position);
        if (document.File.IsTooLong)
            return Nothing;
        var ofLine = CommentCompletion.OfLine(document, offset)?.In(document, positions, takesSnippets).Items ?? [];
        if (document.At(offset) is var (slot, inner) && Resources.PlacesOf(analysis, slot.Document) is { } places)
            ofLine = [.. ofLine, .. AtPlace(places, slot, inner, document, positions, takesSnippets)];
        if (ofLine.Length > 0)
            return new CompletionList(false, ofLine);
        var (start, text) = Around(document, offset);
        if (document.File.Language.CursorAt(text, offset - start) is not { } cursor)
            return Nothing;
        if (cursor.Comment is { } comment)
            return new CommentCompletion(comment, offset).In(document, positions, takesSnippets);
        var isSettings = SettingsPlaces.IsSettings(document.Manifest.Path);
        var dialect = isSettings ? null : DialectAt(cursor, document.Manifest.Path, text, analysis);
        if (dialect is null && !isSettings)
            return Nothing;
        var place = dialect?.Locate(cursor, document.Manifest.Path, text) ?? SettingsPlaces.Locate(cursor);
        if (cursor.IsInText && place.Word is null)
            return Nothing;
        var writer = new CompletionText(cursor, text, takesSnippets);
        var range = new TargetRange(document, positions, start, writer);
        var items = Values(cursor, place, range, writer).Concat(cursor.Key is null ? Keys(cursor, place, range, writer) : []);
        return new CompletionList(false, [.. Distinct(items), .. dialect is null || !place.BeginsResource ? [] : Whole(cursor, dialect, range, takesSnippets)]);
    }

    private static IEnumerable<CompletionItem> Distinct(IEnumerable<CompletionItem> items) => items.DistinctBy(i => i.Label);

    private static IEnumerable<CompletionItem> AtPlace(IPlaces places, DocumentSlot slot, int offset, OpenDocument document, Positions positions,
        bool takesSnippets)
    {
        var (word, found) = places.CompleteAt(slot.Document, offset);
        var range = positions.RangeOf(document.Text, word.Shift(slot.Start));
        return found.Select((item, i) => new CompletionItem(item.Label, Property, item.Detail, null, $"{i:0000}", item.Label,
            takesSnippets && item.Snippet is not null ? 2 : 1,
            new TextEdit(range, takesSnippets ? item.Snippet ?? item.Text : item.Text)));
    }

    // The dialect whose document it looks like; of a document that says nothing yet, one whose resources can be written as a whole. What
    // says something else (a workflow, values) is nobody's, and nothing is offered in it.
    private static ICompletes? DialectAt(Cursor cursor, string path, string text, ManifestAnalysis analysis)
    {
        var all = DialectCatalogue.All.Select(d => analysis.Of(d.Name)).OfType<ICompletes>().ToList();
        return all.Find(d => d.Owns(cursor, path, text))
            ?? (IsEmpty(cursor) && cursor.Key is null ? all.Find(d => d.WholeResources.Any()) : null);
    }

    private static bool IsEmpty(Cursor cursor) =>
        cursor is { Style: CursorStyle.Block, Path.Count: 0, Siblings.Count: 0, Head.Count: 0, Indent: 0, IsInText: false };

    // Where nothing says yet what a document is: resources as a whole, with what they need.
    private static IEnumerable<CompletionItem> Whole(Cursor cursor, ICompletes dialect, TargetRange range, bool takesSnippets)
    {
        if (!IsEmpty(cursor) || cursor.Key is not null)
            yield break;
        foreach (var resource in dialect.WholeResources)
        {
            var detail = $"{resource.Detail}, the whole resource";
            yield return new CompletionItem(resource.Name, Structure, detail, null, "2" + resource.Name, resource.Name,
                takesSnippets ? 2 : 1, new TextEdit(range.Word(cursor.Word), CompletionText.Whole(resource, takesSnippets)));
        }
    }

    // The text between the lines that separate documents. Parts that say nothing yet are no documents of the file.
    private static (int Start, string Text) Around(OpenDocument document, int offset)
    {
        if (document.At(offset) is { } at)
            return (at.Slot.Start, at.Slot.Document.Text);
        var content = document.Text.Content;
        var start = offset == 0 ? -1 : content.LastIndexOf("\n---", Math.Min(offset, content.Length) - 1, StringComparison.Ordinal);
        start = start < 0 ? 0 : start + 1;
        var end = content.IndexOf("\n---", offset, StringComparison.Ordinal);
        return (start, content[start..(end < 0 ? content.Length : end + 1)]);
    }

    private static IEnumerable<CompletionItem> Keys(Cursor cursor, CursorPlace place, TargetRange range, CompletionText writer)
    {
        CompletionItem Item(ShapeField field, string order, string? detail, MarkupContent? text) => new(field.Name, Property, detail, text,
            order + field.Name, field.Name, writer.TakesSnippets ? 2 : 1, new TextEdit(range.Key(cursor.Word), writer.Key(field)));
        var isItem = cursor.IsItem && cursor.Siblings.Count == 0;
        // A function or a name of another is rarer than what the shape demands.
        foreach (var field in place.Keys.Where(k => !cursor.Siblings.ContainsKey(k.Name)))
            yield return Item(field, place.Holder?.Fields is null ? "0" : "3", null, null);
        var holder = ShapeChoices.Of(place.Holder);
        if (place.IsWhole || (isItem && cursor.Quote is not null && cursor.Style != CursorStyle.Json))
            yield break;
        // In flow style and JSON the item itself has to begin with a brace.
        if (isItem && cursor.Style != CursorStyle.Block)
            yield break;
        foreach (var field in holder?.Fields?.All ?? [])
        {
            if (cursor.Siblings.ContainsKey(field.Name) || field.Name == "status")
                continue;
            var isRequired = Describe.IsRequired(field);
            yield return Item(field, isRequired ? "0" : "1", Describe.Type(field.Shape) + (isRequired ? ", required" : ""),
                Documentation(field, holder!));
        }
    }

    private static MarkupContent? Documentation(ShapeField field, Shape holder) =>
        string.Join("\n\n", ((string?[])[field.Description, Describe.Facts(field, field.Shape), FieldDescriptions.Of(holder, field.Name)])
            .Where(t => t is { Length: > 0 })) is { Length: > 0 } text
            ? new MarkupContent("markdown", text)
            : null;

    private static IEnumerable<CompletionItem> Values(Cursor cursor, CursorPlace place, TargetRange range, CompletionText writer)
    {
        if (cursor.Key is null && !cursor.IsItem)
            yield break;
        var field = cursor.Key is { } key ? place.Holder?.Fields?[key] : null;
        var shape = place.IsWhole ? null : ShapeChoices.Of(cursor.Key is null ? place.Holder : field?.Shape ?? place.Holder?.Additional);
        var order = 0;
        CompletionItem Item(string value, Shape? of, int kind, string? detail) => new(value, kind, detail, null, $"{order++:0000}", value, 1,
            new TextEdit(range.Word(place.Word ?? cursor.Word), writer.Value(value, of) + place.Ending));
        foreach (var name in place.Values.Where(v => !cursor.Items.Contains(v)))
            yield return Item(name, null, Reference, null);
        foreach (var value in shape?.Enum ?? [])
        {
            var plain = value.Trim('"');
            if (plain.Length > 0 && !cursor.Items.Contains(plain))
                yield return Item(plain, value[0] == '"' && !shape!.Types.HasFlag(ShapeTypes.Boolean) ? null : shape, Enumeration, plain == field?.Default ? "default" : null);
        }

        if (shape is { Enum: null } && shape.Types != ShapeTypes.Any && shape.Types.HasFlag(ShapeTypes.Boolean) && cursor.Quote is null)
        {
            yield return Item("true", shape, Value, field?.Default == "true" ? "default" : null);
            yield return Item("false", shape, Value, field?.Default == "false" ? "default" : null);
        }

        if (shape?.Enum is null && field?.Default is { Length: > 0 } standard && standard[0] is not ('{' or '[')
            && shape?.Types != ShapeTypes.Boolean)
            yield return Item(standard, shape, Value, "default");
    }

    /// <summary>What an item replaces.</summary>
    private sealed record TargetRange(OpenDocument Document, Positions Positions, int Start, CompletionText Writer)
    {
        public Protocol.Range Word(TextSpan word) => Positions.RangeOf(Document.Text, word.Shift(Start));

        public Protocol.Range Key(TextSpan word) => Word(new TextSpan(word.Start, Writer.KeyEnd));
    }
}
