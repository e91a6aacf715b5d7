using Repave.Core.Text;

namespace Repave.Core.Dialects.Terraform.Evaluation;

/// <summary>Why an expression has no value.</summary>
/// <param name="Span">Where, in offsets of the expression's document.</param>
/// <param name="Message">What is wrong, for people.</param>
public sealed record EvaluationProblem(TextSpan Span, string Message)
{
    /// <summary>Whether it is that a value has no attribute of a name, whatever is still unknown of it.</summary>
    public bool IsAttribute { get; init; }
}
