using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Rules;
using Repave.Core.Syntax.Hcl;

namespace Repave.Core.Dialects.Terraform.Rules;

/// <summary>Commands beside the plan that change what runs.</summary>
public sealed class LocalExecMutates : TerraformRule
{
    // What is filled in is a word that is not known.
    private static string? TextOf(HclExpression expression) => expression is not HclTemplate template ? null
        : string.Concat(template.Parts.Select(p => p is HclText text ? text.Value : Commands.CommandLine.Unknown.ToString()));


    /// <inheritdoc/>
    public override string Id => "RPV1191";

    /// <inheritdoc/>
    public override string Title => "Command that changes what runs, beside the plan";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "A command that local-exec starts changes a running system where no plan shows it and no state knows it. "
            + "Declare what it makes as a resource.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://developer.hashicorp.com/terraform/language/resources/provisioners/local-exec"];

    /// <inheritdoc/>
    public override string Bad => """
        resource "terraform_data" "restart" {
          provisioner "local-exec" {
            command = "kubectl rollout restart deployment/web"
          }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        resource "terraform_data" "report" {
          provisioner "local-exec" {
            command = "kubectl get deployment/web"
          }
        }
        """;

    /// <inheritdoc/>
    internal override void Check(TerraformItem item, TerraformModule module, FindingSink sink)
    {
        foreach (var provisioner in Provisioners(item, "local-exec"))
        {
            if (provisioner.Body["command"] is not { } command || TextOf(command) is not { } text)
                continue;
            if (Commands.CommandReader.EffectOf(text) is not null)
                sink.Add(this, command.Span, "This command changes what runs, and no plan shows it.", item, "provisioner");
        }
    }
}
