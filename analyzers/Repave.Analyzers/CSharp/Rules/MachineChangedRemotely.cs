using Repave.Core.Commands;
using Repave.Core.Rules;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>ssh, scp or a configuration tool is started on running machines.</summary>
public sealed class MachineChangedRemotely : CommandLineRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3803";

    /// <inheritdoc/>
    public override string Title => "Machines changed remotely";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "What is changed on a running machine is in no image, and the machine that replaces it does not have it. "
        + "Put it into the image or the start-up of the machine, and replace the machine.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://csrc.nist.gov/pubs/sp/800/190/final"];

    /// <inheritdoc/>
    public override string Bad => """
        using System.Diagnostics;

        class Example
        {
            void Run()
            {
                Process.Start("ssh", "web-1 sudo apt-get upgrade");
            }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        using System.Diagnostics;

        class Example
        {
            void Run()
            {
                Process.Start("packer", "build web.pkr.hcl");
            }
        }
        """;

    internal override CommandKind Kind => CommandKind.Machine;

    /// <inheritdoc/>
    protected override string Advice => "put the change into the image, and replace the machine";
}
