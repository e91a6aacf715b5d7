using Repave.Core.Dialects.Terraform.Packs;

namespace Repave.Core.Dialects.Terraform.Evaluation;

/// <summary>Functions of types and marks.</summary>
internal static partial class Functions
{
    private static void AddConversions(Adder add)
    {
        const FunctionTraits Anything = FunctionTraits.Null | FunctionTraits.Unknown | FunctionTraits.KeepsMarks;
        add("tostring", [Any], S, c => ConvertTo(c, S), Anything);
        add("tonumber", [Any], N, c => ConvertTo(c, N), Anything);
        add("tobool", [Any], B, c => ConvertTo(c, B), Anything);
        add("tolist", [Any], ListOfAny, c => ConvertTo(c, ListOfAny), Anything);
        add("toset", [Any], SetOfAny, c => ConvertTo(c, SetOfAny), Anything);
        add("tomap", [Any], TerraformType.Map(Any), c => ConvertTo(c, TerraformType.Map(Any)), Anything);
        add("sensitive", [Any], Any, c => c[0].Marked(), Anything);
        add("nonsensitive", [Any], Any, c => c[0].Marked(false), Anything);
        add("issensitive", [Any], B,
            c => c[0].IsUnknown && !c[0].IsSensitive ? c.Unknown : TerraformValue.Of(c[0].IsSensitive).Marked(false),
            Anything);
        add("ephemeralasnull", [Any], Any, c => c[0], Anything);
        // Evaluated by Call, which looks at their expressions.
        add("try", [], Any, c => c.Unknown, Anything, Any);
        add("can", [Any], B, c => c.Unknown, Anything);
    }

    private static TerraformValue ConvertTo(FunctionCall call, TerraformType type) =>
        Conversion.To(call[0], type, out var reason) ?? call.Fail(0, $"The argument does not fit: {reason}.");
}
