using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation.Plans;

/// <summary>An output of a template, which other stacks may import.</summary>
internal sealed class StackOutput : TreeResource
{
    /// <summary>The section, which stands for a type.</summary>
    public const string Section = "Outputs";

    private StackOutput(ResourceId id, Manifest manifest, DocumentSlot slot) : base(id, manifest, slot)
    {
    }

    /// <inheritdoc/>
    public override MapNode Root => (MapNode)Entry.Value.Resolved!;

    /// <inheritdoc/>
    public override Node NameNode => Entry.Key;

    private MapEntry Entry => Template.Of(Slot.Document).Outputs[Id.Name];

    /// <summary>An output of the template that a resource stands in; null if it is not written there.</summary>
    public static StackOutput? Of(CloudFormationResource any, string name) =>
        Template.Of(any.Slot.Document).Outputs.TryGetValue(name, out var entry) && entry.Value.Resolved is MapNode
            ? new StackOutput(new ResourceId(CloudFormationDialect.DialectName, Section, any.Id.Namespace, name), any.Manifest, any.Slot)
            : null;

    /// <inheritdoc/>
    public override Resource In(Manifest later, DocumentSlot moved) => new StackOutput(Id, later, moved);
}
