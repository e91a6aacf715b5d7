using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Dialects.Terraform.Packs;
using Repave.Core.Rules;
using Repave.Core.Shapes;

namespace Repave.Core.Dialects.Terraform.Rules;

/// <summary>Replacements whose name is taken.</summary>
public sealed class NewBeforeOldOfOneName : TerraformRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1392";

    /// <inheritdoc/>
    public override string Title => "Create before destroy with a fixed name";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "With create_before_destroy the new resource is created while the old one still has its name, which the "
            + "platform refuses. Take name_prefix, or put something into the name that changes with it.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle"];

    /// <inheritdoc/>
    public override string Bad => """
        resource "google_compute_instance_template" "web" {
          name         = "web"
          machine_type = "e2-small"

          disk {
            source_image = "shop-web-7"
          }

          lifecycle {
            create_before_destroy = true
          }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        resource "google_compute_instance_template" "web" {
          name_prefix  = "web-"
          machine_type = "e2-small"

          disk {
            source_image = "shop-web-7"
          }

          lifecycle {
            create_before_destroy = true
          }
        }
        """;

    /// <inheritdoc/>
    internal override void Check(TerraformItem item, TerraformModule module, FindingSink sink)
    {
        if (item.Kind != TerraformKind.Resource || !IsTrue(Lifecycle(item, "create_before_destroy"))
            || module.Argument(item, "count") is not null || module.Argument(item, "for_each") is not null)
            return;
        // Where there is a prefix to take, the platform wants the name for itself.
        if (ProviderPacks.Embedded.Provider(module.ProviderOf(item))?.Resource(item.ResourceType)?.Body is not { } schema
            || schema["name_prefix"] is null || schema["name"] is not { Update: UpdateEffect.Replaces })
            return;
        if (item.Body["name"] is { Text: { Length: > 0 } name } at)
            sink.Add(this, at.Span, $"The new one is created while the old one still has the name '{name}': take 'name_prefix'.",
                item, "name");
    }
}
