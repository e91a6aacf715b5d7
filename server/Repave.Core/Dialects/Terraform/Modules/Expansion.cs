using Repave.Core.Dialects.Terraform.Evaluation;

namespace Repave.Core.Dialects.Terraform.Modules;

/// <summary>How a resource or a call of a module is expanded by count and for_each.</summary>
public enum ExpansionKind
{
    /// <summary>Not at all: there is one.</summary>
    Single,

    /// <summary>By count.</summary>
    Count,

    /// <summary>By for_each.</summary>
    ForEach,
}

/// <summary>The instances of a resource or a call of a module.</summary>
/// <param name="Kind">How it is expanded.</param>
/// <param name="Keys">Their keys with the values of for_each; null where these are not known.</param>
public sealed record Expansion(ExpansionKind Kind, IReadOnlyList<ExpansionKey>? Keys)
{
    /// <summary>One instance.</summary>
    public static Expansion Single { get; } = new(ExpansionKind.Single, [new ExpansionKey(null, TerraformValue.Null)]);
}

/// <summary>One instance's key.</summary>
/// <param name="Key">A number or a text; null where there is one instance without a key.</param>
/// <param name="Value">The value of for_each.</param>
public sealed record ExpansionKey(TerraformValue? Key, TerraformValue Value)
{
    /// <summary>The key as addresses have it: <c>[0]</c>, <c>["eu"]</c>, or nothing.</summary>
    public string Suffix => Key is null ? "" : Key.Number is { } number ? $"[{number}]" : $"[{JsonWriter.Quote(Key.Text ?? "")}]";
}
