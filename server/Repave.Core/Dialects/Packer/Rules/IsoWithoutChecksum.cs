using Repave.Core.Rules;

namespace Repave.Core.Dialects.Packer.Rules;

/// <summary>Installation media that nothing checks.</summary>
public sealed class IsoWithoutChecksum : PackerRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1096";

    /// <inheritdoc/>
    public override string Title => "Installation medium without a checksum";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "With 'none' for a checksum the image is made from whatever the address gives that day, and nobody notices when it is another one. "
            + "Write the checksum of the medium, or 'file:' and the address of its publisher's list.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://developer.hashicorp.com/packer/integrations/hashicorp/qemu/latest/components/builder/qemu"];

    /// <inheritdoc/>
    public override string Bad => """
        source "qemu" "base" {
          iso_url      = "https://example.com/debian-12.8.iso"
          iso_checksum = "none"
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        source "qemu" "base" {
          iso_url      = "https://example.com/debian-12.8.iso"
          iso_checksum = "sha256:04396d12b0f377958a070c38a923c227832fa3b3e18ddc013936ecf492e9fbb3"
        }
        """;

    /// <inheritdoc/>
    public override void Check(PackerPart part, FindingSink sink)
    {
        if (part.Kind != PackerPartKind.Source)
            return;
        // A medium on this machine is as it was put there.
        var isFetched = part.ValuesOf("iso_url").Concat(part.ValuesOf("iso_urls"))
            .Any(static url => url.Text is null
                || (url.Text.Contains("://", StringComparison.Ordinal) && !url.Text.StartsWith("file:", StringComparison.Ordinal)));
        foreach (var value in isFetched ? part.ValuesOf("iso_checksum").Concat(part.ValuesOf("iso_checksum_type")) : [])
        {
            if (value.Text == "none")
                sink.Add(this, value.Span, "Nothing notices when this medium is another one: write its checksum.", part.Resource);
        }
    }
}
