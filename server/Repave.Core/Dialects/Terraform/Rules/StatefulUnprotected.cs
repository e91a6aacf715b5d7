using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Terraform.Rules;

/// <summary>Resources with data that a plan may destroy.</summary>
public sealed class StatefulUnprotected : TerraformRule
{
    private static readonly string[] Types =
    [
        "aws_db_instance", "aws_rds_cluster", "aws_dynamodb_table", "aws_s3_bucket", "aws_efs_file_system", "aws_docdb_cluster",
        "aws_neptune_cluster",
        "aws_redshift_cluster", "aws_opensearch_domain", "aws_elasticache_replication_group", "aws_kms_key", "google_sql_database_instance",
        "google_storage_bucket", "google_bigtable_instance", "google_spanner_instance", "azurerm_storage_account", "azurerm_mssql_database",
        "azurerm_postgresql_flexible_server", "azurerm_cosmosdb_account", "azurerm_key_vault",
    ];


    /// <inheritdoc/>
    public override string Id => "RPV1590";

    /// <inheritdoc/>
    public override string Title => "Data without prevent_destroy";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "A change that replaces a database or a bucket deletes what it holds with it, and prevent_destroy is what "
            + "makes the plan stop before that. Set it in the lifecycle of what holds data.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle"];

    /// <inheritdoc/>
    public override string Bad => """
        resource "aws_dynamodb_table" "orders" {
          name         = "orders"
          hash_key     = "id"
          billing_mode = "PAY_PER_REQUEST"

          attribute {
            name = "id"
            type = "S"
          }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        resource "aws_dynamodb_table" "orders" {
          name         = "orders"
          hash_key     = "id"
          billing_mode = "PAY_PER_REQUEST"

          attribute {
            name = "id"
            type = "S"
          }

          lifecycle {
            prevent_destroy = true
          }
        }
        """;

    /// <inheritdoc/>
    internal override void Check(TerraformItem item, TerraformModule module, FindingSink sink)
    {
        if (item.Kind == TerraformKind.Resource && Array.IndexOf(Types, item.ResourceType) >= 0
            && !IsTrue(Lifecycle(item, "prevent_destroy")))
            sink.Add(this, item.NameSpan,
                $"A change that replaces '{item.Address}' deletes its data: set 'prevent_destroy' in its lifecycle.", item);
    }
}
