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

    public static CompletionList At(
        OpenDocument document, Position position, ManifestAnalysis analysis, Positions positions, bool takesSnippets)
    {
        var offset = positions.OffsetOf(document.Text, position);
        if (document.File.IsTooLong)
            return new CompletionList(false, []);
        if (document.At(offset) is var (slot, inner) && Resources.PlacesOf(analysis, slot.Document) is { } places)
            return AtPlace(places, slot, inner, document, positions);
        var (start, text) = Around(document, offset);
        if (document.File.Language.CursorAt(text, offset - start) is not { } cursor)
            return new CompletionList(false, []);
        var range = positions.RangeOf(document.Text, cursor.Word.Shift(start));
        if (DialectAt(cursor, text, analysis) is not { } dialect)
            return new CompletionList(false, []);
        var head = new Dictionary<string, string>(cursor.Head.ToDictionary(h => h.Key, h => h.Value.Trim('"', '\'')),
            StringComparer.Ordinal);
        var place = dialect.Locate(cursor, text, head);
        var items = cursor.Key is { } key ? Values(key, place, range) : Keys(cursor, place, range, takesSnippets);
        return new CompletionList(false, [.. items, .. Whole(cursor, head, dialect, range, takesSnippets)]);
    }

    private static CompletionList AtPlace(IPlaces places, DocumentSlot slot, int offset, OpenDocument document, Positions positions)
    {
        var (word, found) = places.CompleteAt(slot.Document, offset);
        var range = positions.RangeOf(document.Text, word.Shift(slot.Start));
        return new CompletionList(false,
        [
            .. found.Select((item, i) => new CompletionItem(item.Label, Property, item.Detail, null, $"{i:0000}", item.Label, 1,
                new TextEdit(range, item.Text))),
        ]);
    }

    // The dialect whose document it looks like; of a document that says nothing yet, one whose resources can be written as a whole. What
    // says something else (a workflow, values) is nobody's, and nothing is offered in it.
    private static ICompletes? DialectAt(Cursor cursor, string text, ManifestAnalysis analysis)
    {
        var all = DialectCatalogue.All.Select(d => analysis.Of(d.Name)).OfType<ICompletes>().ToList();
        return all.Find(d => d.Owns(cursor, text))
            ?? (cursor is { Path.Count: 0, Key: null, Siblings.Count: 0, Head.Count: 0 } ? all.Find(d => d.WholeResources.Any()) : null);
    }

    // Where nothing says yet what a document is: resources as a whole, with what they need.
    private static IEnumerable<CompletionItem> Whole(
        Cursor cursor, Dictionary<string, string> head, ICompletes dialect, Protocol.Range range, bool takesSnippets)
    {
        if (cursor.Path.Count > 0 || cursor.Key is not null || cursor.Indent > 0 || head.Count > 0 || cursor.Siblings.Count > 0)
            yield break;
        foreach (var resource in dialect.WholeResources)
        {
            var text = new StringBuilder(resource.Head);
            var stop = 1;
            AppendStop(text, takesSnippets, ref stop, "");
            if (resource.Body is { } body)
            {
                text.Append('\n');
                Append(text, body, "", takesSnippets, ref stop, 0);
            }

            var detail = $"{resource.Detail}, the whole resource";
            yield return new CompletionItem(resource.Name, Structure, detail, null, "2" + resource.Name, resource.Name,
                takesSnippets ? 2 : 1, new TextEdit(range, text.ToString()));
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

    private static IEnumerable<CompletionItem> Keys(Cursor cursor, CursorPlace place, Protocol.Range range, bool takesSnippets)
    {
        var shape = place.Holder;
        if (shape is { Fields: null, Additional: not null })
        {
            foreach (var name in place.Values.Where(n => !cursor.Siblings.Contains(n)))
                yield return new CompletionItem(name, Reference, "in this workspace", null, "0" + name, name, 1,
                    new TextEdit(range, name + ": "));
        }

        foreach (var (name, written) in place.Keys.Where(k => !cursor.Siblings.Contains(k.Key)))
            yield return new CompletionItem(name, Property, null, null, "0" + name, name, 1, new TextEdit(range, written));

        foreach (var field in shape?.Fields?.All ?? [])
        {
            if (cursor.Siblings.Contains(field.Name) || field.Name == "status")
                continue;
            var isRequired = Describe.IsRequired(field);
            yield return new CompletionItem(
                field.Name,
                Property,
                Describe.Type(field.Shape) + (isRequired ? ", required" : ""),
                Documentation(field, shape!),
                (isRequired ? "0" : "1") + field.Name,
                field.Name,
                takesSnippets ? 2 : 1,
                new TextEdit(range, Insertion(field, cursor.Indent, takesSnippets)));
        }
    }

    private static MarkupContent? Documentation(ShapeField field, Shape holder) =>
        string.Join("\n\n", ((string?[])[Describe.Facts(field, field.Shape), FieldDescriptions.Of(holder, field.Name)])
            .Where(t => t is { Length: > 0 })) is { Length: > 0 } text
            ? new MarkupContent("markdown", text)
            : null;

    // A key with the structure that it needs: required fields below it, the dash of a list.
    public static string Insertion(ShapeField field, int indent, bool takesSnippets)
    {
        var text = new StringBuilder();
        var stop = 1;
        Append(text, field, takesSnippets ? "" : new string(' ', indent), takesSnippets, ref stop, 0);
        return text.ToString();
    }

    // Clients indent further lines of a snippet themselves.
    private static void Append(StringBuilder text, ShapeField field, string indent, bool takesSnippets, ref int stop, int depth)
    {
        var shape = field.Shape;
        text.Append(field.Name).Append(':');
        if (shape.Types == ShapeTypes.Array)
        {
            text.Append('\n').Append(indent).Append("  - ");
            if (shape.Items is { Fields: not null } items)
                AppendRequired(text, items, indent + "    ", takesSnippets, ref stop, depth + 1, "");
            else
                AppendStop(text, takesSnippets, ref stop, "");
        }
        else if (shape.Fields is not null || shape.Additional is not null)
        {
            text.Append('\n').Append(indent).Append("  ");
            AppendRequired(text, shape, indent + "  ", takesSnippets, ref stop, depth + 1, "");
        }
        else
        {
            text.Append(' ');
            AppendStop(text, takesSnippets, ref stop, shape.Enum is { Count: 1 } only ? only[0].Trim('"') : "");
        }
    }

    private static void AppendRequired(
        StringBuilder text, Shape shape, string indent, bool takesSnippets, ref int stop, int depth, string between)
    {
        var required = shape.Fields?.All.Where(Describe.IsRequired).ToList() ?? [];
        if (required.Count == 0 || depth > 3)
        {
            AppendStop(text, takesSnippets, ref stop, "");
            return;
        }

        for (var i = 0; i < required.Count; i++)
        {
            if (i > 0)
                text.Append('\n').Append(indent).Append(between);
            Append(text, required[i], indent, takesSnippets, ref stop, depth);
        }
    }

    private static void AppendStop(StringBuilder text, bool takesSnippets, ref int stop, string standard)
    {
        if (takesSnippets)
            text.Append(standard.Length == 0 ? $"${stop++}" : $"${{{stop++}:{standard}}}");
        else
            text.Append(standard);
    }

    private static IEnumerable<CompletionItem> Values(string key, CursorPlace place, Protocol.Range range)
    {
        var field = place.Holder?.Fields?[key];
        var shape = field?.Shape ?? place.Holder?.Additional;
        var order = 0;
        CompletionItem Item(string value, int kind, string? detail) =>
            new(value, kind, detail, null, $"{order++:0000}", value, 1, new TextEdit(range, value));
        foreach (var value in shape?.Enum ?? [])
        {
            if (value is not "\"\"")
                yield return Item(value.Trim('"'), Enumeration, value.Trim('"') == field?.Default ? "default" : null);
        }

        if (shape is { Types: ShapeTypes.Boolean })
        {
            yield return Item("true", Value, field?.Default == "true" ? "default" : null);
            yield return Item("false", Value, field?.Default == "false" ? "default" : null);
        }

        foreach (var name in place.Values)
            yield return Item(name, Reference, null);
        if (shape?.Enum is null && field?.Default is { Length: > 0 } standard && standard[0] is not ('{' or '[')
            && shape?.Types != ShapeTypes.Boolean)
            yield return Item(standard, Value, "default");
    }
}
