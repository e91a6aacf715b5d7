using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Model;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Terraform.Plans;

/// <summary>An instance of a resource: the text of the resource under the instance's own address.</summary>
internal sealed class PlannedInstance(InstanceAddress address, TerraformItem item) : Resource(address.ToId(), item.Manifest, item.Slot)
{
    public InstanceAddress Address { get; } = address;

    public TerraformItem Item { get; } = item;

    /// <inheritdoc/>
    public override TextSpan Span => Item.Span;

    /// <inheritdoc/>
    public override TextSpan NameSpan => Item.NameSpan;

    /// <inheritdoc/>
    public override Resource In(Manifest later, DocumentSlot moved) => new PlannedInstance(Address, (TerraformItem)Item.In(later, moved));
}
