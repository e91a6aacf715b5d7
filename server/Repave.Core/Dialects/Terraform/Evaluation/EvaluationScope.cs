using Repave.Core.Syntax.Hcl;

namespace Repave.Core.Dialects.Terraform.Evaluation;

/// <summary>Where expressions find what they name.</summary>
public abstract class EvaluationScope
{
    /// <summary>The value of a name with as many steps as the scope knows, and how many those are.</summary>
    /// <param name="traversal">The name and its steps.</param>
    /// <param name="steps">How many steps the value has taken; the rest is taken of it.</param>
    /// <returns>The value; unknown where nothing is known of it.</returns>
    public abstract TerraformValue Resolve(HclTraversal traversal, out int steps);

    /// <summary>The text of a file that a function reads, its path as evaluated; null where it is not known.</summary>
    public virtual string? ReadFile(string path) => null;

    /// <summary>A scope in which nothing has a name.</summary>
    public static EvaluationScope Empty { get; } = new NoNames();

    private sealed class NoNames : EvaluationScope
    {
        public override TerraformValue Resolve(HclTraversal traversal, out int steps)
        {
            steps = traversal.Steps.Count;
            return TerraformValue.Unknown;
        }
    }
}
