using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Terraform.Rules;

/// <summary>Databases that leave nothing behind.</summary>
public sealed class NoFinalSnapshot : TerraformRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1592";

    /// <inheritdoc/>
    public override string Title => "Database deleted without a last snapshot";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "With skip_final_snapshot a database that a plan replaces or removes is gone with its data. Leave it away "
            + "and name the snapshot.";

    /// <inheritdoc/>
    public override string Bad => """
        resource "aws_db_instance" "shop" {
          allocated_storage   = 20
          engine              = "postgres"
          instance_class      = "db.t3.small"
          skip_final_snapshot = true
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        resource "aws_db_instance" "shop" {
          allocated_storage         = 20
          engine                    = "postgres"
          instance_class            = "db.t3.small"
          final_snapshot_identifier = "shop-last"
        }
        """;

    /// <inheritdoc/>
    internal override void Check(TerraformItem item, TerraformModule module, FindingSink sink)
    {
        if (item.Kind == TerraformKind.Resource && item.Body.Attribute("skip_final_snapshot") is { } skip && IsTrue(skip.Value))
            sink.Add(this, skip.NameSpan, "When a plan replaces or removes this, its data is gone: name a last snapshot instead.",
                item, skip.Name);
    }
}
