using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Terraform.Rules;

/// <summary>Modules that follow a branch.</summary>
public sealed class ModuleFromBranch : TerraformRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1094";

    /// <inheritdoc/>
    public override string Title => "Module that follows a branch";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "A branch moves: the same configuration plans other resources after each commit to it. Name a tag or, "
            + "better, a commit.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://developer.hashicorp.com/terraform/language/modules/sources#selecting-a-revision"];

    /// <inheritdoc/>
    public override string Bad => """
        module "net" {
          source = "git::https://git.example.com/net.git?ref=main"
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        module "net" {
          source = "git::https://git.example.com/net.git?ref=v2.4.0"
        }
        """;

    /// <inheritdoc/>
    internal override void Check(TerraformItem item, TerraformModule module, FindingSink sink)
    {
        if (item.Kind != TerraformKind.Module || item.Body["source"] is not { Text: { } source } at)
            return;
        var start = source.IndexOf("ref=", StringComparison.Ordinal);
        if (start < 0)
            return;
        var reference = source.Substring(start + 4).Split('&')[0];
        if (reference is "main" or "master" or "develop" or "dev" or "trunk" or "HEAD")
            sink.Add(this, at.Span, $"'{reference}' is a branch, which moves: name a tag or a commit.", item, "source");
    }
}
