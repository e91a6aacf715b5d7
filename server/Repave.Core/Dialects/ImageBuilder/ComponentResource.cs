using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.ImageBuilder;

/// <summary>A component document in a file of its own.</summary>
public sealed class ComponentResource : TreeResource
{
    /// <param name="id">What identifies it.</param>
    /// <param name="manifest">The file.</param>
    /// <param name="slot">The document.</param>
    internal ComponentResource(ResourceId id, Manifest manifest, DocumentSlot slot)
        : base(id, manifest, slot)
    {
    }

    /// <inheritdoc/>
    public override MapNode Root => Slot.Document.Root as MapNode ?? new MapNode(default, NodeStyle.Flow);

    /// <inheritdoc/>
    public override Node NameNode => Root["name"] ?? Root.AllEntries.FirstOrDefault()?.Key ?? Root;

    /// <inheritdoc/>
    public override Resource In(Manifest later, DocumentSlot moved) => new ComponentResource(Id, later, moved);
}
