using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax.Dockerfile;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>CMD, ENTRYPOINT and HEALTHCHECK of which a stage has several.</summary>
public sealed class InstructionOverridden : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0091";

    /// <inheritdoc/>
    public override string Title => "Instruction that a later one takes the place of";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "Of several CMD, ENTRYPOINT or HEALTHCHECK in one stage only the last counts, so the others do nothing. "
        + "Keep one.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-6"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.docker.com/reference/build-checks/multiple-instructions-disallowed/"];

    /// <inheritdoc/>
    public override string Bad => """
        FROM alpine:3.20
        CMD ["/shop"]
        CMD ["/shop", "--port", "80"]
        """;

    /// <inheritdoc/>
    public override string Good => """
        FROM alpine:3.20
        CMD ["/shop", "--port", "80"]
        """;

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink)
    {
        foreach (var kind in stage.Instructions.Where(i => i.Keyword is "CMD" or "ENTRYPOINT" or "HEALTHCHECK").GroupBy(i => i.Keyword))
        {
            DockerfileInstruction[] all = [.. kind];
            for (var i = 0; i + 1 < all.Length; i++)
                sink.Add(this, all[i].KeywordSpan, $"A later {kind.Key} of this stage takes the place of this one.", stage, related:
                    [
                        new RelatedPlace(new Place(stage.Manifest, stage.Slot, all[all.Length - 1].KeywordSpan), "The one that counts"),
                    ]);
        }
    }
}
