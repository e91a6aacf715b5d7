using Repave.Core.Dialects.Terraform.Packs;

namespace Repave.Core.Dialects.Terraform.Plans;

/// <summary>The provider that Terraform itself has: <c>terraform_data</c> and <c>terraform_remote_state</c>.</summary>
internal static class BuiltinProvider
{
    private const string Name = "terraform.io/builtin/terraform";

    // Measured with Terraform 1.11 (its 'providers schema'): another input gives another output in place, another trigger a new id.
    private static readonly Lazy<ProviderPack> Pack = new(() => new ProviderPack(
        $"@provider {Name} 1.11\n[terraform_data]\nid string computed\ninput any\noutput any computed renewed-by=input\n"
        + "triggers_replace any replaces\n"
        + "[data.terraform_remote_state]\nbackend! string\nconfig any\ndefaults any\noutputs any computed\nworkspace string\n"));

    public static ProviderPack? Of(string type) => type is "terraform_data" or "terraform_remote_state" ? Pack.Value : null;
}
