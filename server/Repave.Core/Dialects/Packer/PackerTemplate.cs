using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Packer;

/// <summary>A template in JSON.</summary>
public sealed class PackerTemplate : TreeResource
{
    /// <param name="id">What identifies it.</param>
    /// <param name="manifest">The file.</param>
    /// <param name="slot">The document.</param>
    internal PackerTemplate(ResourceId id, Manifest manifest, DocumentSlot slot)
        : base(id, manifest, slot)
    {
    }

    /// <inheritdoc/>
    public override MapNode Root => Slot.Document.Root as MapNode ?? new MapNode(default, NodeStyle.Flow);

    /// <inheritdoc/>
    public override Node NameNode => Root.Find("builders")?.Key ?? Root;

    /// <summary>The post-processors; several that follow one another stand in a list of their own.</summary>
    internal IEnumerable<Node> PostProcessors => Root.ItemsAt("post-processors")
        .SelectMany(static item => item is ListNode list ? list.ResolvedItems : [item]);

    /// <inheritdoc/>
    public override Resource In(Manifest later, DocumentSlot moved) => new PackerTemplate(Id, later, moved);
}
