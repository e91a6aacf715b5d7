using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Rules;

namespace Repave.Core.Dialects.Terraform.Rules;

/// <summary>Machines that are set up after they were started.</summary>
public sealed class RemoteExec : TerraformRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1190";

    /// <inheritdoc/>
    public override string Title => "Provisioner that changes a running machine";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "remote-exec changes a machine once, when it is created: what it did is in no plan, and the next change of "
            + "the script never reaches it. Build it into the image, or start it from user_data and replace the machine.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://developer.hashicorp.com/terraform/language/resources/provisioners/syntax"];

    /// <inheritdoc/>
    public override string Bad => """
        resource "aws_instance" "web" {
          ami           = "ami-0abc"
          instance_type = "t3.small"

          provisioner "remote-exec" {
            inline = ["sudo apt-get install -y nginx"]
          }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        resource "aws_instance" "web" {
          ami                         = "ami-0abc"
          instance_type               = "t3.small"
          user_data                   = "#!/bin/sh\nexec /opt/start"
          user_data_replace_on_change = true
        }
        """;

    /// <inheritdoc/>
    internal override void Check(TerraformItem item, TerraformModule module, FindingSink sink)
    {
        foreach (var provisioner in Provisioners(item, "remote-exec"))
        {
            sink.Add(this, provisioner.Head,
                "This changes the machine once, in no plan: build it into the image, or start it from user_data and replace the machine.",
                item);
        }
    }
}
