using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Talos;

/// <summary>A document of a machine configuration.</summary>
public sealed class MachineConfigDocument : TreeResource
{
    /// <param name="id">What identifies it.</param>
    /// <param name="manifest">The file.</param>
    /// <param name="slot">The document.</param>
    internal MachineConfigDocument(ResourceId id, Manifest manifest, DocumentSlot slot)
        : base(id, manifest, slot)
    {
    }

    /// <summary>Whether it is the one with machine and cluster.</summary>
    public bool IsMachine => Id.Type == TalosShapes.Config;

    /// <inheritdoc/>
    public override MapNode Root => Slot.Document.Root as MapNode ?? new MapNode(default, NodeStyle.Flow);

    /// <inheritdoc/>
    public override Node NameNode => Root["name"] ?? Root["kind"] ?? Root["version"] ?? Root;

    /// <inheritdoc/>
    public override Resource In(Manifest later, DocumentSlot moved) => new MachineConfigDocument(Id, later, moved);
}
