using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Terraform.Rules;

/// <summary>Modules whose version nothing holds.</summary>
public sealed class ModuleWithoutPin : TerraformRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1090";

    /// <inheritdoc/>
    public override string Title => "Module without a version";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "A module without a version is another one tomorrow: the same configuration plans other resources, and "
            + "replaces what nobody has touched. Name a version, or a tag or commit of its repository.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://developer.hashicorp.com/terraform/language/modules/sources"];

    /// <inheritdoc/>
    public override string Bad => """
        module "vpc" {
          source = "terraform-aws-modules/vpc/aws"
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        module "vpc" {
          source  = "terraform-aws-modules/vpc/aws"
          version = "5.16.0"
        }
        """;

    /// <inheritdoc/>
    internal override void Check(TerraformItem item, TerraformModule module, FindingSink sink)
    {
        if (item.Kind != TerraformKind.Module || item.Body["source"] is not { Text: { } source } at || ModuleCalls.IsLocal(source))
            return;
        var isGit = source.StartsWith("git::", StringComparison.Ordinal) || source.StartsWith("git@", StringComparison.Ordinal)
            || source.StartsWith("github.com/", StringComparison.Ordinal) || source.StartsWith("bitbucket.org/", StringComparison.Ordinal);
        if (isGit)
        {
            if (source.IndexOf("ref=", StringComparison.Ordinal) < 0)
                sink.Add(this, at.Span, "Nothing says which version of the repository is meant: add '?ref=' with a tag or a commit.",
                    item, "source");
        }
        else if (source.IndexOf("://", StringComparison.Ordinal) < 0 && source.Split('/').Length is 3 or 4 && !source.StartsWith('/')
            && source.IndexOf("::", StringComparison.Ordinal) < 0 && module.Argument(item, "version") is null)
        {
            sink.Add(this, at.Span, "Nothing says which version of the module is meant: add 'version'.", item, "source");
        }
    }
}
