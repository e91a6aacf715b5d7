using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Terraform.Rules;

/// <summary>Secrets that stand as defaults of variables.</summary>
public sealed class SecretDefault : TerraformRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1291";

    /// <inheritdoc/>
    public override string Title => "Secret as the default of a variable";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "A default of a secret is in the repository, and is what every environment has whose author forgot it. "
            + "Leave the default away, so that a value has to be given.";

    /// <inheritdoc/>
    public override string Bad => """
        variable "password" {
          type      = string
          sensitive = true
          default   = "correct-horse-battery"
        }

        output "length" {
          value     = length(var.password)
          sensitive = true
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        variable "password" {
          type      = string
          sensitive = true
        }

        output "length" {
          value     = length(var.password)
          sensitive = true
        }
        """;

    /// <inheritdoc/>
    internal override void Check(TerraformItem item, TerraformModule module, FindingSink sink)
    {
        if (item.Kind == TerraformKind.Variable && IsTrue(module.Argument(item, "sensitive"))
            && item.Body["default"] is { Text: { Length: > 5 } } secret)
        {
            sink.Add(this, secret.Span, $"The default of the secret '{item.Name}' stands here for everybody who reads the repository.",
                item, "default");
        }
    }
}
