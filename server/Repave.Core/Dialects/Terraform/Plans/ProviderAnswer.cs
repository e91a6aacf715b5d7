using Repave.Core.Dialects.Terraform.Evaluation;

namespace Repave.Core.Dialects.Terraform.Plans;

/// <summary>What a provider would plan.</summary>
/// <param name="Replaces">The arguments that force a replacement.</param>
/// <param name="Planned">The values after it, as objects and tuples.</param>
public sealed record ProviderAnswer(IReadOnlyCollection<string> Replaces, TerraformValue Planned);
