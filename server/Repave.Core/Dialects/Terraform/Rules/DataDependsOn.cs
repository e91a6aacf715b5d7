using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Terraform.Rules;

/// <summary>Data that is read late.</summary>
public sealed class DataDependsOn : TerraformRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1391";

    /// <inheritdoc/>
    public override string Title => "depends_on of a data source";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "A data source that depends on a resource is read only when that has no changes, so every plan of it "
            + "shows what uses the data as unknown, and replaces it. Name an attribute of the resource instead.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://developer.hashicorp.com/terraform/language/data-sources#data-resource-dependencies"];

    /// <inheritdoc/>
    public override string Bad => """
        resource "aws_sqs_queue" "orders" {
          name = "orders"
        }

        data "aws_sqs_queue" "orders" {
          name       = "orders"
          depends_on = [aws_sqs_queue.orders]
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        resource "aws_sqs_queue" "orders" {
          name = "orders"
        }

        data "aws_sqs_queue" "orders" {
          name = aws_sqs_queue.orders.name
        }
        """;

    /// <inheritdoc/>
    internal override void Check(TerraformItem item, TerraformModule module, FindingSink sink)
    {
        if (item.Kind == TerraformKind.Data && item.Body.Attribute("depends_on") is { } depends)
        {
            sink.Add(this, depends.NameSpan,
                "While what it depends on has changes this is not read, and all that uses it is unknown: "
                    + "name an attribute of that instead.", item,
                "depends_on");
        }
    }
}
