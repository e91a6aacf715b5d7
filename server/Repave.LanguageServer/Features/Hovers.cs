using System.Text;
using Repave.Core.Analysis;
using Repave.Core.Dialects;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax;
using Repave.LanguageServer.Protocol;

namespace Repave.LanguageServer.Features;

/// <summary>What a field is, what changing it does to the live object, what a reference points at, and why a finding stands here.</summary>
internal static class Hovers
{
    public static Hover? At(OpenDocument document, Position position, ManifestAnalysis analysis, Positions positions)
    {
        if (SettingsPlaces.IsSettings(document.Manifest.Path))
            return SettingsPlaces.Hover(document, position, positions);
        var offset = positions.OffsetOf(document.Text, position);
        if (document.At(offset) is not var (slot, inner))
            return null;
        if (Resources.PlacesOf(analysis, slot.Document) is { } places)
            return AtPlace(places.DescribeAt(slot.Document, inner), slot, document, offset, analysis, positions);
        if (slot.Document.NodeAt(inner) is not ScalarNode scalar)
            return null;
        var text = new StringBuilder();
        var resource = Resources.At(analysis, document.Manifest.Path, slot, scalar);
        if (resource is not null)
            AppendField(text, analysis.Of(resource.Id.Dialect), resource, scalar);
        if (analysis.MachineImages.DescribeAt(document.Manifest.Path, offset) is var (_, known))
            text.Append($"\n\n{known}");
        AppendReasons(text, document, offset, analysis);
        return text.Length == 0 ? null : new Hover(new MarkupContent("markdown", text.ToString().Trim()),
            positions.RangeOf(document.Text, scalar.Span.Shift(slot.Start)));
    }

    private static Hover? AtPlace(PlaceDescription? place, DocumentSlot slot, OpenDocument document, int offset, ManifestAnalysis analysis,
        Positions positions)
    {
        var text = new StringBuilder(place?.Text);
        var image = analysis.MachineImages.DescribeAt(document.Manifest.Path, offset);
        if (image is var (_, known))
            text.Append($"\n\n{known}");
        AppendReasons(text, document, offset, analysis);
        if (text.Length == 0)
            return null;
        var range = place is not null ? place.Span.Shift(slot.Start) : image is var (span, _) ? span
            : analysis.Findings(document.Manifest.Path).First(f => f.FileSpan.Touches(offset)).FileSpan;
        return new Hover(new MarkupContent("markdown", text.ToString().Trim()), positions.RangeOf(document.Text, range));
    }

    private static void AppendReasons(StringBuilder text, OpenDocument document, int offset, ManifestAnalysis analysis)
    {
        foreach (var finding in analysis.Findings(document.Manifest.Path).Where(f => f.FileSpan.Touches(offset)))
            text.Append($"\n\n**[{finding.Rule.Id}]({finding.Rule.HelpLink})** {finding.Rule.Reason}");
    }

    private static void AppendField(StringBuilder text, DialectSet set, TreeResource resource, ScalarNode scalar)
    {
        var head = Resources.HeadOf(resource.Root);
        var path = Resources.StepsOf(scalar, resource.Root);
        if (path.Count == 0 || set is not IDescribes dialect)
            return;
        var root = dialect.ShapeOf(head);
        var holder = root?.At(path.Take(path.Count - 1));
        var field = holder?.Fields?[path[^1]];
        var shape = root?.At(path);
        var name = path[^1] == "[]" && path.Count > 1 ? path[^2] : path[^1];
        if (shape is not null)
            text.Append($"**{name}**: {Describe.Type(shape)}{(field is not null && Describe.IsRequired(field) ? ", required" : "")}  "
                + $"\n{Describe.Facts(field, shape)}");
        if (holder is not null && FieldDescriptions.Of(holder, path[^1]) is { } description)
            text.Append($"\n\n{description}");
        if (dialect.EffectOf(head, path) is { } effect && DialectCatalogue.Of(resource.Id.Dialect) is IPlans plans)
            text.Append($"\n\n{Describe.Effect(effect, plans)}");
        var reference = (set as INames)?.ReferencesOf(resource).FirstOrDefault(r => r.Node == scalar);
        if (reference is not null)
        {
            var targets = ((INames)set).Find(reference.To).ToList();
            text.Append(targets.Count == 0 ? reference.IsOptional ? ""
                : $"\n\nNames the {reference.To.Type} `{reference.To.Name}`, which no file of this workspace defines."
                : $"\n\nNames the {reference.To.Type} `{reference.To.Name}` in {string.Join(", ", targets.Select(t => t.Manifest.Path))}.");
        }
    }
}
