using Repave.Core.Dialects;

namespace Repave.Core.Rules;

/// <summary>Machine images that are looked for among one's own, and that nothing builds.</summary>
public sealed class ImageNobodyBuilds : Rule
{
    // Of less nobody can say what is meant.
    private const int MinFixed = 3;

    /// <summary>The one instance that findings refer to.</summary>
    public static Rule Instance => RuleCatalogue.Find("RPV1008")!;

    /// <inheritdoc/>
    public override string Id => "RPV1008";

    /// <inheritdoc/>
    public override string Title => "Lookup of an image that nothing builds";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "The lookup takes an image of the account's own by its name, and no build in this workspace makes one of such a name, so that it "
        + "fails or finds what is left of an earlier build. Give build and lookup the same name.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Controls => ["NIST SP 800-53 CM-2", "NIST SP 800-53 SI-7"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/ami"];

    /// <inheritdoc/>
    public override string ExampleLanguage => "hcl";

    /// <inheritdoc/>
    public override string ExampleFile => "main.tf";

    /// <inheritdoc/>
    public override string Bad => Example("api-*");

    /// <inheritdoc/>
    public override string Good => Example("web-*");

    internal static void Check(MachineImageUse use, IReadOnlyList<MachineImageBuild> builds, FindingSink sink)
    {
        if (use.Name.Kind == MachineImageKind.Name && use.Name.Certain.Fixed >= MinFixed
            && builds.Any(build => build.Name.Cloud == use.Name.Cloud && build.Name.Kind == use.Name.Kind)
            && !builds.Any(build => build.Name.Meets(use.Name)))
            sink.Add(Instance, use.Span, $"No build in this workspace makes an image whose name matches '{use.Name.Likely}'.", use.From);
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
          owners      = ["self"]
          most_recent = true

          filter {
            name   = "name"
            values = ["{{{name}}}"]
          }
        }
        """;
}
