namespace Repave.Analyzers.CSharp.Rules;

/// <summary>terraform is started to go around its own plan.</summary>
public sealed class TerraformGoesAround : CommandLineRule
{
    /// <inheritdoc/>
    public override string Id => "RPV3804";

    /// <inheritdoc/>
    public override string Title => "terraform that goes around its plan";

    /// <inheritdoc/>
    public override string Reason =>
        "A targeted apply, a changed state or an applied plan that nobody saw leaves code and system saying different things. "
        + "Change the code, plan, and apply the plan.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://developer.hashicorp.com/terraform/cli/commands/apply"];

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

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Programs => ["terraform", "tofu"];

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Pattern, string What)> Patterns =>
        [
            (@"^(\S+ )*?(apply|destroy|plan)\b.*-target\b", "applies a part of the plan"),
            (@"^(\S+ )*?state (rm|mv|push|replace-provider)\b", "changes the state by hand"),
            (@"^(\S+ )*?(taint|untaint|import|force-unlock)\b", "changes the state by hand"),
        ];

    /// <inheritdoc/>
    protected override string Advice => "change the code, plan, and apply the plan";
}
