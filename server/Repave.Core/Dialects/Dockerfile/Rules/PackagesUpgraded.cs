using Repave.Core.Commands;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>RUN that upgrades what the base image brings.</summary>
public sealed class PackagesUpgraded : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1088";

    /// <inheritdoc/>
    public override string Title => "All packages upgraded in a build";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "An upgrade brings what the registry holds that day, so the same file builds another image, and the "
        + "layers of the base are there twice. Move to a newer base image instead.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2", "NIST SP 800-53 SI-7", "NIST SP 800-53 SI-2"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.docker.com/build/building/best-practices/#apt-get"];

    /// <inheritdoc/>
    public override string Bad => """
        FROM debian:12.7-slim
        RUN apt-get update && apt-get -y upgrade
        """;

    /// <inheritdoc/>
    public override string Good => """
        FROM debian:12.8-slim
        RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates
        """;

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink)
    {
        foreach (var run in stage.Instructions.Where(i => i.Keyword == "RUN"))
        {
            foreach (var command in DockerfileCommands.Of(stage, run).Where(Upgrades))
                sink.Add(this, DockerfileCommands.PlaceOf(run, command),
                    "This brings whatever is newest when the image is built: move to a newer base image instead.", stage);
        }
    }

    // Of one package that is named, an upgrade is an installation.
    private static bool Upgrades(CommandLine command)
    {
        var words = command.Words.Where(w => w.Length > 0 && w[0] != '-').ToList();
        return command.Name switch
        {
            "apt-get" or "apt" or "aptitude" => words is ["upgrade" or "dist-upgrade" or "full-upgrade" or "safe-upgrade", ..],
            "yum" or "dnf" or "microdnf" or "tdnf" => words is ["update" or "upgrade" or "distro-sync"],
            "zypper" => words is ["update" or "up" or "dist-upgrade" or "dup" or "patch"],
            "apk" => words is ["upgrade"],
            "pacman" => command.Words.Any(w => w.Length > 1 && w[0] == '-' && w[1] == 'S' && w.Contains('u')),
            _ => false,
        };
    }
}
