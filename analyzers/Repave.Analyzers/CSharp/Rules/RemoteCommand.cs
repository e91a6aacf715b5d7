using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>A command that Pulumi runs on a running machine.</summary>
public sealed class RemoteCommand : CreationRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3305";

    /// <inheritdoc/>
    public override string Title => "Command run on a running machine";

    /// <inheritdoc/>
    public override string Reason =>
        "What a remote command changes on a machine is in no image, "
        + "and the machine that replaces it gets it only if the command happens to run again. "
        + "Put it into the image or the user data.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://www.pulumi.com/registry/packages/command/api-docs/remote/command/"];

    /// <inheritdoc/>
    public override string Library => "Pulumi.Command 1.x (API reference)";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types =>
        ["Pulumi.Command.Remote.Command", "Pulumi.Command.Remote.CopyFile", "Pulumi.Command.Remote.CopyToRemote"];

    /// <inheritdoc/>
    public override string Bad => """
        using Pulumi.Command.Remote;

        class Example
        {
            void Build()
            {
                var setup = new Command("setup", new CommandArgs { Create = "apt-get install -y nginx" });
            }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        using Pulumi.Command.Local;

        class Example
        {
            void Build()
            {
                var build = new Command("build");
            }
        }
        """;

    /// <inheritdoc/>
    public override string? Stubs => """
        namespace Pulumi.Command.Remote
        {
            public class CommandArgs { public string? Create { get; set; } }

            public class Command(string name, CommandArgs args) { public string Name => name; public CommandArgs Args => args; }

            public class CopyFile(string name) { public string Name => name; }
        }

        namespace Pulumi.Command.Local
        {
            public class Command(string name) { public string Name => name; }
        }
        """;

    internal override (string Message, CSharpFix? Fix)? Judge(IObjectCreationOperation creation) =>
        ("This changes a running machine over SSH: put it into the image or the user data, so a replacement has it too.", null);
}
