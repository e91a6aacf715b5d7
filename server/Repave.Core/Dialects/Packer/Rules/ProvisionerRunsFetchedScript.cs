using Repave.Core.Rules;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Packer.Rules;

/// <summary>Provisioners with a script that goes from an address into a shell.</summary>
public sealed class ProvisionerRunsFetchedScript : PackerRule
{
    /// <inheritdoc/>
    public override string Id => "RPV1097";

    /// <inheritdoc/>
    public override string Title => "Provisioner that runs a script as it is fetched";

    /// <inheritdoc/>
    public override Severity Severity => Severity.Warning;

    /// <inheritdoc/>
    public override string Reason =>
        "What an address gives is run as root and becomes the image, whatever it is that day, and nobody can tell afterwards what was run. "
            + "Fetch a named version, check it against a checksum, and run it then.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> References => ["https://developer.hashicorp.com/packer/docs/provisioners/shell"];

    /// <inheritdoc/>
    public override string Bad => """
        build {
          provisioner "shell" {
            inline = ["curl -fsSL https://example.com/install.sh | sh"]
          }
        }
        """;

    /// <inheritdoc/>
    public override string Good => """
        build {
          provisioner "shell" {
            inline = [
              "curl -fsSLo i.sh https://example.com/install-1.4.sh",
              "echo '24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d  i.sh' | sha256sum -c",
              "sh i.sh",
            ]
          }
        }
        """;

    /// <inheritdoc/>
    public override void Check(PackerPart part, FindingSink sink)
    {
        if (part.Kind != PackerPartKind.Provisioner || part.Type is not ("shell" or "shell-local"))
            return;
        foreach (var line in part.ValuesOf("inline"))
        {
            if (line.Text is { } text && InstallCommands.RunsFetchedScript(ShellText.CommandsOf(text)))
                sink.Add(this, line.Span, "A script goes from its address into a shell: fetch a version of it, check it against a checksum, "
                    + "and run it then.", part.Resource);
        }
    }
}
