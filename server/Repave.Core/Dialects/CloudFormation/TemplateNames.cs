using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects.CloudFormation;

/// <summary>Where the names of a template's resources, parameters, conditions and mappings stand.</summary>
internal static class TemplateNames
{
    /// <summary>Every place of the name at an offset, its definition first; none if no name stands there that the
    /// template defines.</summary>
    public static IReadOnlyList<LocalName> At(Template template, int offset)
    {
        var places = All(template).ToList();
        var hit = places.FirstOrDefault(p => p.Span.Touches(offset));
        if (hit.Name is null || !places.Exists(p => p.IsDefinition && p.Space == hit.Space && p.Name == hit.Name))
            return [];
        return [.. places.Where(p => p.Space == hit.Space && p.Name == hit.Name).OrderByDescending(p => p.IsDefinition)
            .ThenBy(p => p.Span.Start).Select(p => new LocalName(p.Span, p.IsDefinition)).Distinct()];
    }

    // Resources and parameters share a space of names, conditions and mappings have their own.
    private static IEnumerable<(char Space, string? Name, TextSpan Span, bool IsDefinition)> All(Template template)
    {
        foreach (var (space, section) in ((char, IReadOnlyDictionary<string, MapEntry>)[])[('r', template.Resources),
            ('r', template.Parameters), ('c', template.Conditions), ('m', template.Mappings)])
        {
            foreach (var entry in section)
                yield return (space, entry.Key, Inner(entry.Value.Key, entry.Key, template.Document.Text), true);
        }

        foreach (var reference in template.References)
        {
            var space = reference.Kind switch { ReferenceKind.Condition => 'c', ReferenceKind.Mapping => 'm', _ => 'r' };
            yield return (space, reference.Name, reference.Span.Length == reference.Name.Length ? reference.Span
                : Inner(reference.Node, reference.Name, template.Document.Text), false);
        }
    }

    // The name itself, without tag, quotes and attribute.
    private static TextSpan Inner(Node node, string name, string text)
    {
        var at = text.IndexOf(name, Math.Min(node.Span.Start, text.Length), StringComparison.Ordinal);
        // A tag before the scalar may hold the name's letters.
        var tag = text.IndexOf(' ', node.Span.Start);
        if (node.Span.Start < text.Length && text[node.Span.Start] == '!' && tag >= 0 && at < tag)
            at = text.IndexOf(name, tag, StringComparison.Ordinal);
        return at >= 0 && at + name.Length <= node.Span.End ? new TextSpan(at, at + name.Length) : node.Span;
    }
}
