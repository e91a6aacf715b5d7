namespace Repave.Core.Dialects.Terraform.Evaluation;

/// <summary>What a function does with arguments that are not plain.</summary>
[Flags]
internal enum FunctionTraits
{
    None = 0,

    /// <summary>It takes arguments in which something is unknown.</summary>
    PartlyKnown = 1,

    /// <summary>It takes null.</summary>
    Null = 2,

    /// <summary>What it takes out of its arguments keeps its own marks.</summary>
    KeepsMarks = 4,

    /// <summary>It takes arguments that are unknown altogether.</summary>
    Unknown = 8 | PartlyKnown,

    /// <summary>Its result differs each time, or depends on the machine.</summary>
    NeverKnown = 16,
}

/// <summary>A function.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">The types of its parameters.</param>
/// <param name="More">The type of any number of further ones; null if there are none.</param>
/// <param name="Result">The type of its result.</param>
/// <param name="Traits">What it does with arguments that are not plain.</param>
/// <param name="Body">What it does.</param>
internal sealed record Function(
    string Name, IReadOnlyList<TerraformType> Parameters, TerraformType? More, TerraformType Result, FunctionTraits Traits,
    Func<FunctionCall, TerraformValue> Body);
