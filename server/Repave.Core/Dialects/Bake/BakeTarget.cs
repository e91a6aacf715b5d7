using Repave.Core.Model;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Hcl;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Bake;

/// <summary>A target: one build, with its context, its Dockerfile and the names of its image.</summary>
public sealed class BakeTarget : Resource
{
    private static readonly string[] Fields = ["context", "dockerfile", "dockerfile-inline", "target", "tags", "inherits", "matrix"];

    private BakeTarget(ResourceId id, Manifest manifest, DocumentSlot slot, TextSpan span, TextSpan nameSpan,
        IReadOnlyDictionary<string, BakeValue> values)
        : base(id, manifest, slot) => (Span, NameSpan, Values) = (span, nameSpan, values);

    /// <inheritdoc/>
    public override TextSpan Span { get; }

    /// <inheritdoc/>
    public override TextSpan NameSpan { get; }

    /// <summary>Its fields that are asked for here.</summary>
    internal IReadOnlyDictionary<string, BakeValue> Values { get; }

    /// <summary>The targets of a document; null if it is none of such a file.</summary>
    public static IReadOnlyList<BakeTarget>? ReadFrom(Manifest manifest, DocumentSlot slot)
    {
        if (slot.Document is HclDocument document)
        {
            var targets = new List<BakeTarget>();
            BakeVariables? variables = null;
            foreach (var block in document.Body.BlocksOf("target"))
            {
                if (block.Labels is not [{ Text.Length: > 0 } label, ..])
                    continue;
                variables ??= BakeVariables.Of(manifest);
                var values = new Dictionary<string, BakeValue>(StringComparer.Ordinal);
                foreach (var field in Fields)
                {
                    if (block.Body[field] is { } expression)
                        values[field] = new BakeValue(expression.Span, variables.TextsOf(expression));
                }

                targets.Add(new BakeTarget(IdOf(manifest, label.Text), manifest, slot, block.Span, label.Inner, values));
            }

            return targets;
        }

        if (slot.Document.Root is not MapNode root)
            return null;
        return [.. ((root["target"] as MapNode)?.AllEntries ?? []).Where(e => e.Name is { Length: > 0 })
            .Select(e => OfNode(e.Name!, e.Key, e.Value.Resolved as MapNode, manifest, slot))];
    }

    /// <inheritdoc/>
    public override Resource In(Manifest later, DocumentSlot moved) => new BakeTarget(Id, later, moved, Span, NameSpan, Values);

    private static BakeTarget OfNode(string name, Node key, MapNode? node, Manifest manifest, DocumentSlot slot)
    {
        var values = new Dictionary<string, BakeValue>(StringComparer.Ordinal);
        foreach (var field in node is null ? [] : Fields)
        {
            // In JSON a text may have expressions too.
            if (node![field]?.Resolved is { } value)
                values[field] = new BakeValue(value.Span, [.. (value is ListNode list ? list.ResolvedItems : [value]).OfType<ScalarNode>()
                    .Where(s => !s.IsNull).Select(s => s.Value.IndexOf("${", StringComparison.Ordinal) is var at and >= 0
                        ? s.Value.Substring(0, at) + BakeValue.Unknown : s.Value)]);
        }

        var inner = Shapes.ShapeValidator.Underline(key);
        return new BakeTarget(IdOf(manifest, name), manifest, slot, new TextSpan(key.Span.Start, node?.Span.End ?? key.Span.End), inner,
            values);
    }

    private static ResourceId IdOf(Manifest manifest, string name) =>
        new(BakeDialect.DialectName, "target", manifest.Folder, name);
}
