using Microsoft.CodeAnalysis.Operations;
using Repave.Core.Commands;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>A command is run on a machine over SSH.</summary>
public sealed class CommandOverSsh : CallRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3601";

    /// <inheritdoc/>
    public override string Title => "Command run over SSH";

    /// <inheritdoc/>
    public override string Reason =>
        "What a command changes on a machine is in no image, and the machine that replaces it does not have it. "
        + "Put it into the image or the start-up of the machine, and replace the machine.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://sshnet.github.io/SSH.NET/"];

    /// <inheritdoc/>
    public override string Library => "SSH.NET 2026.0.0";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types => ["Renci.SshNet.SshClient", "Renci.SshNet.ISshClient"];

    /// <inheritdoc/>
    public override string Bad => """
        using Renci.SshNet;

        class Example
        {
            void Run(SshClient ssh)
            {
                ssh.RunCommand("sudo systemctl restart web");
            }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        using Renci.SshNet;

        class Example
        {
            void Run(SshClient ssh)
            {
                var connected = ssh.IsConnected;
            }
        }
        """;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Methods => ["RunCommand", "CreateCommand", "CreateShell", "CreateShellStream"];

    internal override string? Judge(IInvocationOperation call) =>
        call.Argument("commandText").PartlyKnownText() is { Length: > 0 } command && CommandReader.OnlyReads(command) ? null
            : "This works on a running machine over SSH: put the change into its image or start-up, and replace the machine.";
}
