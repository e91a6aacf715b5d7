using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Compose;

/// <summary>A service, network, volume, secret or config that a Compose file defines. Its namespace is the folder of its project.</summary>
public sealed class ComposeResource : TreeResource
{
    private readonly string _section;

    /// <param name="id">What identifies it.</param>
    /// <param name="manifest">The file.</param>
    /// <param name="slot">The document.</param>
    /// <param name="section">The section that it stands in.</param>
    /// <param name="isFirst">Whether it is the first of its document.</param>
    internal ComposeResource(ResourceId id, Manifest manifest, DocumentSlot slot, string section, bool isFirst)
        : base(id, manifest, slot) => (_section, IsFirst) = (section, isFirst);

    /// <summary>Whether it is the first of its document.</summary>
    public bool IsFirst { get; }

    /// <inheritdoc/>
    public override MapNode Root => Entry?.Value.Resolved as MapNode ?? new MapNode(Entry?.Value.Span ?? default, NodeStyle.Flow);

    /// <inheritdoc/>
    public override Node NameNode => Entry?.Key ?? Slot.Document.Root!;

    /// <summary>Whether it is a service.</summary>
    public bool IsService => Id.Type == "service";

    /// <summary>The whole document.</summary>
    internal MapNode? Document => Slot.Document.Root as MapNode;

    private MapEntry? Entry => (Slot.Document.Root?[_section] as MapNode)?.Find(Id.Name);

    /// <inheritdoc/>
    public override Resource In(Manifest later, DocumentSlot moved) => new ComposeResource(Id, later, moved, _section, IsFirst);
}
