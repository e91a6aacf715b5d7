using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Terraform.Rules;

/// <summary>Images that a module builds, and that nothing in it starts or hands on.</summary>
public sealed class BuiltImageUnused : TerraformRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1010";

    /// <inheritdoc/>
    public override string Title => "Image that a module builds and does not use";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "Each apply that builds the image takes its time and its money, and nothing here starts a machine of it, gives its id to others or "
        + "distributes it. Use the image's id, hand it on as an output or a parameter, or leave the image away.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/imagebuilder_image"];

    /// <inheritdoc/>
    public override string Bad => """
        variable "recipe" {
          type = string
        }

        variable "machines" {
          type = string
        }

        resource "aws_imagebuilder_image" "web" {
          image_recipe_arn                 = var.recipe
          infrastructure_configuration_arn = var.machines
        }
        """;

    /// <inheritdoc/>
    public override string Good => Bad + """


        output "image" {
          value = one(aws_imagebuilder_image.web.output_resources[0].amis).image
        }
        """;

    /// <inheritdoc/>
    internal override void Check(TerraformItem item, TerraformModule module, FindingSink sink)
    {
        if (item.Kind == TerraformKind.Resource && item.ResourceType == "aws_imagebuilder_image"
            && module.Argument(item, "distribution_configuration_arn") is null
            && !module.Items.Any(other => other.Address != item.Address
                && Validation.References.Of(other).Any(reference => reference.Address == item.Address)))
            sink.Add(this, item.NameSpan, $"Nothing in this module uses the image '{item.Name}' that it builds.", item);
    }
}
