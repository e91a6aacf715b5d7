using Repave.Core.Commands;
namespace Repave.Analyzers.CSharp.Rules;

/// <summary>terraform is started to go around its own plan.</summary>
public sealed class TerraformGoesAround : CommandLineRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3804";

    /// <inheritdoc/>
    public override string Title => "terraform that goes around its plan";

    /// <inheritdoc/>
    public override string Category => "Drift";

    /// <inheritdoc/>
    public override string Reason =>
        "A targeted apply, a changed state or an applied plan that nobody saw leaves code and system saying different things. "
        + "Change the code, plan, and apply the plan.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://developer.hashicorp.com/terraform/cli/commands/apply"];

    /// <inheritdoc/>
    public override string Bad => """
        using System.Diagnostics;

        class Example
        {
            void Run()
            {
                Process.Start("terraform", "apply -auto-approve -target=aws_instance.web");
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
                Process.Start("terraform", "apply tfplan");
            }
        }
        """;

    internal override CommandKind Kind => CommandKind.Plan;

    /// <inheritdoc/>
    protected override string Advice => "change the code, plan, and apply the plan";
}
