using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Terraform.Rules;

/// <summary>Images that are looked up again.</summary>
public sealed class MostRecentImage : TerraformRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1092";

    /// <inheritdoc/>
    public override string Title => "Image that is the most recent one";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "A data source that takes the most recent image gives another one when its owner publishes it, and the "
            + "next plan replaces the machines. Name the image, or filter until one is left.";

    /// <inheritdoc/>
    public override string Bad => """
        data "aws_ami" "base" {
          most_recent = true
          owners      = ["self"]
        }

        resource "aws_instance" "web" {
          ami           = data.aws_ami.base.id
          instance_type = "t3.small"
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        variable "image" {
          type = string
        }

        resource "aws_instance" "web" {
          ami           = var.image
          instance_type = "t3.small"
        }
        """;

    /// <inheritdoc/>
    internal override void Check(TerraformItem item, TerraformModule module, FindingSink sink)
    {
        if (item.Kind != TerraformKind.Data || !IsTrue(module.Argument(item, "most_recent"))
            || item.Body.Attribute("most_recent") is not { } at)
            return;
        // Where nobody starts machines of it, or where they do not follow, nothing is replaced.
        foreach (var user in module.Of(TerraformKind.Resource))
        {
            if (Ignored(user) is not { } ignored || ignored.Any(i => i.Name is "ami" or "image_id" or "image"))
                continue;
            if (module.Arguments(user).Any(a => a.Name is "ami" or "image_id" or "image" && Validation.References.Of(a.Value, [])
                .Any(r => r.Address == item.Address)))
            {
                sink.Add(this, at.Span, $"When a newer image is published the next plan replaces what '{user.Address}' runs on.",
                    item, "most_recent");
                return;
            }
        }
    }
}
