using Repave.Core.Commands;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>RUN that installs packages of whatever version there is.</summary>
public sealed class PackagesUnpinned : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1089";

    /// <inheritdoc/>
    public override string Title => "Packages installed without a version";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "Without a version an installation brings what the registry holds that day, so the same file builds "
        + "another image. Name versions, or build from a snapshot of the registry.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2", "NIST SP 800-53 SI-7"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.docker.com/build/building/best-practices/#version-pinning"];

    /// <inheritdoc/>
    public override string Bad => """
        FROM debian:12.8-slim
        RUN apt-get update && apt-get install -y curl
        """;

    /// <inheritdoc/>
    public override string Good => """
        FROM debian:12.8-slim
        RUN apt-get update && apt-get install -y curl=7.88.1-10+deb12u8
        """;

    // Options that take the next word.
    private static readonly string[] WithValues =
        ["-o", "-t", "--target-release", "-c", "--virtual", "-X", "--repository", "-r", "--requirement", "--constraint", "-i",
            "--index-url", "--extra-index-url", "-f", "--find-links", "--prefix", "--target", "-e", "--editable"];

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink)
    {
        foreach (var run in stage.Instructions.Where(i => i.Keyword == "RUN"))
        {
            foreach (var command in DockerfileCommands.Of(stage, run))
            {
                if (Unpinned(command) is { Count: > 0 } names)
                    sink.Add(this, DockerfileCommands.PlaceOf(run, command),
                        $"'{names[0]}'{(names.Count > 1 ? $" and {names.Count - 1} more" : "")} can be of any version when the image is "
                        + "built.", stage);
            }
        }
    }

    private static List<string> Unpinned(CommandLine command)
    {
        var words = new List<string>();
        var isFromList = false;
        for (var i = 0; i < command.Words.Count; i++)
        {
            if (Array.IndexOf(WithValues, command.Words[i]) >= 0)
                isFromList |= command.Words[i++] is "-r" or "--requirement" or "-e" or "--editable";
            else if (command.Words[i].Length > 0 && command.Words[i][0] != '-')
                words.Add(command.Words[i]);
        }

        var signs = command.Name switch
        {
            "apt-get" or "apt" or "aptitude" when words is ["install", ..] => "=/",
            "apk" when words is ["add", ..] => "=~<>@",
            "pip" or "pip3" when words is ["install", ..] && !isFromList => "=<>~@/.",
            "gem" when words is ["install", ..] && !command.Words.Any(w => w is "-v" or "--version") => ":",
            _ => null,
        };
        return signs is null ? [] : [.. words.Skip(1).Where(w => w.IndexOfAny([.. signs, '*', CommandLine.Unknown, '.']) < 0)];
    }
}
