using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax.Dockerfile;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>Stages that have the name of an earlier one.</summary>
public sealed class StageDefinedTwice : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0084";

    /// <inheritdoc/>
    public override string Title => "Two stages of one name";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "Of two stages of one name, what comes behind them gets the second, and nothing can reach the first. Give "
        + "each its own name.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-6"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.docker.com/reference/build-checks/duplicate-stage-name/"];

    /// <inheritdoc/>
    public override string Bad => """
        FROM debian:12.8 AS tools
        FROM alpine:3.20 AS tools
        COPY --from=tools /etc/os-release /
        """;

    /// <inheritdoc/>
    public override string Good => """
        FROM debian:12.8 AS tools
        FROM alpine:3.20 AS shop
        COPY --from=tools /etc/os-release /
        """;

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink)
    {
        if (stage.Name is not { } name || stage.EarlierStage(name.Text, byNumber: false) is not (>= 0 and var first))
            return;
        var other = DockerfileStages.NameOf(stage.Build.Froms[first])!;
        sink.Add(this, name.Span, $"There is a stage '{name.Text}' already, which nothing can name behind this one.", stage,
            related: [new RelatedPlace(new Place(stage.Manifest, stage.Slot, other.Span), "The first stage of this name")]);
    }
}
