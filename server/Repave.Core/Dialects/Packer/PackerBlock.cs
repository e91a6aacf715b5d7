using Repave.Core.Model;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Hcl;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Packer;

/// <summary>A block of a template's top level, in HCL.</summary>
public sealed class PackerBlock : Resource
{
    private PackerBlock(ResourceId id, Manifest manifest, DocumentSlot slot, HclBlock block)
        : base(id, manifest, slot) => Block = block;

    /// <summary>The block. Of an argument that stands where only blocks may, an empty one.</summary>
    public HclBlock Block { get; }

    /// <summary>Whether it is an argument, where only blocks may stand.</summary>
    public bool IsArgument => Block.Span.Length > 0 && Block.TypeSpan == Block.Span;

    /// <inheritdoc/>
    public override TextSpan Span => Block.Span;

    /// <inheritdoc/>
    public override TextSpan NameSpan => Block.Labels.Count > 0 ? Block.Labels[Block.Labels.Count - 1].Inner : Block.TypeSpan;

    /// <inheritdoc/>
    public override Resource In(Manifest later, DocumentSlot moved) => new PackerBlock(Id, later, moved, Block);

    /// <summary>The blocks and arguments of a document.</summary>
    internal static IReadOnlyList<Resource> Of(Manifest manifest, DocumentSlot slot, HclBody body) =>
    [
        .. body.Blocks.Select(block => new PackerBlock(PackerDialect.IdOf(manifest, block.Type, NameOf(block)), manifest, slot, block)),
        .. body.Attributes.Select(attribute => new PackerBlock(PackerDialect.IdOf(manifest, "argument", attribute.Name), manifest, slot,
            new HclBlock(attribute.Name, attribute.NameSpan, [], new HclBody(default, [], []), attribute.NameSpan))),
        .. body.Blocks.Where(static block => block is { Type: "variables" or "locals", Labels.Count: 0 }).SelectMany(block =>
            block.Body.Attributes.Select(attribute => new PackerLocal(PackerDialect.IdOf(manifest,
                block.Type == "variables" ? "variable" : "local", attribute.Name), manifest, slot, attribute))),
    ];

    private static string NameOf(HclBlock block) => block.Labels.Count > 0
        ? string.Join(".", block.Labels.Select(label => label.Text)) : block.Body["name"]?.Text ?? "";
}
