using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects.CloudFormation;

/// <summary>What a place in a template names.</summary>
internal enum ReferenceKind
{
    /// <summary>A resource or parameter, or a pseudo parameter.</summary>
    Ref,

    /// <summary>An attribute of a resource.</summary>
    GetAtt,

    /// <summary>A condition.</summary>
    Condition,

    /// <summary>A mapping.</summary>
    Mapping,

    /// <summary>A resource that must be there first.</summary>
    DependsOn,
}

/// <summary>A place in a template that names something in it.</summary>
/// <param name="Kind">What is named.</param>
/// <param name="Name">Its name.</param>
/// <param name="Attribute">The attribute that is asked for; null if none, or if it is computed.</param>
/// <param name="Node">The node in which it stands.</param>
/// <param name="Span">Where the name stands, in offsets of the document's text.</param>
internal sealed record TemplateReference(ReferenceKind Kind, string Name, string? Attribute, Node Node, TextSpan Span)
{
    private const int MaxDepth = 100;

    /// <summary>Everything that a node and what is below it name.</summary>
    /// <param name="node">The node.</param>
    /// <param name="text">The document's text.</param>
    public static IEnumerable<TemplateReference> In(Node? node, string text)
    {
        var found = new List<TemplateReference>();
        Walk(node, text, found, 0);
        return found;
    }

    /// <summary>The variables of a text for <c>Fn::Sub</c> (<c>${Name}</c>, not <c>${!Literal}</c>), with their places in it.</summary>
    public static IEnumerable<(string Name, int Start)> VariablesOf(string text)
    {
        var end = -1;
        for (int at = text.IndexOf("${", StringComparison.Ordinal), next; at >= 0; at = next)
        {
            next = text.IndexOf("${", at + 2, StringComparison.Ordinal);
            if (end < at)
                end = text.IndexOf('}', at);
            if (end < 0)
                yield break;
            // One that does not close before another begins names nothing.
            if (next >= 0 && next < end)
                continue;
            var name = text.Substring(at + 2, end - at - 2).Trim();
            if (name.Length > 0 && name[0] != '!')
                yield return (name, at);
        }
    }

    private static void Walk(Node? node, string text, List<TemplateReference> found, int depth)
    {
        if (node?.Resolved is not { } value || depth > MaxDepth)
            return;
        if (Intrinsic.Of(value) is { } function)
        {
            Read(function, text, found, depth);
            return;
        }

        Below(value, text, found, depth);
    }

    private static void Below(Node value, string text, List<TemplateReference> found, int depth)
    {
        foreach (var held in Intrinsic.Below(value))
            Walk(held, text, found, depth + 1);
    }

    private static void Read(Intrinsic function, string text, List<TemplateReference> found, int depth)
    {
        if (function.Inner is not null)
        {
            Walk(function.Argument, text, found, depth + 1);
            return;
        }

        switch (function.Name)
        {
            case "Ref" when function.Argument is ScalarNode name:
                found.Add(new TemplateReference(ReferenceKind.Ref, name.Value, null, name, Shapes.ShapeValidator.Underline(name)));
                break;
            case "Condition" when function.Argument is ScalarNode name:
                found.Add(new TemplateReference(ReferenceKind.Condition, name.Value, null, name, Shapes.ShapeValidator.Underline(name)));
                break;
            case "Fn::GetAtt" when function.Argument is ScalarNode name:
                var dot = name.Value.IndexOf('.');
                found.Add(new TemplateReference(ReferenceKind.GetAtt, dot < 0 ? name.Value : name.Value.Substring(0, dot),
                    dot < 0 ? null : name.Value.Substring(dot + 1), name, Shapes.ShapeValidator.Underline(name)));
                break;
            case "Fn::GetAtt" when function.Items is [ScalarNode { Tag: null } name, ..]:
                // A list may say a nested attribute in several items.
                var rest = function.Items.Skip(1).ToList();
                var attribute =
                    rest.All(r => r is ScalarNode { Tag: null }) ? string.Join(".", rest.Cast<ScalarNode>().Select(r => r.Value)) : null;
                found.Add(new TemplateReference(ReferenceKind.GetAtt, name.Value, attribute, name, Shapes.ShapeValidator.Underline(name)));
                Below(function.Argument, text, found, depth);
                break;
            case "Fn::Sub":
                ReadSub(function, text, found, depth);
                break;
            case "Fn::If" when function.Items is [ScalarNode name, ..]:
                found.Add(new TemplateReference(ReferenceKind.Condition, name.Value, null, name, Shapes.ShapeValidator.Underline(name)));
                Below(function.Argument, text, found, depth);
                break;
            case "Fn::FindInMap" when function.Items is [ScalarNode { Tag: null } name, ..]:
                found.Add(new TemplateReference(ReferenceKind.Mapping, name.Value, null, name, Shapes.ShapeValidator.Underline(name)));
                Below(function.Argument, text, found, depth);
                break;
            case "Fn::Transform":
                break;
            default:
                // A short form whose argument is the tagged node: what is below it, for the node itself would be the same function again.
                if (!function.IsShort)
                    Walk(function.Argument, text, found, depth + 1);
                else
                    Below(function.Argument, text, found, depth);
                break;
        }
    }

    private static void ReadSub(Intrinsic function, string text, List<TemplateReference> found, int depth)
    {
        var items = function.Argument is ListNode ? function.Items : [function.Argument];
        var own = items.Count > 1 ? items[1] as MapNode : null;
        if (own is not null)
            Below(own, text, found, depth);
        if (items.Count == 0 || items[0] is not ScalarNode scalar)
            return;
        var from = scalar.Span.Start;
        foreach (var (name, _) in VariablesOf(scalar.Value))
        {
            // Where escapes or folding hide it, the whole text is the place.
            var at = text.IndexOf("${" + name, Math.Min(from, text.Length), Math.Max(0, Math.Min(scalar.Span.End, text.Length) - from),
                StringComparison.Ordinal);
            var span = at >= 0 && at < scalar.Span.End ? new TextSpan(at + 2, at + 2 + name.Length)
                : Shapes.ShapeValidator.Underline(scalar);
            from = at >= 0 && at < scalar.Span.End ? at + 2 : from;
            if (own?.Find(name) is not null)
                continue;
            var dot = name.IndexOf('.');
            found.Add(dot < 0
                ? new TemplateReference(ReferenceKind.Ref, name, null, scalar, span)
                : new TemplateReference(ReferenceKind.GetAtt, name.Substring(0, dot), name.Substring(dot + 1), scalar, span));
        }
    }
}
