using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Terraform.Rules;

/// <summary>Files that are copied to a running machine.</summary>
public sealed class FileProvisioner : TerraformRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1192";

    /// <inheritdoc/>
    public override string Title => "File copied to a running machine";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "A file that is copied to a machine after its start is there once and never again: another version of it "
            + "changes nothing in any plan. Put it into the image or into user_data.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://developer.hashicorp.com/terraform/language/resources/provisioners/file"];

    /// <inheritdoc/>
    public override string Bad => """
        resource "aws_instance" "web" {
          ami           = "ami-0abc"
          instance_type = "t3.small"

          provisioner "file" {
            source      = "app.conf"
            destination = "/etc/app.conf"
          }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        resource "aws_instance" "web" {
          ami           = "ami-0abc"
          instance_type = "t3.small"
        }
        """;

    /// <inheritdoc/>
    internal override void Check(TerraformItem item, TerraformModule module, FindingSink sink)
    {
        foreach (var provisioner in Provisioners(item, "file"))
            sink.Add(this, provisioner.Head, "The file is copied once, in no plan: put it into the image or into user_data.", item);
    }
}
