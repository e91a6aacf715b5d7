using Repave.Core.Rules;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>Stages named scratch or context.</summary>
public sealed class StageNameReserved : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0085";

    /// <inheritdoc/>
    public override string Title => "Stage with a reserved name";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "The names scratch and context mean something to every build, so a stage of that name is not what others "
        + "take it for. Give it another one.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-6"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.docker.com/reference/build-checks/reserved-stage-name/"];

    /// <inheritdoc/>
    public override string Bad => """
        FROM alpine:3.20 AS scratch
        """;

    /// <inheritdoc/>
    public override string Good => """
        FROM alpine:3.20 AS empty
        """;

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink)
    {
        if (stage.Name is { } name && name.Text.ToLowerInvariant() is "scratch" or "context")
            sink.Add(this, name.Span, $"'{name.Text}' has a meaning of its own to builds: give the stage another name.", stage);
    }
}
