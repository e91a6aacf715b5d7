using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>Stages that begin with an image whose name moves.</summary>
public sealed class BaseImageMoves : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1080";

    /// <inheritdoc/>
    public override string Title => "Base image that moves";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "An image without a tag, or with the tag latest, is another image tomorrow, "
        + "so the same Dockerfile builds something else and an old "
        + "version cannot be built again. Name a version or, better, a digest.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2", "NIST SP 800-53 SI-7", "NIST SP 800-190 4.1.5"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.docker.com/build/building/best-practices/#pin-base-image-versions"];

    /// <inheritdoc/>
    public override string Bad => """
        FROM docker.io/library/node:latest
        COPY . /app
        CMD ["node", "/app/server.js"]
        """;

    /// <inheritdoc/>
    public override string Good => """
        FROM docker.io/library/node:22.11.0-slim
        COPY . /app
        CMD ["node", "/app/server.js"]
        """;

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink) => Check(stage, KnownImages.None, sink);

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, KnownImages known, FindingSink sink)
    {
        foreach (var image in DockerfileImage.Of(stage))
        {
            // What is filled in by whoever builds is not known here, and a name alone may be a context that the build is given.
            if (image.Name is not { Length: > 0 } name || name == "scratch"
                || (image.Use != DockerfileImageUse.Base && !name.Contains('/') && !name.EndsWith(":latest", StringComparison.Ordinal)))
                continue;
            // An image that an argument names as a whole is chosen by whoever builds, whatever its default.
            if (image.Use == DockerfileImageUse.Base && stage.From.Words[0].Raw is var raw && raw[0] == '$'
                && raw.IndexOfAny([':', '/']) < 0)
                continue;
            var parsed = ImageReference.Parse(name);
            // A name in capitals is no image's: a script writes one there.
            if (!parsed.IsMoving || known.IsOwn(parsed.Repository) || name.All(c => c is (>= 'A' and <= 'Z') or '_'))
                continue;
            var what = parsed.Tag is null ? "has no tag, which means latest" : "has the tag latest";
            sink.Add(this, image.Span,
                $"The image '{name}' {what}: the next build may begin with another image. Name a version or a digest.", stage);
        }
    }
}
