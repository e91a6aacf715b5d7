using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Terraform.Rules;

/// <summary>Things that need one another.</summary>
public sealed class DependencyCycle : TerraformRule
{
    /// <summary>The one instance that findings refer to.</summary>
    public static Rule Instance => RuleCatalogue.Find("RPV0062")!;

    /// <inheritdoc/>
    public override string Id => "RPV0062";

    /// <inheritdoc/>
    public override string Title => "Dependency cycle";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Error;

    /// <inheritdoc/>
    public override string Reason =>
        "Of things that need one another none can be evaluated or created first, so every plan is refused. Take "
            + "one of the references away, or move what both need into a third.";

    /// <inheritdoc/>
    public override string Bad => """
        locals {
          first  = "${local.second}-a"
          second = "${local.first}-b"
        }

        output "first" {
          value = local.first
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        locals {
          first  = "${local.second}-a"
          second = "b"
        }

        output "first" {
          value = local.first
        }
        """;

    /// <inheritdoc/>
    internal override void Check(TerraformItem item, TerraformModule module, FindingSink sink)
    {
        // Reported where the module is checked, which sees what this alone does not.
    }
}
