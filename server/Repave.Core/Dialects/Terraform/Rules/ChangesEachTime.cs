using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Terraform.Rules;

/// <summary>Arguments that differ in every plan.</summary>
public sealed class ChangesEachTime : TerraformRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1197";

    /// <inheritdoc/>
    public override string Title => "Argument that differs in every plan";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "timestamp() and uuid() give another text each time, so every plan changes the resource and real "
            + "changes are not seen among them. Keep the time in a time_static or random resource.";

    /// <inheritdoc/>
    public override string Bad => """
        resource "aws_sqs_queue" "orders" {
          name = "orders-${uuid()}"
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        resource "random_uuid" "orders" {
        }

        resource "aws_sqs_queue" "orders" {
          name = "orders-${random_uuid.orders.result}"
        }
        """;

    /// <inheritdoc/>
    internal override void Check(TerraformItem item, TerraformModule module, FindingSink sink)
    {
        if (item.Kind != TerraformKind.Resource || item.ResourceType is "null_resource" or "terraform_data"
            || Ignored(item) is not { } ignored)
            return;
        foreach (var attribute in item.Body.Attributes)
        {
            if (ignored.Any(i => i.Name == attribute.Name))
                continue;
            foreach (var call in Calls(attribute.Value, "timestamp", "uuid"))
                sink.Add(this, call.Span, $"'{call.Name}()' is another text each time: every plan changes this resource.",
                    item, attribute.Name);
        }
    }
}
