using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Ansible;

/// <summary>A play: what is done on which hosts.</summary>
public sealed class Play : TreeResource
{
    private readonly int _index;

    /// <param name="id">What identifies it.</param>
    /// <param name="manifest">The playbook.</param>
    /// <param name="slot">The document.</param>
    /// <param name="index">Its place in the playbook.</param>
    internal Play(ResourceId id, Manifest manifest, DocumentSlot slot, int index)
        : base(id, manifest, slot) => _index = index;

    /// <inheritdoc/>
    public override MapNode Root => (Slot.Document.Root as ListNode)?.ResolvedItems.ElementAtOrDefault(_index) as MapNode
        ?? new MapNode(default, NodeStyle.Flow);

    /// <inheritdoc/>
    public override Node NameNode => Root["name"] ?? Root["hosts"] ?? Root.AllEntries.FirstOrDefault()?.Key ?? Root;

    /// <summary>Whether it brings in another playbook.</summary>
    public bool IsImport => AnsibleDialect.IsImport(Root);

    /// <inheritdoc/>
    public override Resource In(Manifest later, DocumentSlot moved) => new Play(Id, later, moved, _index);
}
