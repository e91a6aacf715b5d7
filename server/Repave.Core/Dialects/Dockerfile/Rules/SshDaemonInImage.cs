using Repave.Core.Commands;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>Images that start an ssh daemon, or install one.</summary>
public sealed class SshDaemonInImage : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1183";

    /// <inheritdoc/>
    public override string Title => "Container with an ssh daemon";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "Who logs into a container changes what runs, and the change is lost or lives on unseen. Leave the daemon "
        + "out; replace the image, and read logs from outside.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls =>
        ["NIST SP 800-53 CM-7", "NIST SP 800-53 SI-14", "NIST SP 800-190 4.1.2", "CIS Docker Benchmark 5.7"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://csrc.nist.gov/pubs/sp/800/190/final"];

    /// <inheritdoc/>
    public override string Bad => """
        FROM debian:12.8-slim
        RUN apt-get update && apt-get install -y openssh-server
        CMD ["/usr/sbin/sshd", "-D"]
        """;

    /// <inheritdoc/>
    public override string Good => """
        FROM debian:12.8-slim
        RUN apt-get update && apt-get install -y openssh-client
        CMD ["/usr/sbin/nginx", "-g", "daemon off;"]
        """;

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink)
    {
        // What only helps to build is not what runs.
        if (!stage.Runs)
            return;
        foreach (var instruction in stage.Instructions.Where(i => i.Keyword is "RUN" or "CMD" or "ENTRYPOINT"))
        {
            foreach (var command in DockerfileCommands.Of(stage, instruction))
            {
                if (instruction.Keyword != "RUN" && Starts(command))
                    sink.Add(this, instruction.WordsSpan, "This starts an ssh daemon: replace containers instead of changing them.", stage);
                else if (instruction.Keyword == "RUN" && Installs(command))
                    sink.Add(this, DockerfileCommands.PlaceOf(instruction, command),
                        "This installs an ssh daemon: replace containers instead of changing them.", stage);
            }
        }
    }

    private static bool Starts(CommandLine command) =>
        command.Name is "sshd" or "dropbear" || (command.Name == "service" && command.Words is ["ssh" or "sshd", ..])
            || command.Program is "/etc/init.d/ssh" or "/etc/init.d/sshd";

    private static bool Installs(CommandLine command) =>
        command.Name is "apt-get" or "apt" or "yum" or "dnf" or "microdnf" or "zypper" or "apk"
            && command.Words.Any(w => w is "install" or "add" or "in")
            && command.Words.Any(w => w is "openssh-server" or "dropbear" || w.StartsWith("openssh-server=", StringComparison.Ordinal)
                || (command.Name == "zypper" && w == "openssh"));
}
