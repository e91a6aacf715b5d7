using Repave.Core.Model;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Ansible;

/// <summary>The tasks or handlers of a role, in a file of their own.</summary>
public sealed class TaskFile : Resource
{
    /// <param name="id">What identifies it.</param>
    /// <param name="manifest">The file.</param>
    /// <param name="slot">The document.</param>
    internal TaskFile(ResourceId id, Manifest manifest, DocumentSlot slot)
        : base(id, manifest, slot)
    {
    }

    /// <summary>The tasks.</summary>
    public ListNode? Tasks => Slot.Document.Root as ListNode;

    /// <summary>Whether they are handlers.</summary>
    public bool AreHandlers => Id.Type == "handlers";

    /// <inheritdoc/>
    public override TextSpan Span => Tasks?.Span ?? default;

    /// <inheritdoc/>
    public override TextSpan NameSpan => Tasks?.Items.FirstOrDefault() is MapNode { Entries.Count: > 0 } first ? first.Entries[0].Key.Span
        : Span;

    /// <inheritdoc/>
    public override Resource In(Manifest later, DocumentSlot moved) => new TaskFile(Id, later, moved);
}
