using Repave.Core.Analysis;
using Repave.Core.Dialects;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Text;
using Repave.LanguageServer.Protocol;

namespace Repave.LanguageServer.Features;

/// <summary>Beside the head of a block or mapping, what the platform puts in the place of what nobody writes in it.</summary>
internal static class DefaultHints
{
    private const int MaxShown = 4;
    private const int MaxLength = 40;

    public static InlayHint[] Of(OpenDocument document, Protocol.Range range, ManifestAnalysis analysis, Positions positions)
    {
        var part = new TextSpan(positions.OffsetOf(document.Text, range.Start), positions.OffsetOf(document.Text, range.End));
        var hints = new List<InlayHint>();
        foreach (var slot in document.File.Documents)
        {
            var own = part.Shift(-slot.Start);
            if (own.End < 0 || own.Start > slot.Document.Text.Length)
                continue;
            var found = Resources.PlacesOf(analysis, slot.Document) is { } places
                ? places is IDefaults defaults ? defaults.DefaultsIn(slot.Document, own) : []
                : InTrees(analysis, document, slot, own);
            foreach (var one in found.Where(f => f.Fields.Count > 0))
            {
                var line = document.Text.PositionOf(one.Offset + slot.Start).Line;
                if (line < range.Start.Line || line > range.End.Line)
                    continue;
                var end = document.Text.LineEnd(line);
                hints.Add(new InlayHint(positions.RangeOf(document.Text, new TextSpan(end, end)).Start, Label(one.Fields), true,
                    "What stands for the fields that are not written:\n"
                        + string.Join("\n", one.Fields.Select(f => $"{f.Key}: {f.Value}"))));
            }
        }

        return [.. hints];
    }

    private static string Label(IReadOnlyList<KeyValuePair<string, string>> fields) =>
        string.Join(", ", fields.Take(MaxShown).Select(f => $"{f.Key}: {f.Value}")) + (fields.Count > MaxShown ? ", …" : "");

    private static IEnumerable<UnwrittenDefaults> InTrees(
        ManifestAnalysis analysis, OpenDocument document, DocumentSlot slot, TextSpan part) =>
        analysis.ResourcesOf(document.Manifest.Path).Where(r => r.Slot.Document == slot.Document).OfType<Core.Model.TreeResource>()
            .Where(r => r.Root.Span.Overlaps(part) && analysis.Of(r.Id.Dialect) is IDescribes)
            .SelectMany(r => ((IDescribes)analysis.Of(r.Id.Dialect)!).ShapeOf(Resources.HeadOf(r.Root)) is { } shape
                ? InMap(r.Root, null, shape, part) : []);

    private static IEnumerable<UnwrittenDefaults> InMap(MapNode map, int? head, Shape shape, TextSpan part)
    {
        // Inside brackets there is no line of its own to stand beside.
        if (map.Style == NodeStyle.Flow || map.Entries.Count == 0 || !map.Span.Overlaps(part))
            yield break;
        if (head is { } at && shape.Fields is { } fields)
        {
            yield return new UnwrittenDefaults(at, [.. fields.All.Where(f => map.Find(f.Name) is null)
                .Select(f => new KeyValuePair<string, string>(f.Name, f.Default ?? f.Shape.Default ?? "")).Where(f => IsShown(f.Value))
                .Select(f => new KeyValuePair<string, string>(f.Key, f.Value.Trim('"')))]);
        }

        foreach (var entry in map.Entries)
        {
            if (entry.Name is not { } name || shape.At([name]) is not { } inner)
                continue;
            if (entry.Value is MapNode child)
            {
                foreach (var found in InMap(child, entry.Key.Span.Start, inner, part))
                    yield return found;
            }
            else if (entry.Value is ListNode list && inner.At(["[]"]) is { } item)
            {
                foreach (var found in list.Items.OfType<MapNode>()
                    .SelectMany(one => InMap(one, one.Entries.Count > 0 ? one.Entries[0].Key.Span.Start : null, item, part)))
                    yield return found;
            }
        }
    }

    // What is itself a structure needs lines of its own.
    private static bool IsShown(string value) => value.Length is > 0 and <= MaxLength && value[0] is not ('{' or '[') && value != "\"\"";
}
