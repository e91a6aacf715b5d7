using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Plans.Replacement;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Terraform.Rules;

/// <summary>Resources with data that a plan may destroy.</summary>
public sealed class StatefulUnprotected : TerraformRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1590";

    /// <inheritdoc/>
    public override string Title => "Data without prevent_destroy";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "A change that replaces a database or a bucket deletes what it holds with it, and prevent_destroy is what "
            + "makes the plan stop before that. Set it in the lifecycle of what holds data.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle"];

    /// <inheritdoc/>
    public override string Bad => """
        resource "aws_dynamodb_table" "orders" {
          name         = "orders"
          hash_key     = "id"
          billing_mode = "PAY_PER_REQUEST"

          attribute {
            name = "id"
            type = "S"
          }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        resource "aws_dynamodb_table" "orders" {
          name         = "orders"
          hash_key     = "id"
          billing_mode = "PAY_PER_REQUEST"

          attribute {
            name = "id"
            type = "S"
          }

          lifecycle {
            prevent_destroy = true
          }
        }
        """;

    /// <inheritdoc/>
    internal override void Check(TerraformItem item, TerraformModule module, FindingSink sink)
    {
        if (item.Kind == TerraformKind.Resource && OneWayFacts.Terraform.HoldsData(item.ResourceType)
            && !IsTrue(Lifecycle(item, "prevent_destroy")))
            sink.Add(this, item.NameSpan,
                $"A change that replaces '{item.Address}' deletes its data: set 'prevent_destroy' in its lifecycle.", item);
    }
}
