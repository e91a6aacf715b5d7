using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Rules;
using Repave.Core.Syntax.Hcl;

namespace Repave.Core.Dialects.Terraform.Rules;

/// <summary>Resources that are known by their place in a list.</summary>
public sealed class CountOverList : TerraformRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1490";

    /// <inheritdoc/>
    public override string Title => "Resources known by their place in a list";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "With count over a list each resource is known by its place: an item removed in the middle replaces all "
            + "behind it. Take for_each, which knows them by what they are.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://developer.hashicorp.com/terraform/language/meta-arguments/count"];

    /// <inheritdoc/>
    public override string Bad => """
        variable "names" {
          type = list(string)
        }

        resource "aws_sqs_queue" "all" {
          count = length(var.names)
          name  = var.names[count.index]
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        variable "names" {
          type = set(string)
        }

        resource "aws_sqs_queue" "all" {
          for_each = var.names
          name     = each.key
        }
        """;

    /// <inheritdoc/>
    internal override void Check(TerraformItem item, TerraformModule module, FindingSink sink)
    {
        if (item.Kind is not (TerraformKind.Resource or TerraformKind.Module) || item.Body.Attribute("count") is not { } count)
            return;
        var lists = Calls(count.Value, "length").Select(c => c.Arguments.FirstOrDefault() is HclTraversal list ? Text(list) : null)
            .OfType<string>().ToList();
        if (lists.Count == 0)
            return;
        var identity =
            item.Body.Attributes.FirstOrDefault(a => a.Name is "name" or "identifier" or "bucket" or "cidr_block" or "availability_zone");
        if (identity?.Value.All.OfType<HclIndex>().Any(i => i.Collection is HclTraversal list && lists.Contains(Text(list))) == true)
            sink.Add(this, count.NameSpan, "An item removed in the middle of the list replaces all behind it: take 'for_each'.",
                item, "count");

        static string Text(HclTraversal traversal) =>
            $"{traversal.Root}.{string.Join(".", traversal.Steps.Select(s => s.Name ?? s.Number))}";
    }
}
