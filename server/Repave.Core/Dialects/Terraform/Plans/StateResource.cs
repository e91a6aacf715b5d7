using Repave.Core.Model;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Terraform.Plans;

/// <summary>An instance that stands in a state.</summary>
internal sealed class StateResource(InstanceAddress address, Manifest manifest, DocumentSlot slot) : Resource(address.ToId(), manifest,
    slot)
{
    public InstanceAddress Address { get; } = address;

    /// <inheritdoc/>
    public override TextSpan Span => new(0, 0);

    /// <inheritdoc/>
    public override TextSpan NameSpan => new(0, 0);

    /// <inheritdoc/>
    public override Resource In(Manifest later, DocumentSlot moved) => new StateResource(Address, later, moved);

    /// <summary>The managed instances of a document that is a state; null for others.</summary>
    public static IReadOnlyList<Resource>? In(DocumentSlot slot, Manifest manifest) => TerraformState.Of(slot.Document) is { } state
        ? [.. state.Instances.Values.Where(i => !i.Address.IsData).Select(i => new StateResource(i.Address, manifest, slot))] : null;
}
