using Repave.Core.Dialects;

namespace Repave.Core.Rules;

/// <summary>Machine images that are built, and that nothing looks for.</summary>
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
        ["https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/ami"];

    /// <inheritdoc/>
    public override string ExampleLanguage => "hcl";

    /// <inheritdoc/>
    public override string ExampleFile => "main.tf";

    /// <inheritdoc/>
    public override string Bad => Example("db-*");

    /// <inheritdoc/>
    public override string Good => Example("web-*");

    internal static void Check(MachineImageBuild build, IReadOnlyList<MachineImageUse> uses, FindingSink sink)
    {
        if (build.Name.Kind == MachineImageKind.Name && build.Name.Certain.Fixed > 0 && !uses.Any(use => use.Name.Meets(build.Name)))
            sink.Add(Instance, build.Span, $"Nothing in this workspace looks for images named '{build.Name.Likely}'.", build.From);
    }

    private static string Example(string name) => $$$"""
        resource "aws_imagebuilder_distribution_configuration" "web" {
          name = "web"

          distribution {
            region = "eu-west-1"

            ami_distribution_configuration {
              name = "web-{{ imagebuilder:buildDate }}"
            }
          }
        }

        data "aws_ami" "web" {
          owners = ["self"]

          filter {
            name   = "name"
            values = ["{{{name}}}"]
          }
        }
        """;
}
