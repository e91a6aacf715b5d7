using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.CloudFormation;

/// <summary>A resource of a template. Its namespace is the template, for logical ids are unique in one template only.</summary>
public sealed class CloudFormationResource : TreeResource
{
    private readonly Template? _template;

    /// <param name="id">What identifies it.</param>
    /// <param name="manifest">The file.</param>
    /// <param name="slot">The document.</param>
    /// <param name="isFirst">Whether it is the first of its template.</param>
    /// <param name="template">The template that it is in where that is not as written: what transforms made of it.</param>
    internal CloudFormationResource(ResourceId id, Manifest manifest, DocumentSlot slot, bool isFirst, Template? template = null)
        : base(id, manifest, slot) => (IsFirst, _template) = (isFirst, template);

    /// <summary>The resource type (<c>AWS::SQS::Queue</c>); empty if it is missing.</summary>
    public string Type => Id.Type;

    /// <summary>Whether it is the first of its template.</summary>
    public bool IsFirst { get; }

    /// <inheritdoc/>
    public override MapNode Root => (MapNode)Entry.Value.Resolved!;

    /// <inheritdoc/>
    public override Node NameNode => Entry.Key;

    /// <summary>Its properties; null if it has none.</summary>
    public MapNode? Properties => Root["Properties"] as MapNode;

    /// <summary>The template that it is in.</summary>
    internal Template Template => _template ?? Template.Of(Slot.Document);

    private MapEntry Entry => Template.Resources[Id.Name];

    /// <inheritdoc/>
    public override Resource In(Manifest later, DocumentSlot moved) => new CloudFormationResource(Id, later, moved, IsFirst);
}
