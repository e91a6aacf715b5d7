using Repave.Core.Model;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Hcl;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Packer;

/// <summary>What a part of a template is.</summary>
public enum PackerPartKind
{
    /// <summary>What an image is made from: a source, or a builder.</summary>
    Source,

    /// <summary>What changes the machine that becomes the image.</summary>
    Provisioner,
}

/// <summary>A text in a part.</summary>
/// <param name="Name">The argument's name.</param>
/// <param name="Text">The text; null where it is computed.</param>
/// <param name="Span">Where it stands.</param>
public sealed record PackerValue(string Name, string? Text, TextSpan Span);

/// <summary>A source or a provisioner, whatever language it is written in.</summary>
/// <param name="Kind">Which of them.</param>
/// <param name="Type">Its type (<c>amazon-ebs</c>, <c>shell</c>).</param>
/// <param name="Resource">What it belongs to.</param>
/// <param name="Values">The texts, numbers and words in it, those of lists and of what it holds among them.</param>
public sealed record PackerPart(PackerPartKind Kind, string Type, Resource Resource, IReadOnlyList<PackerValue> Values)
{
    /// <summary>The values of an argument.</summary>
    public IEnumerable<PackerValue> ValuesOf(string name) => Values.Where(value => value.Name == name);

    /// <summary>The parts of a resource.</summary>
    public static IEnumerable<PackerPart> Of(Resource resource) => resource switch
    {
        PackerBlock { Block: { Type: "source" } source } => [OfBlock(PackerPartKind.Source, source, resource)],
        PackerBlock { Block: { Type: "build" } build } => build.Body.Blocks
            .Where(block => block.Type is "provisioner" or "error-cleanup-provisioner")
            .Select(block => OfBlock(PackerPartKind.Provisioner, block, resource)),
        PackerTemplate template => template.Root.ItemsAt("builders").Select(node => OfNode(PackerPartKind.Source, node, resource))
            .Concat(template.Root.ItemsAt("provisioners").Select(node => OfNode(PackerPartKind.Provisioner, node, resource))),
        _ => [],
    };

    private static PackerPart OfBlock(PackerPartKind kind, HclBlock block, Resource resource) =>
        new(kind, block.Label(0) ?? "", resource,
            [.. block.Body.AllAttributes.SelectMany(static attribute => ValuesIn(attribute.Name, attribute.Value))]);

    private static IEnumerable<PackerValue> ValuesIn(string name, HclExpression expression) => expression switch
    {
        HclTuple tuple => tuple.Items.SelectMany(item => ValuesIn(name, item)),
        HclObject map => map.Entries.SelectMany(entry => ValuesIn(entry.Name ?? name, entry.Value)),
        HclLiteral literal => [new PackerValue(name, literal.Written, literal.Span)],
        // What Packer's own templates compute is unknown too.
        _ => [new PackerValue(name, expression.Text is { } text && !text.Contains("{{", StringComparison.Ordinal) ? text : null,
            expression.Span)],
    };

    private static PackerPart OfNode(PackerPartKind kind, Node node, Resource resource) =>
        new(kind, node.TextAt("type") ?? "", resource, [.. ValuesIn("", node)]);

    private static IEnumerable<PackerValue> ValuesIn(string name, Node node) => node.Resolved switch
    {
        MapNode map => map.AllEntries.SelectMany(entry => ValuesIn(entry.Name ?? name, entry.Value)),
        ListNode list => list.ResolvedItems.SelectMany(item => ValuesIn(name, item)),
        ScalarNode { IsNull: false } scalar =>
            [new PackerValue(name, scalar.Value.Contains("{{", StringComparison.Ordinal) ? null : scalar.Value, scalar.Span)],
        _ => [],
    };
}
