using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Terraform.Rules;

/// <summary>Resources that are replaced by every apply.</summary>
public sealed class AlwaysTriggered : TerraformRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1193";

    /// <inheritdoc/>
    public override string Title => "Trigger that fires on every apply";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "A trigger that holds the time or a random text is another one each time, so every apply replaces the "
            + "resource and starts its commands again. Name what they really depend on.";

    /// <inheritdoc/>
    public override string Bad => """
        resource "null_resource" "build" {
          triggers = {
            always = timestamp()
          }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        resource "null_resource" "build" {
          triggers = {
            source = filesha256("app.zip")
          }
        }
        """;

    /// <inheritdoc/>
    internal override void Check(TerraformItem item, TerraformModule module, FindingSink sink)
    {
        if (item.Kind != TerraformKind.Resource || item.ResourceType is not ("null_resource" or "terraform_data"))
            return;
        foreach (var attribute in item.Body.Attributes.Where(a => a.Name is "triggers" or "triggers_replace"))
        {
            foreach (var call in Calls(attribute.Value, "timestamp", "uuid"))
            {
                sink.Add(this, call.Span,
                    $"'{call.Name}()' is another text each time: every apply replaces this and starts its commands again.", item,
                    attribute.Name);
            }
        }
    }
}
