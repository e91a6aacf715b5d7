using Repave.Core.Commands;
using Repave.Core.Rules;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>A program starts, stops or changes services of its own machine.</summary>
public sealed class ServicesChangedByProgram : CommandLineRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3808";

    /// <inheritdoc/>
    public override string Title => "Services changed on the machine that it runs on";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "A program that starts, stops or changes services makes its machine differ from its image, "
        + "and the machine that replaces it does not have the change. "
        + "Build the services into the image.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://csrc.nist.gov/pubs/sp/800/190/final"];

    /// <inheritdoc/>
    public override string Bad => """
        using System.Diagnostics;

        class Example
        {
            void Run()
            {
                Process.Start("systemctl", "restart web");
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
                Process.Start("systemctl", "status web");
            }
        }
        """;

    internal override CommandKind Kind => CommandKind.Services;

    /// <inheritdoc/>
    protected override string Advice => "build them into the image";
}
