using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Terraform.Rules;

/// <summary>Secrets that stand in a configuration.</summary>
public sealed class SecretInText : TerraformRule
{
    private static readonly string[] Names =
    [
        "password", "master_password", "admin_password", "administrator_login_password", "secret_key", "secret_string",
        "auth_token", "client_secret",
        "private_key", "api_key", "token",
    ];

    // Credentials of emulators, and what stands for something that is to be filled in.
    private static bool IsPlaceholder(string text) =>
        text.Length < 6 || text.StartsWith('<') || text.IndexOf("mock", StringComparison.OrdinalIgnoreCase) >= 0
            || text.IndexOf("test", StringComparison.OrdinalIgnoreCase) >= 0
            || text.IndexOf("example", StringComparison.OrdinalIgnoreCase) >= 0
            || text.IndexOf("change", StringComparison.OrdinalIgnoreCase) >= 0 || text.Distinct().Count() <= 3;


    /// <inheritdoc/>
    public override string Id => "RPV1290";

    /// <inheritdoc/>
    public override string Title => "Secret in the text";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "A secret in a configuration is in its repository, in each copy of it and in the state, and cannot be "
            + "changed without a commit. Take it from a secret store, or from a variable that is marked as sensitive.";

    /// <inheritdoc/>
    public override string Bad => """
        resource "aws_db_instance" "shop" {
          allocated_storage   = 20
          engine              = "postgres"
          instance_class      = "db.t3.small"
          username            = "shop"
          password            = "correct-horse-battery"
          skip_final_snapshot = true
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        variable "password" {
          type      = string
          sensitive = true
        }

        resource "aws_db_instance" "shop" {
          allocated_storage   = 20
          engine              = "postgres"
          instance_class      = "db.t3.small"
          username            = "shop"
          password            = var.password
          skip_final_snapshot = true
        }
        """;

    /// <inheritdoc/>
    internal override void Check(TerraformItem item, TerraformModule module, FindingSink sink)
    {
        if (item.Kind is not (TerraformKind.Resource or TerraformKind.Provider))
            return;
        foreach (var attribute in item.Body.AllAttributes)
        {
            if (Array.IndexOf(Names, attribute.Name) < 0 || attribute.Value.Text is not { Length: > 0 } text || IsPlaceholder(text))
                continue;
            sink.Add(this, attribute.Value.Span,
                $"The value of '{attribute.Name}' is a secret, and stands here for everybody who reads the repository.", item,
                attribute.Name);
        }
    }
}
