using Repave.Core.Dialects;

namespace Repave.Core.Rules;

/// <summary>Machine images that are built, and that nothing looks for. What Terraform and CloudFormation build themselves is theirs to hand
/// on.</summary>
public sealed class ImageNobodyUses : Rule
{
    /// <summary>The one instance that findings refer to.</summary>
    public static Rule Instance => RuleCatalogue.Find("RPV1009")!;

    /// <inheritdoc/>
    public override string Id => "RPV1009";

    /// <inheritdoc/>
    public override string Title => "Image that is built and that nothing looks for";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override bool OnByDefault => false;

    /// <inheritdoc/>
    public override string Reason =>
        "An image that nobody starts machines of costs money, ages and is forgotten. Leave the build away, or let what should run it look "
        + "for its name.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2", "NIST SP 800-53 CM-8"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://developer.hashicorp.com/packer/integrations/hashicorp/amazon/latest/components/builder/ebs"];

    /// <inheritdoc/>
    public override string ExampleLanguage => "hcl";

    /// <inheritdoc/>
    public override string ExampleFile => "image.pkr.hcl";

    /// <inheritdoc/>
    public override string Bad => Example("db-*");

    /// <inheritdoc/>
    public override string Good => Example("web-*");

    internal static void Check(MachineImageBuild build, IReadOnlyList<MachineImageUse> uses, FindingSink sink)
    {
        if (!build.IsHandedOn && build.Name.Kind == MachineImageKind.Name && build.Name.Certain.Fixed > 0
            && !uses.Any(use => use.Name.Meets(build.Name)))
            sink.Add(Instance, build.Span, $"Nothing in this workspace looks for images named '{build.Name.Likely}'.", build.From);
    }

    private static string Example(string name) => $$$"""
        source "amazon-ebs" "web" {
          ami_name = "web-{{timestamp}}"
        }

        source "amazon-ebs" "web-large" {
          ami_name = "{{timestamp}}"
          source_ami_filter {
            filters = { name = "{{{name}}}" }
            owners  = ["self"]
          }
        }

        build {
          sources = ["source.amazon-ebs.web", "source.amazon-ebs.web-large"]
        }
        """;
}
