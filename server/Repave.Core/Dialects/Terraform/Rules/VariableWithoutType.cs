using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Terraform.Rules;

/// <summary>Variables that take anything.</summary>
public sealed class VariableWithoutType : TerraformRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0067";

    /// <inheritdoc/>
    public override string Title => "Variable without a type";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "A variable without a type takes anything, so a wrong value fails far from where it was given. Say "
            + "which type it has.";

    /// <inheritdoc/>
    public override string Bad => """
        variable "name" {
          default = "shop"
        }

        output "name" {
          value = var.name
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        variable "name" {
          type    = string
          default = "shop"
        }

        output "name" {
          value = var.name
        }
        """;

    /// <inheritdoc/>
    internal override void Check(TerraformItem item, TerraformModule module, FindingSink sink)
    {
        if (item.Kind == TerraformKind.Variable && module.Argument(item, "type") is null && !TerraformFiles.IsOverride(item.Manifest.Path))
            sink.Add(this, item.NameSpan, $"The variable '{item.Name}' has no type: a wrong value fails far from where it is given.", item);
    }
}
