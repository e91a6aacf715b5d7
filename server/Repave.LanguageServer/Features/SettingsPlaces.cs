using Repave.Core.Dialects;
using Repave.Core.Rules;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.LanguageServer.Protocol;

namespace Repave.LanguageServer.Features;

/// <summary>What fits in a settings file, what its fields mean, and what is wrong in it.</summary>
internal static class SettingsPlaces
{
    private static readonly string[] Severities = ["off", "info", "warning", "error", "on"];

    private static readonly Shape Severity = new()
    {
        Types = ShapeTypes.String | ShapeTypes.Boolean,
        Enum = [.. Severities.Select(CanonicalJson.Quote)],
    };

    /// <summary>Whether a path is that of a settings file.</summary>
    public static bool IsSettings(string path) => path[(path.LastIndexOf('/') + 1)..] == SettingsReader.FileName;

    /// <summary>What fits where a cursor stands.</summary>
    public static CursorPlace Locate(Cursor cursor)
    {
        if (cursor.Path is [.., "rules"])
        {
            return cursor.Key is null
                ? new CursorPlace(null, []) { Keys = [.. RuleCatalogue.All.Select(r => new ShapeField(r.Id, Severity) { Description = r.Title })] }
                : new CursorPlace(new Shape { Types = ShapeTypes.Object, Additional = Severity }, []);
        }

        return new CursorPlace(SettingsSchema.ShapeAt(cursor.Path), []);
    }

    /// <summary>What is wrong in an open settings file, by its text as the client has it.</summary>
    public static Diagnostic[] Findings(OpenDocument document)
    {
        SettingsReader.Read(document.Text.Content, out var errors);
        return DiagnosticsOf(errors);
    }

    /// <summary>What is wrong in settings, in the client's form.</summary>
    public static Diagnostic[] DiagnosticsOf(IReadOnlyList<SettingsError> errors) =>
    [
        .. errors.Select(e => new Diagnostic(
            new(new(e.Range.Start.Line, e.Range.Start.Character), new(e.Range.End.Line, e.Range.End.Character)), 1, "settings", null, "repave",
            e.Message, null, null)),
    ];

    /// <summary>What the field under the cursor means; null where nothing is said of it.</summary>
    public static Hover? Hover(OpenDocument document, Position position, Positions positions)
    {
        var offset = positions.OffsetOf(document.Text, position);
        if (document.At(offset) is not var (slot, inner) || slot.Document.NodeAt(inner) is not ScalarNode scalar
            || slot.Document.Root is not { } root || MeaningOf(Resources.StepsOf(scalar, root)) is not { } text)
            return null;
        return new Hover(new MarkupContent("markdown", text), positions.RangeOf(document.Text, scalar.Span.Shift(slot.Start)));
    }

    /// <summary>What the field at a path of fields and items means; null where nothing is said of it.</summary>
    private static string? MeaningOf(IReadOnlyList<string> path)
    {
        if (path is [.., "rules", var id] && RuleCatalogue.Find(id) is { } rule)
            return $"**{rule.Id}**: {rule.Title}.\n\n{rule.Reason}";
        return path is [.., var name] && SettingsSchema.DescriptionAt(path) is { } text ? $"**{name}**: {text}" : null;
    }
}
