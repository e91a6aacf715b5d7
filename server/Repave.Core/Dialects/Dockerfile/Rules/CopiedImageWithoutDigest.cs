using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>COPY --from and mounts from images that are named by a tag.</summary>
public sealed class CopiedImageWithoutDigest : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1086";

    /// <inheritdoc/>
    public override string Title => "Files copied from an image without a digest";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "A tag can be given to another image, and then other files come into this one without a change here. Name "
        + "the digest behind the tag.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 SI-7", "NIST SP 800-53 CM-2", "NIST SP 800-190 4.1.5"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.docker.com/build/building/best-practices/#pin-base-image-versions"];

    /// <inheritdoc/>
    public override string Bad => """
        FROM alpine:3.20
        COPY --from=ghcr.io/example/tools:1.2 /bin/tool /bin/
        """;

    /// <inheritdoc/>
    public override string Good => """
        FROM alpine:3.20
        COPY --from=ghcr.io/example/tools:1.2@sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d /bin/tool /bin/
        """;

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink) => Check(stage, KnownImages.None, sink);

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, KnownImages known, FindingSink sink)
    {
        foreach (var image in DockerfileImage.Of(stage).Where(i => i.Use != DockerfileImageUse.Base))
        {
            // A name alone may be a context that the build is given.
            if (image.Name is { } name && name.IndexOfAny(['/', ':']) >= 0 && ImageReference.Parse(name).Digest is null)
                sink.Add(this, image.NameSpan, $"The image '{name}' is named by a tag, which moves: add its digest.", stage,
                    fix: PinFix(image, known, sink));
        }
    }
}
