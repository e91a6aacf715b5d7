using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Terraform.Rules;

/// <summary>Machines that never get their new image.</summary>
public sealed class ImageChangesIgnored : TerraformRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1195";

    /// <inheritdoc/>
    public override string Title => "Changes of the image ignored";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "A machine whose image is under ignore_changes keeps the one that it was created with, so fixes of "
            + "the image never reach it. Take the image out of the list, and let a group replace machines one by one.";

    /// <inheritdoc/>
    public override string Bad => """
        resource "aws_instance" "web" {
          ami           = "ami-0abc"
          instance_type = "t3.small"

          lifecycle {
            ignore_changes = [ami]
          }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        resource "aws_instance" "web" {
          ami           = "ami-0abc"
          instance_type = "t3.small"
        }
        """;

    /// <inheritdoc/>
    internal override void Check(TerraformItem item, TerraformModule module, FindingSink sink)
    {
        if (item.Kind != TerraformKind.Resource)
            return;
        foreach (var (name, at) in Ignored(item) ?? [])
        {
            if (name is "ami" or "image_id" or "image" or "source_image_id" or "source_image_reference" or "user_data" or "user_data_base64"
                or "custom_data" or "container_definitions" or "task_definition")
                sink.Add(this, at.Span, $"What changes in '{name}' never reaches this resource.", item);
        }
    }
}
