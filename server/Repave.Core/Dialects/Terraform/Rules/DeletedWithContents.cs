using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Terraform.Rules;

/// <summary>Containers that are deleted with what they hold.</summary>
public sealed class DeletedWithContents : TerraformRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1591";

    /// <inheritdoc/>
    public override string Title => "Deleted with everything in it";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "With force_destroy a bucket is deleted with all that it holds, without asking, when a plan replaces it. "
            + "Leave it away where the contents matter.";

    /// <inheritdoc/>
    public override string Bad => """
        resource "aws_s3_bucket" "uploads" {
          bucket        = "shop-uploads"
          force_destroy = true
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        resource "aws_s3_bucket" "uploads" {
          bucket = "shop-uploads"
        }
        """;

    /// <inheritdoc/>
    internal override void Check(TerraformItem item, TerraformModule module, FindingSink sink)
    {
        if (item.Kind == TerraformKind.Resource && item.ResourceType is "aws_s3_bucket" or "google_storage_bucket" or "aws_ecr_repository"
            && (item.Body.Attribute("force_destroy") ?? item.Body.Attribute("force_delete")) is { } force && IsTrue(force.Value))
            sink.Add(this, force.NameSpan, "When a plan replaces this, everything in it is deleted without asking.", item, force.Name);
    }
}
