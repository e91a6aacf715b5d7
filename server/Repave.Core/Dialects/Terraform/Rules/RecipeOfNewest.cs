using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Rules;
using Repave.Core.Syntax.Hcl;

namespace Repave.Core.Dialects.Terraform.Rules;

/// <summary>Recipes of images that take the newest of what they are made from.</summary>
public sealed class RecipeOfNewest : TerraformRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1099";

    /// <inheritdoc/>
    public override string Title => OpenVersions.Title;

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason => OpenVersions.Reason;

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => [OpenVersions.Reference];

    /// <inheritdoc/>
    public override string Bad => """
        resource "aws_imagebuilder_image_recipe" "web" {
          name         = "web"
          version      = "1.0.0"
          parent_image = "arn:aws:imagebuilder:eu-west-1:aws:image/amazon-linux-2023-x86/x.x.x"
          component {
            component_arn = "arn:aws:imagebuilder:eu-west-1:aws:component/update-linux/1.0.2"
          }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        resource "aws_imagebuilder_image_recipe" "web" {
          name         = "web"
          version      = "1.0.0"
          parent_image = "arn:aws:imagebuilder:eu-west-1:aws:image/amazon-linux-2023-x86/2026.7.20"
          component {
            component_arn = "arn:aws:imagebuilder:eu-west-1:aws:component/update-linux/1.0.2"
          }
        }
        """;

    /// <inheritdoc/>
    internal override void Check(TerraformItem item, TerraformModule module, FindingSink sink)
    {
        if (item.Kind != TerraformKind.Resource
            || item.ResourceType is not ("aws_imagebuilder_image_recipe" or "aws_imagebuilder_container_recipe"))
            return;
        if (item.Body.Attribute("parent_image") is { } parent && IsNewest(parent.Value))
            Report(parent, "parent image");
        foreach (var component in item.Body.BlocksOf("component"))
        {
            if (component.Body.Attribute("component_arn") is { } name && IsNewest(name.Value))
                Report(name, "component");
        }

        void Report(HclAttribute at, string what) => sink.Add(this, at.Value.Span,
            OpenVersions.MessageOf(what), item, at.Name);
    }

    private static bool IsNewest(HclExpression value) =>
        value is HclTemplate { Parts: { Count: > 0 } parts } && parts[parts.Count - 1] is HclText { Value: var name }
        && OpenVersions.IsLeftOpen(name);
}
