using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Model;

/// <summary>A resource that a tree defines.</summary>
/// <param name="id">What identifies it.</param>
/// <param name="manifest">The file that defines it.</param>
/// <param name="slot">The document that defines it.</param>
public abstract class TreeResource(ResourceId id, Manifest manifest, DocumentSlot slot) : Resource(id, manifest, slot)
{
    /// <summary>Its definition. Looked up in the document's tree each time, which may have been forgotten in between.</summary>
    public abstract MapNode Root { get; }

    /// <summary>Where its name is written, or else where it begins.</summary>
    public abstract Node NameNode { get; }

    /// <inheritdoc/>
    public override TextSpan Span
    {
        get
        {
            var (root, name) = (Root.Span, NameNode.Span);
            return new TextSpan(Math.Min(root.Start, name.Start), Math.Max(root.End, name.End));
        }
    }

    /// <inheritdoc/>
    public override TextSpan NameSpan => ShapeValidator.Underline(NameNode);
}
