using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Terraform.Rules;

/// <summary>Variables that nothing uses.</summary>
public sealed class UnusedVariable : TerraformRule
{
    /// <summary>The one instance that findings refer to.</summary>
    public static Rule Instance => RuleCatalogue.Find("RPV0063")!;

    /// <inheritdoc/>
    public override string Id => "RPV0063";

    /// <inheritdoc/>
    public override string Title => "Variable that nothing uses";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "A variable that nothing uses lets callers believe that they decide something. Remove it, or use it.";

    /// <inheritdoc/>
    public override string Bad => """
        variable "zone" {
          type = string
        }

        output "name" {
          value = "shop"
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        variable "zone" {
          type = string
        }

        output "name" {
          value = "shop-${var.zone}"
        }
        """;

    /// <inheritdoc/>
    internal override void Check(TerraformItem item, TerraformModule module, FindingSink sink)
    {
        // Reported where the module is checked, which sees what this alone does not.
    }
}
