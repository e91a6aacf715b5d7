using Repave.Core.Model;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Hcl;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Bake;

/// <summary>What files in HCL name: variables, and targets that others inherit from or are given.</summary>
internal static class BakeNames
{
    private const int MaxShown = 200;

    // Texts that name targets.
    private static readonly string[] Targets = ["inherits", "targets"];

    /// <summary>The names that a resource uses.</summary>
    public static IEnumerable<Reference> Of(Resource resource)
    {
        if (resource.Slot.Document is not HclDocument document)
            yield break;
        var attributes = document.Body.Blocks.Where(block => block.Span.Start >= resource.Span.Start && block.Span.End <= resource.Span.End)
            .SelectMany(static block => block.Body.AllAttributes)
            .Concat(document.Body.Attributes.Where(attribute => attribute.Span == resource.Span));
        foreach (var attribute in attributes)
        {
            foreach (var variable in attribute.Value.All.OfType<HclTraversal>())
                yield return At(resource, variable.RootSpan, "variable", variable.Root);
            foreach (var text in Targets.Contains(attribute.Name) ? attribute.Value.All.OfType<HclTemplate>() : [])
            {
                if (text.Parts is [HclText { Value: var name } part])
                    yield return At(resource, part.Span, "target", name);
            }
        }
    }

    /// <summary>What a variable or a target is, in Markdown.</summary>
    public static string Describe(Resource named)
    {
        if (named is not BakeDeclaration { Value: { } value })
            return $"**{named.Id.Type} {named.Id.Name}**";
        var text = named.Slot.Document.Text.Substring(value.Span.Start, value.Span.Length).Replace("\r", "").Replace("\n", " ")
            .Replace('`', '\'');
        return Secrets.Of(named.Slot.Document).Touches(value.Span) ? $"**variable {named.Id.Name}**"
            : $"**variable {named.Id.Name}**  \ndefault `{(text.Length > MaxShown ? text.Substring(0, MaxShown) + "…" : text)}`";
    }

    private static Reference At(Resource resource, TextSpan span, string type, string name) => new(resource,
        new ExpressionNode(span, resource.Slot.Document.Text.Substring(span.Start, span.Length), []),
        new ResourceId(BakeDialect.DialectName, type, resource.Id.Namespace, name), false);
}
