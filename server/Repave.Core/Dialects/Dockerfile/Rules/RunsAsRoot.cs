using Repave.Core.Rules;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>Last stages whose containers run as root.</summary>
public sealed class RunsAsRoot : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1184";

    /// <inheritdoc/>
    public override string Title => "Image that runs as root";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "Root in a container can change everything in it, and more than that where it gets out. Name a user in "
        + "the last stage.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 AC-6", "NIST SP 800-190 4.1.2", "CIS Docker Benchmark 4.1"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.docker.com/build/building/best-practices/#user"];

    /// <inheritdoc/>
    public override string Bad => """
        FROM debian:12.8-slim
        CMD ["/shop"]
        """;

    /// <inheritdoc/>
    public override string Good => """
        FROM debian:12.8-slim
        USER 10001
        CMD ["/shop"]
        """;

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink)
    {
        if (!stage.IsLast)
            return;
        foreach (var index in stage.Chain)
        {
            var from = stage.Build.Froms[index];
            if (stage.File.SkipWhile(i => i != from).Skip(1).TakeWhile(i => i.Keyword != "FROM").LastOrDefault(i => i.Keyword == "USER")
                is not { Words: [var user] })
                continue;
            var name = user.Text.Split(':')[0];
            if (name is "root" or "0")
                sink.Add(this, user.Span, "Containers of this image run as root: name another user.", stage);
            return;
        }

        // Some images bring a user of their own.
        if (stage.Chain.Select(i => stage.Build.BaseOf(i) < 0 ? stage.Build.ImageOf(i) : null).LastOrDefault() is { } image
            && image.IndexOf("nonroot", StringComparison.Ordinal) < 0 && image.IndexOf("rootless", StringComparison.Ordinal) < 0
            && image.IndexOf("unprivileged", StringComparison.Ordinal) < 0)
            sink.Add(this, stage.From.WordsSpan,
                "Nothing names a user, so containers run as the base image's, which mostly is root.", stage);
    }
}
