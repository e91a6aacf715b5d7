using Repave.Core.Commands;

namespace Repave.Analyzers.CSharp.Rules;

/// <summary>A cloud's command line is started to change what runs.</summary>
public sealed class CloudChangedByCommand : CommandLineRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3807";

    /// <inheritdoc/>
    public override string Title => "Running cloud resources changed by a command";

    /// <inheritdoc/>
    public override string Reason =>
        "What a command changes in a running cloud is in no template and no image, and what replaces the resource does not have it. "
        + "Change the template or the image, and deploy that.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://docs.aws.amazon.com/cli/latest/reference/"];

    /// <inheritdoc/>
    public override string Bad => """
        using System.Diagnostics;

        class Example
        {
            void Run()
            {
                Process.Start("aws", "ssm send-command --document-name AWS-RunShellScript --targets Key=tag:app,Values=web");
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
                Process.Start("aws", "cloudformation deploy --template-file web.yaml --stack-name web");
            }
        }
        """;

    internal override CommandKind Kind => CommandKind.Cloud;

    /// <inheritdoc/>
    protected override string Advice => "change the template or the image, and deploy that";
}
