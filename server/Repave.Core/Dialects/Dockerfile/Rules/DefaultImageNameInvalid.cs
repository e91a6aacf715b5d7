using Repave.Core.Rules;
using Repave.Core.Syntax.Dockerfile;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>FROMs whose arguments have no default that makes an image's name.</summary>
public sealed class DefaultImageNameInvalid : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0095";

    /// <inheritdoc/>
    public override string Title => "Base image that needs an argument";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "Without its arguments the file cannot be built, and nobody learns from it which image is meant. Give "
        + "each argument a default that works.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.docker.com/reference/build-checks/invalid-default-arg-in-from/"];

    /// <inheritdoc/>
    public override string Bad => """
        ARG VERSION
        FROM alpine:${VERSION}
        """;

    /// <inheritdoc/>
    public override string Good => """
        ARG VERSION=3.20
        FROM alpine:${VERSION}
        """;

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink)
    {
        if (stage.From.Words is not [var image, ..] || image.Raw.IndexOf('$') < 0
            || stage.Build.ImageOf(stage.Index, withoutArguments: true) is not { } name || DockerfileImageName.IsValid(name))
            return;
        sink.Add(this, image.Span, name.Length == 0 ? "Without arguments this names no image: give them defaults."
            : $"Without arguments this is '{name}', which is not an image name: give them defaults.", stage);
    }
}
