using Repave.Core.Rules;

namespace Repave.Core.Dialects.Packer.Rules;

/// <summary>Sources that are looked up on the day of the build.</summary>
public sealed class MostRecentSource : PackerRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1098";

    /// <inheritdoc/>
    public override string Title => "Image made from whatever is newest";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "The same template makes another image when its base has a newer one, and an image cannot be made a second time. "
            + "Name the base, and let a bot raise it where one should see what changes.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://developer.hashicorp.com/packer/integrations/hashicorp/amazon/latest/components/builder/ebs"];

    /// <inheritdoc/>
    public override string Bad => """
        source "amazon-ebs" "base" {
          source_ami_filter {
            filters     = { name = "debian-12-amd64-*" }
            owners      = ["136693071363"]
            most_recent = true
          }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        source "amazon-ebs" "base" {
          source_ami = "ami-0123456789abcdef0"
        }
        """;

    /// <inheritdoc/>
    public override void Check(PackerPart part, FindingSink sink)
    {
        if (part.Kind != PackerPartKind.Source)
            return;
        foreach (var value in part.ValuesOf("most_recent").Where(static value => value.Text == "true"))
            sink.Add(this, value.Span, "The image is made from whatever is newest on the day of the build: name its base.", part.Resource);
        foreach (var image in part.Type == "docker" ? part.ValuesOf("image") : [])
        {
            if (image.Text is { Length: > 0 } name && name.IndexOf('@') < 0
                && (name.IndexOf(':', name.LastIndexOf('/') + 1) < 0 || name.EndsWith(":latest", StringComparison.Ordinal)))
                sink.Add(this, image.Span, "The image is made from whatever is newest on the day of the build: name a version of its base.",
                    part.Resource);
        }
    }
}
