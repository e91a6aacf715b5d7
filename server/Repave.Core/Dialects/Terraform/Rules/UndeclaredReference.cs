using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Terraform.Rules;

/// <summary>Expressions that name nothing.</summary>
public sealed class UndeclaredReference : TerraformRule
{
    /// <summary>The one instance that findings refer to.</summary>
    public static Rule Instance => RuleCatalogue.Find("RPV0060")!;

    /// <inheritdoc/>
    public override string Id => "RPV0060";

    /// <inheritdoc/>
    public override string Title => "Reference to nothing";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Error;

    /// <inheritdoc/>
    public override string Reason =>
        "An expression that names a variable, a resource or an output that is not declared stops every plan of the "
            + "module. Declare what is missing, or correct the name.";

    /// <inheritdoc/>
    public override string Bad => """
        variable "region" {
          type = string
        }

        output "region" {
          value = var.regoin
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        variable "region" {
          type = string
        }

        output "region" {
          value = var.region
        }
        """;

    /// <inheritdoc/>
    internal override void Check(TerraformItem item, TerraformModule module, FindingSink sink)
    {
        // Reported where the module is checked, which sees what this alone does not.
    }
}
