using Repave.Core.Rules;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>Stages whose name is not in lower case, which is how a build compares it.</summary>
public sealed class StageNameInCapitals : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0080";

    /// <inheritdoc/>
    public override string Title => "Stage name in capitals";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "A build takes names of stages in lower case, so one written otherwise reads as another where it is "
        + "named. Write it in lower case.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-6"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.docker.com/reference/build-checks/stage-name-casing/"];

    /// <inheritdoc/>
    public override string Bad => """
        FROM alpine:3.20 AS Build
        RUN make
        """;

    /// <inheritdoc/>
    public override string Good => """
        FROM alpine:3.20 AS build
        RUN make
        """;

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink)
    {
        if (stage.Name is { } name && name.Text.ToLowerInvariant() != name.Text)
            sink.Add(this, name.Span, $"The stage '{name.Text}' is '{name.Text.ToLowerInvariant()}' to a build: write it so.", stage);
    }
}
