using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Terraform.Rules;

/// <summary>Groups whose machines keep their old template.</summary>
public sealed class GroupDoesNotFollow : TerraformRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1390";

    /// <inheritdoc/>
    public override string Title => "Group that does not follow its launch template";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "A new version of a launch template changes nothing in machines that run: without an instance refresh they "
            + "stay as they are until something else replaces them. Add an instance_refresh block.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/autoscaling_group"];

    /// <inheritdoc/>
    public override string Bad => """
        resource "aws_autoscaling_group" "web" {
          max_size = 3
          min_size = 1

          launch_template {
            id      = "lt-0abc"
            version = "$Latest"
          }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        resource "aws_autoscaling_group" "web" {
          max_size = 3
          min_size = 1

          launch_template {
            id      = "lt-0abc"
            version = "3"
          }

          instance_refresh {
            strategy = "Rolling"
          }
        }
        """;

    /// <inheritdoc/>
    internal override void Check(TerraformItem item, TerraformModule module, FindingSink sink)
    {
        if (item.Kind != TerraformKind.Resource || item.ResourceType != "aws_autoscaling_group"
            || item.Body.Blocks.Any(b => b.Type == "instance_refresh" || (b.Type == "dynamic" && b.Label(0) == "instance_refresh")))
            return;
        if (item.Body.BlocksOf("launch_template").FirstOrDefault() is { } template)
            sink.Add(this, template.TypeSpan, "Machines that run stay as they are when the template changes: add 'instance_refresh'.",
                item, "launch_template");
    }
}
