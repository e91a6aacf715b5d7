using Repave.Core.Dialects.Terraform.Evaluation;

namespace Repave.Core.Dialects.Terraform.Modules;

/// <summary>Knows what resources and data sources have besides what their configuration says (a state, a schema).</summary>
public interface IResourceValues
{
    /// <summary>Whether nothing of any resource is to be taken for known, not even what its configuration says.</summary>
    bool IsIgnorant { get; }

    /// <summary>The value of one instance of a resource or data source, as expressions see it; null for what its configuration says, with
    /// everything else unknown.</summary>
    /// <param name="module">The module that it is in.</param>
    /// <param name="item">The resource.</param>
    /// <param name="key">The instance's key: null, a number or a text.</param>
    /// <param name="configured">What its configuration says, evaluated.</param>
    TerraformValue? ValueOf(ModuleInstance module, TerraformItem item, TerraformValue? key, TerraformValue configured);
}
