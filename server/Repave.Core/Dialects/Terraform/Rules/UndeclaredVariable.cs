using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Terraform.Rules;

/// <summary>Values for variables that there are not.</summary>
public sealed class UndeclaredVariable : TerraformRule
{
    /// <summary>The one instance that findings refer to.</summary>
    public static Rule Instance => RuleCatalogue.Find("RPV0065")!;

    /// <inheritdoc/>
    public override bool HasExamples => false;


    /// <inheritdoc/>
    public override string Id => "RPV0065";

    /// <inheritdoc/>
    public override string Title => "Value for a variable that is not declared";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "Terraform ignores a value for a variable that the module does not declare, so what its author wanted does "
            + "not happen. Declare the variable, or correct the name.";

    /// <inheritdoc/>
    public override string Bad => """
        run "example" {
          command = plan
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        run "example" {
          command = plan
        }
        """;

    /// <inheritdoc/>
    internal override void Check(TerraformItem item, TerraformModule module, FindingSink sink)
    {
        // Reported where the module is checked, which sees what this alone does not.
    }
}
