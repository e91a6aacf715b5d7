using Repave.Core.Model;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Hcl;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Packer;

/// <summary>A variable or a local that a block declares with others (<c>variables</c>, <c>locals</c>).</summary>
public sealed class PackerLocal : Resource
{
    /// <param name="id">What identifies it.</param>
    /// <param name="manifest">The file.</param>
    /// <param name="slot">The document.</param>
    /// <param name="attribute">Its name and value.</param>
    internal PackerLocal(ResourceId id, Manifest manifest, DocumentSlot slot, HclAttribute attribute)
        : base(id, manifest, slot) => Attribute = attribute;

    /// <summary>Its name and value.</summary>
    public HclAttribute Attribute { get; }

    /// <inheritdoc/>
    public override TextSpan Span => Attribute.Span;

    /// <inheritdoc/>
    public override TextSpan NameSpan => Attribute.NameSpan;

    /// <inheritdoc/>
    public override Resource In(Manifest later, DocumentSlot moved) => new PackerLocal(Id, later, moved, Attribute);
}
