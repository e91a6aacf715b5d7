using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Model;

/// <summary>One thing that a manifest defines.</summary>
/// <param name="id">What identifies it.</param>
/// <param name="manifest">The file that defines it.</param>
/// <param name="slot">The document that defines it.</param>
public abstract class Resource(ResourceId id, Manifest manifest, DocumentSlot slot)
{
    /// <summary>What identifies it.</summary>
    public ResourceId Id { get; } = id;

    /// <summary>The file that defines it.</summary>
    public Manifest Manifest { get; } = manifest;

    /// <summary>The document that defines it, and where in the file that begins.</summary>
    public DocumentSlot Slot { get; } = slot;

    /// <summary>Its definition with its name, in offsets of the document's text.</summary>
    public abstract TextSpan Span { get; }

    /// <summary>What to underline for the resource as a whole: its name, or else where it begins.</summary>
    public abstract TextSpan NameSpan { get; }

    /// <summary>Whether it defines types of other resources, so that those are validated with it.</summary>
    public virtual bool DefinesTypes => false;

    /// <summary>The same resource in a later state of its file, in which its document is the same and stands elsewhere.</summary>
    public abstract Resource In(Manifest later, DocumentSlot moved);
}
