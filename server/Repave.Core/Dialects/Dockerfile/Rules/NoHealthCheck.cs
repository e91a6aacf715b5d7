using Repave.Core.Rules;
using Repave.Core.Syntax.Dockerfile;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>Last stages that start something and say nothing of its health.</summary>
public sealed class NoHealthCheck : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1185";

    /// <inheritdoc/>
    public override string Title => "Image without a health check";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "Without a health check an engine takes a container for well as long as its process lives, and a "
        + "replacement goes on over broken ones. Say how to tell, unless an orchestrator does.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-6", "NIST SP 800-190 4.1.2", "CIS Docker Benchmark 4.6"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.docker.com/reference/dockerfile/#healthcheck"];

    /// <inheritdoc/>
    public override string Bad => """
        FROM debian:12.8-slim
        CMD ["/shop"]
        """;

    /// <inheritdoc/>
    public override string Good => """
        FROM debian:12.8-slim
        HEALTHCHECK CMD ["/shop", "--check"]
        CMD ["/shop"]
        """;

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink)
    {
        if (!stage.IsLast)
            return;
        var starts = default(DockerfileInstruction);
        foreach (var from in stage.Chain.Select(i => stage.Build.Froms[i]))
        {
            foreach (var instruction in stage.File.SkipWhile(i => i != from).Skip(1).TakeWhile(i => i.Keyword != "FROM"))
            {
                if (instruction.Keyword == "HEALTHCHECK")
                    return;
                if (instruction.Keyword is "CMD" or "ENTRYPOINT")
                    starts = instruction;
            }
        }

        if (starts is not null)
            sink.Add(this, stage.From.WordsSpan, "Nothing says how to tell whether what this image starts still works.", stage);
    }
}
