using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Rules;
using Repave.Core.Syntax.Hcl;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Terraform.Rules;

/// <summary>Texts that are one interpolation and nothing else.</summary>
public sealed class InterpolationAlone : TerraformRule
{
    /// <inheritdoc/>
    public override string Id => "RPV0066";

    /// <inheritdoc/>
    public override string Title => "Interpolation that stands alone";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "A text that is one interpolation and nothing else says no more than the expression in it, and reads as if "
            + "it made a text of it. Write the expression itself.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://developer.hashicorp.com/terraform/language/expressions/strings"];

    /// <inheritdoc/>
    public override string Bad => """
        variable "name" {
          type = string
        }

        output "name" {
          value = "${var.name}"
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        variable "name" {
          type = string
        }

        output "name" {
          value = var.name
        }
        """;

    /// <inheritdoc/>
    internal override void Check(TerraformItem item, TerraformModule module, FindingSink sink)
    {
        if (sink.Manifest.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            return;
        var values = item.Kind is TerraformKind.Local or TerraformKind.Assignment ? [item.Attribute!] : item.Body.AllAttributes;
        foreach (var attribute in values)
        {
            if (attribute.Value is HclTemplate { IsWrap: true, IsHeredoc: false, Parts: [var only] } wrap)
            {
                var text = sink.Slot.Document.Text.Substring(only.Span.Start, only.Span.Length);
                sink.Add(this, wrap.Span, "Without quotes and braces this expression says the same.", item, attribute.Name,
                    text.IndexOf('\n') >= 0 ? null : sink.FixHere("Write the expression itself", new TextEdit(wrap.Span, text)));
            }
        }
    }
}
