using Repave.Core.Commands;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Dockerfile.Rules;

/// <summary>Starts that run several services, or a supervisor of them.</summary>
public sealed class SeveralProcesses : DockerfileRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1182";

    /// <inheritdoc/>
    public override string Title => "Several services in one container";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "Services in one container are replaced, scaled and stopped together, and one that dies goes unnoticed "
        + "behind the first. Give each an image of its own.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-7", "NIST SP 800-190 4.1.2"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://docs.docker.com/build/building/best-practices/#decouple-applications"];

    /// <inheritdoc/>
    public override string Bad => """
        FROM debian:12.8-slim
        CMD ["/usr/bin/supervisord", "-n"]
        """;

    /// <inheritdoc/>
    public override string Good => """
        FROM debian:12.8-slim
        CMD ["/usr/sbin/nginx", "-g", "daemon off;"]
        """;

    private static readonly string[] Supervisors = ["supervisord", "monit", "runsvdir", "systemd", "s6-svscan", "circusd"];

    /// <inheritdoc/>
    public override void Check(DockerfileStage stage, FindingSink sink)
    {
        foreach (var start in stage.Instructions.Where(i => i.Keyword is "CMD" or "ENTRYPOINT"))
        {
            var commands = DockerfileCommands.Of(stage, start);
            if (commands.FirstOrDefault(c => Array.IndexOf(Supervisors, c.Name) >= 0) is { } supervisor)
                sink.Add(this, start.WordsSpan,
                    $"'{supervisor.Name}' runs several services in one container: give each an image of its own.", stage);
            else if (commands.Count(IsService) is > 0 and var services && commands.Count(c => !IsSetup(c)) > 1)
                sink.Add(this, start.WordsSpan, services == 1
                    ? "This starts a service beside another process: give each an image of its own."
                    : $"This starts {services} services: give each an image of its own.", stage);
        }
    }

    private static bool IsService(CommandLine command) =>
        (command.Name == "service" && command.Words is [_, "start" or "restart", ..])
            || (command.Program.StartsWith("/etc/init.d/", StringComparison.Ordinal) && command.Words is ["start" or "restart", ..]);

    private static bool IsSetup(CommandLine command) =>
        command.Name is "cd" or "export" or "set" or "echo" or "mkdir" or "chown" or "chmod" or "sleep" or "touch" or "source"
            or "." or "umask";
}
