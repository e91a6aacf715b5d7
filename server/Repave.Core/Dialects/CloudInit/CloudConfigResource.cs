using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudInit;

/// <summary>A cloud-config: what a host does at its first boot. It has no name but its file's.</summary>
public sealed class CloudConfigResource : TreeResource
{
    /// <param name="id">What identifies it.</param>
    /// <param name="manifest">The file.</param>
    /// <param name="slot">The document.</param>
    internal CloudConfigResource(ResourceId id, Manifest manifest, DocumentSlot slot)
        : base(id, manifest, slot)
    {
    }

    /// <inheritdoc/>
    public override MapNode Root => Slot.Document.Root as MapNode ?? new MapNode(default, NodeStyle.Flow);

    /// <inheritdoc/>
    public override Node NameNode => Root.AllEntries.FirstOrDefault()?.Key ?? Root;

    /// <inheritdoc/>
    public override Resource In(Manifest later, DocumentSlot moved) => new CloudConfigResource(Id, later, moved);
}
