using Repave.Core.Rules;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>FROMs with the platform that they would be of anyway.</summary>
public sealed class TargetPlatformRepeated : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0093";

    /// <inheritdoc/>
    public override string Title => "FROM that names the target platform";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "Every FROM is of the target platform unless it says otherwise, so this says nothing and hides the stages "
        + "that differ. Leave the flag out.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-6"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.docker.com/reference/build-checks/redundant-target-platform/"];

    /// <inheritdoc/>
    public override string Bad => """
        FROM --platform=$TARGETPLATFORM alpine:3.20
        """;

    /// <inheritdoc/>
    public override string Good => """
        FROM alpine:3.20
        """;

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink)
    {
        var flag = stage.From.Flags.FirstOrDefault(f => f.Name == "platform");
        if (stage.Build.Arguments.ContainsKey("TARGETPLATFORM") || flag is not { Word.Raw: "$TARGETPLATFORM" or "${TARGETPLATFORM}" })
            return;
        var image = stage.From.Words.Count > 0 ? stage.From.Words[0].Span.Start : flag.Span.End;
        sink.Add(this, flag.Span, "A FROM is of the target platform anyway: leave this out.", stage,
            fix: image >= flag.Span.End && stage.From.Flags.Count == 1
                ? sink.FixHere("Leave the flag out", new TextEdit(new TextSpan(flag.Span.Start, image), "")) : null);
    }
}
