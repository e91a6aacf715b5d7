using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Terraform.Rules;

/// <summary>Resources whose changes are all ignored.</summary>
public sealed class AllChangesIgnored : TerraformRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1194";

    /// <inheritdoc/>
    public override string Title => "All changes ignored";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "With ignore_changes = all nothing in the text ever reaches the resource again, and what others change in "
            + "it is never seen. Name the arguments that something else sets.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle"];

    /// <inheritdoc/>
    public override string Bad => """
        resource "aws_sqs_queue" "orders" {
          name = "orders"

          lifecycle {
            ignore_changes = all
          }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        resource "aws_sqs_queue" "orders" {
          name = "orders"

          lifecycle {
            ignore_changes = [tags]
          }
        }
        """;

    /// <inheritdoc/>
    internal override void Check(TerraformItem item, TerraformModule module, FindingSink sink)
    {
        if (item.Kind == TerraformKind.Resource && Ignored(item) is null && Lifecycle(item, "ignore_changes") is { } all)
            sink.Add(this, all.Span,
                "No change of this text reaches the resource any more: name the arguments that something else sets.", item);
    }
}
