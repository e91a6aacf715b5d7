using Repave.Core.Commands;
using Repave.Core.Model;
using Repave.Core.Rules;
using Repave.Core.Syntax.Dockerfile;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>RUN that fetches what an address gives of a branch, or of the latest release.</summary>
public sealed class MovingDownload : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1095";

    /// <inheritdoc/>
    public override string Title => "Download of what moves";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "The address names a branch or the latest release, so the same file builds another image, and nothing in it says what was "
        + "fetched. Name a version or a commit, and check it against a checksum.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2", "NIST SP 800-53 SI-7", "NIST SP 800-190 4.1.5"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.docker.com/build/building/best-practices/#add-or-copy"];

    /// <inheritdoc/>
    public override string Bad => """
        FROM debian:12.8-slim
        RUN curl -fsSL https://example.com/shop/archive/main.tar.gz | tar xz -C /opt
        """;

    /// <inheritdoc/>
    public override string Good => """
        FROM debian:12.8-slim
        RUN curl -fsSL https://example.com/shop/archive/v1.4.2.tar.gz | tar xz -C /opt
        """;

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink) => Check(stage, KnownImages.None, sink);

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, KnownImages known, FindingSink sink)
    {
        foreach (var run in stage.Instructions.Where(i => i.Keyword == "RUN"))
        {
            var commands = DockerfileCommands.Of(stage, run);
            if (FetchedScriptRun.IsIn(stage, run, KnownImages.None))
                continue;
            foreach (var command in commands.Where(c => c.Name is "curl" or "wget"))
            {
                if (command.Words.FirstOrDefault(w => w.IndexOf("://", StringComparison.Ordinal) > 0
                    && DockerfileSource.NamesBranch(w) && !known.IsOwnAddress(w)) is { } address)
                    sink.Add(this, DockerfileCommands.PlaceOf(run, command),
                        $"'{address.Replace(CommandLine.Unknown.ToString(), "…")}' is something else whenever somebody changes it: "
                        + "name a version or a commit.", stage);
            }
        }
    }
}
