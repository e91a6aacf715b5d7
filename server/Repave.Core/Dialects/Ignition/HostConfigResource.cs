using Repave.Core.Model;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Ignition;

/// <summary>A config of Ignition, or one of Butane, which becomes one: what a host is made into before its first boot. It has no name
/// but its file's.</summary>
public sealed class HostConfigResource : TreeResource
{
    /// <param name="id">What identifies it.</param>
    /// <param name="manifest">The file.</param>
    /// <param name="slot">The document.</param>
    internal HostConfigResource(ResourceId id, Manifest manifest, DocumentSlot slot)
        : base(id, manifest, slot)
    {
    }

    /// <summary>Whether Butane makes Ignition's config of it.</summary>
    public bool IsButane => Id.Type == IgnitionDialect.Butane;

    /// <inheritdoc/>
    public override MapNode Root => Slot.Document.Root as MapNode ?? new MapNode(default, NodeStyle.Flow);

    /// <inheritdoc/>
    public override Node NameNode => VersionNode ?? Root.AllEntries.FirstOrDefault()?.Key ?? Root;

    /// <summary>Where its version is written; null where it is not.</summary>
    public ScalarNode? VersionNode => IsButane ? Root.ScalarAt("version") : Root["ignition"]?.ScalarAt("version");

    /// <inheritdoc/>
    public override Resource In(Manifest later, DocumentSlot moved) => new HostConfigResource(Id, later, moved);
}
