using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Terraform.Rules;

/// <summary>Local values that nothing uses.</summary>
public sealed class UnusedLocal : TerraformRule
{
    /// <summary>The one instance that findings refer to.</summary>
    public static Rule Instance => RuleCatalogue.Find("RPV0064")!;

    /// <inheritdoc/>
    public override string Id => "RPV0064";

    /// <inheritdoc/>
    public override string Title => "Local value that nothing uses";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "A local value that nothing uses is read and maintained for nothing. Remove it, or use it.";

    /// <inheritdoc/>
    public override string Bad => """
        locals {
          name = "shop"
        }

        output "name" {
          value = "shop"
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        locals {
          name = "shop"
        }

        output "name" {
          value = local.name
        }
        """;

    /// <inheritdoc/>
    internal override void Check(TerraformItem item, TerraformModule module, FindingSink sink)
    {
        // Reported where the module is checked, which sees what this alone does not.
    }
}
