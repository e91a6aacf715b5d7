using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Terraform.Rules;

/// <summary>Expressions that have no value.</summary>
public sealed class WithoutValue : TerraformRule
{
    /// <summary>The one instance that findings refer to.</summary>
    public static Rule Instance => RuleCatalogue.Find("RPV0061")!;

    /// <inheritdoc/>
    public override string Id => "RPV0061";

    /// <inheritdoc/>
    public override string Title => "Expression without a value";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Error;

    /// <inheritdoc/>
    public override string Reason =>
        "An expression that has no value, because a function does not exist or does not take its arguments, stops "
            + "every plan of the module. Correct it as the message says.";

    /// <inheritdoc/>
    public override string Bad => """
        output "name" {
          value = uper("shop")
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        output "name" {
          value = upper("shop")
        }
        """;

    /// <inheritdoc/>
    internal override void Check(TerraformItem item, TerraformModule module, FindingSink sink)
    {
        // Reported where the module is checked, which sees what this alone does not.
    }
}
