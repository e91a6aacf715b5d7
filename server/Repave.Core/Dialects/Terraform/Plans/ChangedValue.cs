using Repave.Core.Dialects.Terraform.Evaluation;
using Repave.Core.Dialects.Terraform.Packs;

namespace Repave.Core.Dialects.Terraform.Plans;

/// <summary>A value of an instance that becomes another.</summary>
/// <param name="Path">Where, dotted with list places.</param>
/// <param name="Steps">The names that lead to it, with the places of items.</param>
/// <param name="From">What it was.</param>
/// <param name="To">What it becomes.</param>
/// <param name="Members">The members of the schema that lead to it; empty where no schema is known.</param>
internal sealed record ChangedValue(string Path, IReadOnlyList<object> Steps, TerraformValue From, TerraformValue To,
    IReadOnlyList<SchemaMember> Members)
{
    /// <summary>Whether it is not known that it becomes another.</summary>
    public bool IsUnsure { get; init; }
}
