using Repave.Core.Dialects.Terraform.Evaluation;
using Repave.Core.Dialects.Terraform.Modules;

namespace Repave.Core.Dialects.Terraform.Validation;

/// <summary>Takes resources for unknown: what a provider makes of a configuration can differ from it.</summary>
internal sealed class NothingKnown : IResourceValues
{
    public static NothingKnown Instance { get; } = new();

    public bool IsIgnorant => true;

    public TerraformValue? ValueOf(ModuleInstance module, TerraformItem item, TerraformValue? key, TerraformValue configured) =>
        TerraformValue.Unknown;
}
