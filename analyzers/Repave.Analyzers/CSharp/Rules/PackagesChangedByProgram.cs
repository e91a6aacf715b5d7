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
    public override string Library => "System.Diagnostics.Process, CliWrap 3.10.5";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Types => ["System.Diagnostics.Process", "System.Diagnostics.ProcessStartInfo", "CliWrap.Command"];

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

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Programs => ["apt-get", "apt", "yum", "dnf", "apk", "zypper", "choco", "winget"];

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Pattern, string What)> Patterns =>
        [
            (@"^(\S+ )*?(install|upgrade|update|dist-upgrade|add|remove)\b", "changes the packages of the machine"),
        ];

    /// <inheritdoc/>
    protected override string Advice => "build them into the image";
}
