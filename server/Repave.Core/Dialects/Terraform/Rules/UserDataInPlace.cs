using Repave.Core.Dialects.Terraform.Modules;
using Repave.Core.Rules;
using Repave.Core.Syntax.Hcl;

namespace Repave.Core.Dialects.Terraform.Rules;

/// <summary>Machines that start with a script and never again.</summary>
public sealed class UserDataInPlace : TerraformRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1196";

    /// <inheritdoc/>
    public override string Title => "user_data that changes without a replacement";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Info;

    /// <inheritdoc/>
    public override string Reason =>
        "A change of user_data stops and starts the machine and does not run the script again, so the machine "
            + "is not what the text says. Set user_data_replace_on_change to true.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References =>
        ["https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/instance"];

    /// <inheritdoc/>
    public override string Bad => """
        resource "aws_instance" "web" {
          ami           = "ami-0abc"
          instance_type = "t3.small"
          user_data     = "#!/bin/sh\nexec /opt/start"
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
        if (item.Kind != TerraformKind.Resource || item.ResourceType != "aws_instance"
            || item.Body.Attribute("user_data_replace_on_change") is not null
            || (Ignored(item) is not { } ignored || ignored.Any(i => i.Name is "user_data" or "user_data_base64")))
            return;
        if ((item.Body.Attribute("user_data") ?? item.Body.Attribute("user_data_base64"))
            is { Value: not HclLiteral { Kind: HclLiteralKind.Null } } data)
        {
            sink.Add(this, data.NameSpan,
                "A change of this restarts the machine and does not run the script again: set 'user_data_replace_on_change' to true.",
                item, data.Name);
        }
    }
}
