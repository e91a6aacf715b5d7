using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Terraform.Rules;

/// <summary>Modules that do not say which Terraform they are for.</summary>
public sealed class NoRequiredVersion : TerraformRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1093";

    /// <inheritdoc/>
    public override string Title => "No required version of Terraform";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "Without required_version an older Terraform fails somewhere in the middle, and a newer one may read the "
            + "module otherwise. Say which versions it was written for.";

    /// <inheritdoc/>
    public override string Bad => """
        terraform {
          required_providers {
            aws = {
              source  = "hashicorp/aws"
              version = "~> 5.80"
            }
          }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        terraform {
          required_version = ">= 1.6"
          required_providers {
            aws = {
              source  = "hashicorp/aws"
              version = "~> 5.80"
            }
          }
        }
        """;

    /// <inheritdoc/>
    internal override void Check(TerraformItem item, TerraformModule module, FindingSink sink)
    {
        if (item.Kind == TerraformKind.Terraform
            && module.Items.Where(i => i.Kind == TerraformKind.Terraform).All(i => i.Body.Attribute("required_version") is null)
            && module.Items.First(i => i.Kind == TerraformKind.Terraform).Slot.Document == item.Slot.Document)
            sink.Add(this, item.NameSpan, "The module does not say which versions of Terraform it is for: add 'required_version'.", item);
    }
}
