using Repave.Core.Rules;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>MAINTAINER, which a label replaced.</summary>
public sealed class MaintainerDeprecated : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0087";

    /// <inheritdoc/>
    public override string Title => "MAINTAINER instead of a label";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "MAINTAINER is deprecated, and a label can be read and changed by more tools. Write LABEL "
        + "org.opencontainers.image.authors.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-6"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.docker.com/reference/build-checks/maintainer-deprecated/"];

    /// <inheritdoc/>
    public override string Bad => """
        FROM alpine:3.20
        MAINTAINER shop@example.com
        """;

    /// <inheritdoc/>
    public override string Good => """
        FROM alpine:3.20
        LABEL org.opencontainers.image.authors="shop@example.com"
        """;

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink)
    {
        foreach (var maintainer in stage.Instructions.Where(i => i.Keyword == "MAINTAINER" && i.Words.Count == 1))
        {
            var name = maintainer.Words[0].Raw;
            var isPlain = name.IndexOfAny(['"', '\'', '\\', '`', '$', '\n']) < 0;
            sink.Add(this, maintainer.KeywordSpan, "MAINTAINER is deprecated: write LABEL org.opencontainers.image.authors=….", stage,
                fix: isPlain ? sink.FixHere("Write a label", new TextEdit(new TextSpan(maintainer.KeywordSpan.Start, maintainer.Span.End),
                    $"LABEL org.opencontainers.image.authors=\"{name}\"")) : null);
        }
    }
}
