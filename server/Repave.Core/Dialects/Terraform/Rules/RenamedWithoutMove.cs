using Repave.Core.Plans;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Terraform.Rules;

/// <summary>A resource under another address without a <c>moved</c> block.</summary>
public sealed class RenamedWithoutMove : PlanRule
{
    /// <inheritdoc/>
    public override string Id => "RPV2006";

    /// <inheritdoc/>
    public override string Title => "Renamed without a 'moved' block";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string ExampleLanguage => "hcl";

    /// <inheritdoc/>
    public override string ExampleFile => "main.tf";

    /// <inheritdoc/>
    public override string Reason =>
        "Terraform knows a resource by its address, so under another name the one that runs is destroyed and a new one is made, with all "
        + "that was in it lost. Write a 'moved' block, which gives what is there its new address.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://developer.hashicorp.com/terraform/language/modules/develop/refactoring"];

    /// <inheritdoc/>
    public override string Before => """
        resource "aws_sqs_queue" "main" {
          name = "orders"
        }
        """;

    /// <inheritdoc/>
    public override string Bad => """
        resource "aws_sqs_queue" "orders" {
          name = "orders"
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        resource "aws_sqs_queue" "orders" {
          name = "orders"
        }

        moved {
          from = aws_sqs_queue.main
          to   = aws_sqs_queue.orders
        }
        """;

    /// <inheritdoc/>
    public override IEnumerable<PlanIssue> Find(ResourceChange change, Plan plan, Settings settings) =>
        WarningsOf(change, PlanWarningKind.Renamed).Select(warning => new PlanIssue(warning.Message, warning));
}
