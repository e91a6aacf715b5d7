using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Text;

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
    public override void Check(DockerfileStage stage, FindingSink sink)
    {
        if (stage.From.Words is [var image, ..] && !stage.IsEarlierStage(image.Text))
            Check(stage, image.Text, image.Span, sink);
        foreach (var copy in stage.Instructions.Where(i => i.Keyword == "COPY"))
        {
            // A name alone may be a stage or a context that the build is given.
            if (copy.Flags.FirstOrDefault(f => f.Name == "from") is { } from
                && (from.Value.Contains('/') || from.Value.EndsWith(":latest", StringComparison.Ordinal)))
                Check(stage, from.Value, from.Span, sink);
        }
    }

    private void Check(DockerfileStage stage, string written, TextSpan span, FindingSink sink)
    {
        // What is filled in by whoever builds is not known here.
        if (stage.Resolve(written) is not { Length: > 0 } image || image == "scratch")
            return;
        var name = ImageReference.Parse(image);
        // A name in capitals is no image's: a script writes one there.
        if (!name.IsMoving || image.All(c => c is (>= 'A' and <= 'Z') or '_'))
            return;
        var what = name.Tag is null ? "has no tag, which means latest" : "has the tag latest";
        sink.Add(this, span,
            $"The image '{image}' {what}: the next build may begin with another image. Name a version or a digest.", stage);
    }
}
