using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax;

namespace Repave.Core.Dialects.Talos.Rules;

/// <summary>Images of a machine without a tag, or with one that moves by its meaning.</summary>
public sealed class MachineImageMoves : TalosRule
{
    private const string Image = "image";

    /// <inheritdoc/>
    public override string Id => "RPV1066";

    /// <inheritdoc/>
    public override string Title => "Machine's image whose tag moves";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "Without a tag, or with latest, a machine is installed with whatever the name meant that day, and two machines of one "
            + "configuration run two systems. Name a version, or a digest.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://www.talos.dev/latest/reference/configuration/v1alpha1/config/"];

    /// <inheritdoc/>
    public override string Bad => """
        version: v1alpha1
        machine:
          type: controlplane
          install:
            disk: /dev/sda
            image: ghcr.io/siderolabs/installer:latest
        """;

    /// <inheritdoc/>
    public override string Good => """
        version: v1alpha1
        machine:
          type: controlplane
          install:
            disk: /dev/sda
            image: ghcr.io/siderolabs/installer:v1.13.9
        """;

    /// <inheritdoc/>
    public override void Check(MachineConfigDocument document, FindingSink sink) => Check(document.Root, document, sink, 0);

    private void Check(Node node, MachineConfigDocument document, FindingSink sink, int depth)
    {
        if (depth > SyntaxLimits.Depth)
            return;
        foreach (var entry in (node as MapNode)?.AllEntries ?? [])
        {
            // What a static pod runs is an image like any other.
            if (entry.Name == Image && entry.Value.Resolved is ScalarNode { IsNull: false, Value: { Length: > 0 } name } image
                && name.IndexOf('$') < 0 && name.IndexOf('{') < 0 && ImageReference.Parse(name).IsMoving)
                sink.Add(this, document, image, ImageReference.Parse(name).Tag is null
                    ? $"'{name}' names no version, so it may be another image tomorrow: name one."
                    : $"'{name}' is another image whenever its maker publishes one: name a version.");
            else if (entry.Value.Resolved is { } value)
                Check(value, document, sink, depth + 1);
        }

        foreach (var item in (node as ListNode)?.ResolvedItems ?? [])
            Check(item, document, sink, depth + 1);
    }
}
