using Repave.Core.Commands;
using Repave.Core.Rules;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>A package manager of the machine is started.</summary>
public sealed class PackagesChangedByProgram : CommandLineRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3805";

    /// <inheritdoc/>
    public override string Title => "Packages changed on the machine that it runs on";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "A program that installs packages or changes services on its own machine makes that machine differ from its image. "
        + "Build the packages into the image.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://csrc.nist.gov/pubs/sp/800/190/final"];

    /// <inheritdoc/>
    public override string Bad => """
        using System.Diagnostics;

        class Example
        {
            void Run()
            {
                Process.Start("apt-get", "install -y nginx");
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
                Process.Start("apt-get", "--version");
            }
        }
        """;

    internal override CommandKind Kind => CommandKind.Packages;

    /// <inheritdoc/>
    protected override string Advice => "build them into the image";
}
