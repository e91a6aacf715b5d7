using Repave.Core.Dialects.Terraform.Evaluation;

namespace Repave.Core.Dialects.Terraform.Plans;

/// <summary>Providers that can be asked what they would plan.</summary>
public interface IProviderAnswers
{
    /// <summary>What a provider would plan; null where it cannot be asked, or does not answer.</summary>
    /// <param name="source">The provider's address.</param>
    /// <param name="type">The resource's type.</param>
    /// <param name="prior">Its values as the state has them.</param>
    /// <param name="proposed">Those that the text and the state propose together.</param>
    /// <param name="config">Those that the text gives.</param>
    ProviderAnswer? Plan(string source, string type, TerraformValue prior, TerraformValue proposed, TerraformValue config);
}
