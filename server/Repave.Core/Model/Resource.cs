using Repave.Core.Text;
using Repave.Core.Syntax;

namespace Repave.Core.Model;

/// <summary>One thing that a manifest defines.</summary>
/// <param name="id">What identifies it.</param>
/// <param name="manifest">The file that defines it.</param>
/// <param name="slot">The document that defines it.</param>
/// <param name="item">Its place in a list document, counting what an alias stands for; -1 if it is the document itself.</param>
public class Resource(ResourceId id, Manifest manifest, DocumentSlot slot, int item)
{
    /// <summary>What identifies it.</summary>
    public ResourceId Id { get; } = id;

    /// <summary>The file that defines it.</summary>
    public Manifest Manifest { get; } = manifest;

    /// <summary>The document that defines it, and where in the file that begins.</summary>
    public DocumentSlot Slot { get; } = slot;

    /// <summary>Its place in a list document; -1 if it is the document itself.</summary>
    protected int Item { get; } = item;

    /// <summary>Its definition; the document's root, or an item of a list document. Looked up in the document's tree each time, which may have
    /// been forgotten in between.</summary>
    public virtual MapNode Root => Item < 0 ? (MapNode)Slot.Document.Root! : (MapNode)Slot.Document.Root!.ItemsAt("items").ElementAt(Item);

    /// <summary>Where its name is written, or else where it begins: what to underline for the resource as a whole.</summary>
    public virtual Node NameNode => Root;

    /// <summary>Its definition with its name, in offsets of the document's text.</summary>
    public TextSpan Span => new(Math.Min(Root.Span.Start, NameNode.Span.Start), Math.Max(Root.Span.End, NameNode.Span.End));

    /// <summary>Whether it defines types of other resources, so that those are validated with it.</summary>
    public virtual bool DefinesTypes => false;

    /// <summary>The same resource in a later state of its file, in which its document is the same and stands elsewhere.</summary>
    public virtual Resource In(Manifest later, DocumentSlot moved) => new(Id, later, moved, Item);
}
