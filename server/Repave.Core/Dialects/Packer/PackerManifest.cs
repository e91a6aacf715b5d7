using Repave.Core.Model;
using Repave.Core.Syntax;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Packer;

/// <summary>What the post-processor <c>manifest</c> writes: the images that builds made, with the ids that they got.</summary>
public sealed class PackerManifest : TreeResource
{
    /// <summary>A key that nothing else has at its root.</summary>
    internal const string Mark = "last_run_uuid";

    /// <param name="id">What identifies it.</param>
    /// <param name="manifest">The file.</param>
    /// <param name="slot">The document.</param>
    internal PackerManifest(ResourceId id, Manifest manifest, DocumentSlot slot)
        : base(id, manifest, slot)
    {
    }

    /// <inheritdoc/>
    public override MapNode Root => Slot.Document.Root as MapNode ?? new MapNode(default, NodeStyle.Flow);

    /// <inheritdoc/>
    public override Node NameNode => Root.Find("builds")?.Key ?? Root;

    /// <summary>The ids of machine images in AWS that builds got, with the place of each build's.</summary>
    internal IEnumerable<(TextSpan Span, string Id)> Images => Root.ItemsAt("builds").Select(static build => build["artifact_id"])
        .OfType<ScalarNode>()
        // region:id,region:id
        .SelectMany(static artifact => artifact.Value.Split(',').Select(static one => one.Substring(one.IndexOf(':') + 1))
            .Where(static id => id.StartsWith("ami-", StringComparison.Ordinal)).Select(id => (artifact.Span, id)));

    /// <inheritdoc/>
    public override Resource In(Manifest later, DocumentSlot moved) => new PackerManifest(Id, later, moved);
}
