using System.Numerics;

namespace Repave.Core.Dialects.Terraform.Evaluation;

/// <summary>Functions of numbers.</summary>
internal static partial class Functions
{
    private static void AddNumbers(Adder add)
    {
        add("abs", [N], N, c => TerraformValue.Of(c.Number(0).IsNegative ? c.Number(0).Negative() : c.Number(0)));
        add("ceil", [N], N, c => TerraformValue.Of(c.Number(0).Ceiling()));
        add("floor", [N], N, c => TerraformValue.Of(c.Number(0).Floor()));
        add("signum", [N], N,
            c => c.Number(0).Integer is null ? c.Fail(0, "The number is a whole one of 64 bits.") : TerraformValue.Of(c.Number(0).Sign));
        add("max", [], N, c => Extreme(c, 1), more: N);
        add("min", [], N, c => Extreme(c, -1), more: N);
        add("log", [N, N], N, c => OfDouble(c, Math.Log(c.Number(0).Double) / Math.Log(c.Number(1).Double)));
        add("pow", [N, N], N, c => OfDouble(c, Math.Pow(c.Number(0).Double, c.Number(1).Double)));
        add("parseint", [Any, N], N, ParseInteger);
    }

    private static TerraformValue OfDouble(FunctionCall call, double value) =>
        TerraformNumber.Of(value) is { } number ? TerraformValue.Of(number) : call.Fail(0, "The result is not a number.");

    private static TerraformValue Extreme(FunctionCall call, int sign)
    {
        if (call.Count == 0)
            return call.Fail(0, "At least one number is needed.");
        var best = call.Number(0);
        for (var i = 1; i < call.Count; i++)
        {
            if (call.Number(i).CompareTo(best) * sign > 0)
                best = call.Number(i);
        }

        return TerraformValue.Of(best);
    }

    private static TerraformValue ParseInteger(FunctionCall call)
    {
        if (call[0].Text is not { } text)
            return call.Fail(0, "The first argument is a text.");
        if (call.Number(1).Integer is not (>= 2 and <= 62 and var numberBase))
            return call.Fail(1, "The base is a whole number between 2 and 62.");
        var value = BigInteger.Zero;
        var start = text.StartsWith('-') || text.StartsWith('+') ? 1 : 0;
        if (text.Length == start || text.Length > 4000)
            return call.Fail(0, $"The text is not a whole number of base {numberBase}.");
        for (var i = start; i < text.Length; i++)
        {
            var c = text[i];
            // Up to base 36 upper and lower case are one; beyond that lower case comes first.
            var digit = c switch
            {
                >= '0' and <= '9' => c - '0',
                >= 'a' and <= 'z' => c - 'a' + 10,
                >= 'A' and <= 'Z' => numberBase <= 36 ? c - 'A' + 10 : c - 'A' + 36,
                _ => 99,
            };
            if (digit >= numberBase)
                return call.Fail(0, $"The text is not a whole number of base {numberBase}.");
            value = (value * numberBase) + digit;
        }

        return TerraformValue.Of(TerraformNumber.Of(text[0] == '-' ? -value : value));
    }
}
