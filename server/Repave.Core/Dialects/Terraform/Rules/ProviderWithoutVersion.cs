using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Rules;
using Repave.Core.Syntax.Hcl;

namespace Repave.Core.Dialects.Terraform.Rules;

/// <summary>Providers whose version nothing holds.</summary>
public sealed class ProviderWithoutVersion : TerraformRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1091";

    /// <inheritdoc/>
    public override string Title => "Provider without a version";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "Without a bound a new major version of a provider is taken as soon as the lock file is created again, and "
            + "with it other defaults. Say which versions the module was written for.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://developer.hashicorp.com/terraform/language/providers/requirements"];

    /// <inheritdoc/>
    public override string Bad => """
        terraform {
          required_providers {
            aws = {
              source = "hashicorp/aws"
            }
          }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        terraform {
          required_providers {
            aws = {
              source  = "hashicorp/aws"
              version = "~> 5.80"
            }
          }
        }
        """;

    /// <inheritdoc/>
    internal override void Check(TerraformItem item, TerraformModule module, FindingSink sink)
    {
        foreach (var provider in item.Body.BlocksOf("required_providers").SelectMany(b => b.Body.Attributes))
        {
            if (item.Kind == TerraformKind.Terraform && provider.Value is HclObject body && body["version"] is null
                && body["source"] is not null)
                sink.Add(this, provider.NameSpan,
                    $"Nothing says which versions of the provider '{provider.Name}' are taken: add 'version'.", item);
        }
    }
}
