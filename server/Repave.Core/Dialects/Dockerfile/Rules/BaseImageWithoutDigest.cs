using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>FROMs of images that are named by a tag.</summary>
public sealed class BaseImageWithoutDigest : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1087";

    /// <inheritdoc/>
    public override string Title => "Base image without a digest";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "A tag can be given to another image, and then the same file builds another one without a change here. "
        + "Name the digest behind the tag, and let a tool move it.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 SI-7", "NIST SP 800-53 CM-2", "NIST SP 800-190 4.1.5"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.docker.com/build/building/best-practices/#pin-base-image-versions"];

    /// <inheritdoc/>
    public override string Bad => """
        FROM alpine:3.20
        """;

    /// <inheritdoc/>
    public override string Good => """
        FROM alpine:3.20@sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d
        """;

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink) => Check(stage, KnownImages.None, sink);

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, KnownImages known, FindingSink sink)
    {
        foreach (var image in DockerfileImage.Of(stage).Where(i => i.Use == DockerfileImageUse.Base))
        {
            if (image.Name is { Length: > 0 } name && name != "scratch" && ImageReference.Parse(name).Digest is null)
                sink.Add(this, image.Span, $"The image '{name}' is named by a tag, which moves: add its digest.", stage,
                    fix: PinFix(image, known, sink));
        }
    }
}
