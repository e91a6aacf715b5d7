using Repave.Core.Rules;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>FROMs of a platform that is written out.</summary>
public sealed class PlatformFixed : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0096";

    /// <inheritdoc/>
    public override string Title => "FROM of one platform";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "A platform that is written out makes the same image for every target, so builds for others give the "
        + "wrong one. Use BUILDPLATFORM, or say it to the build.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-6"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.docker.com/reference/build-checks/from-platform-flag-const-disallowed/"];

    /// <inheritdoc/>
    public override string Bad => """
        FROM --platform=linux/amd64 alpine:3.20
        """;

    /// <inheritdoc/>
    public override string Good => """
        FROM --platform=$BUILDPLATFORM alpine:3.20
        """;

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink)
    {
        if (stage.From.Flags.FirstOrDefault(f => f.Name == "platform") is not { Word: { } platform } || platform.Raw.IndexOf('$') >= 0)
            return;
        // A stage that is named for its platform is meant so.
        var name = stage.Name?.Text.ToLowerInvariant() ?? "";
        if (!platform.Text.Split('/').Any(part => part.Length > 0 && name.Contains(part)))
            sink.Add(this, platform.Span, $"Every build gets {platform.Text} here, whatever its target is.", stage);
    }
}
