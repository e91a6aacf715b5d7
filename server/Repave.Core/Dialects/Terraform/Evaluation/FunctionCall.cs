using Repave.Core.Syntax.Hcl;

namespace Repave.Core.Dialects.Terraform.Evaluation;

/// <summary>A call of a function with its arguments, as the function sees them.</summary>
internal sealed class FunctionCall(Evaluator evaluator, HclCall call, IReadOnlyList<TerraformValue> arguments, TerraformType result)
{
    public Evaluator Evaluator => evaluator;

    public HclCall Written => call;

    public int Count => arguments.Count;

    public TerraformType Result => result;

    public TerraformValue this[int index] => arguments[index];

    public IReadOnlyList<TerraformValue> All => arguments;

    public string Text(int index) => arguments[index].Text ?? "";

    public TerraformNumber Number(int index) => arguments[index].Number ?? TerraformNumber.Zero;

    public TerraformValue Unknown => TerraformValue.UnknownOf(result);

    /// <summary>Says what is wrong with an argument.</summary>
    public TerraformValue Fail(int index, string message)
    {
        var span = index < call.Arguments.Count ? call.Arguments[index].Span : call.Span;
        return evaluator.Fail(span, message, result);
    }
}
