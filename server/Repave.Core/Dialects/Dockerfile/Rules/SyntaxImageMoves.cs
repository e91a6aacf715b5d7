using Repave.Core.Model;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>A syntax directive that names an image by a tag.</summary>
public sealed class SyntaxImageMoves : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1085";

    /// <inheritdoc/>
    public override string Title => "Syntax image without a digest";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "The image that the syntax directive names reads the file and decides what is built, and a tag of it "
        + "moves. Pin it to a digest, or leave the directive out and pin the builder.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 SI-7", "NIST SP 800-53 CM-2", "NIST SP 800-190 4.1.5"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.docker.com/build/buildkit/frontend/"];

    /// <inheritdoc/>
    public override string Bad => """
        # syntax=docker/dockerfile:1
        FROM alpine:3.20
        """;

    /// <inheritdoc/>
    public override string Good => """
        # syntax=docker/dockerfile:1@sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d
        FROM alpine:3.20
        """;

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink)
    {
        if (stage.Index == 0 && stage.Build.Document.Directives.FirstOrDefault(d => d.Name == "syntax") is { Value: var value }
            && ImageReference.Parse(value.Text.Split(' ')[0]) is { Digest: null })
            sink.Add(this, value.Span, $"'{value.Text}' moves, and decides how this file is read: pin it to a digest.", stage);
    }
}
