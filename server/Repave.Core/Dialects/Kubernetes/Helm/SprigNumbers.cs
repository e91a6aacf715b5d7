using System.Globalization;
using Repave.Core.Syntax.GoTemplate;
using static Repave.Core.Dialects.Kubernetes.Helm.GoArguments;

namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>Sprig's functions on numbers.</summary>
internal static class SprigNumbers
{
    public static void AddTo(Dictionary<string, GoFunction> functions)
    {
        functions["atoi"] = new("s", (_, a) => new GoInteger(GoNumbers.ParseInteger(StringOf(a[0]), 10) ?? 0));
        functions["int"] = new("a", (_, a) => new GoInteger(ToInteger(a[0])));
        functions["int64"] = new("a", (_, a) => Long(ToInteger(a[0])));
        functions["float64"] = new("a", (_, a) => new GoFloat(ToFloat(a[0])));
        functions["toDecimal"] = new("a", (_, a) => Long(GoNumbers.ParseInteger(GoFormat.Sprint(a).Text, 8) ?? 0));
        functions["add1"] = new("a", (_, a) => Long(unchecked(ToInteger(a[0]) + 1)));
        functions["add"] = new("a*", (_, a) => Long(a.Aggregate(0L, (sum, value) => unchecked(sum + ToInteger(value)))));
        functions["sub"] = new("aa", (_, a) => Long(unchecked(ToInteger(a[0]) - ToInteger(a[1]))));
        functions["div"] = new("aa", (_, a) => Long(ToInteger(a[1]) is not 0 and var by ? by == -1 ? unchecked(-ToInteger(a[0]))
            : ToInteger(a[0]) / by : throw Error("runtime error: integer divide by zero")));
        functions["mod"] = new("aa", (_, a) => Long(ToInteger(a[1]) is not 0 and var by ? by == -1 ? 0 : ToInteger(a[0]) % by
            : throw Error("runtime error: integer divide by zero")));
        functions["mul"] = new("aa*", (_, a) => Long(a.Aggregate(1L, (product, value) => unchecked(product * ToInteger(value)))));
        functions["add1f"] = new("a", (_, a) => Decimal([a[0], new GoInteger(1)], (x, y) => x + y, (x, y) => x + y));
        functions["addf"] = new("a*", (_, a) => Decimal([new GoFloat(0), .. a], (x, y) => x + y, (x, y) => x + y));
        functions["subf"] = new("aa*", (_, a) => Decimal(a, (x, y) => x - y, (x, y) => x - y));
        functions["mulf"] = new("aa*", (_, a) => Decimal(a, (x, y) => x * y, (x, y) => x * y));
        functions["divf"] = new("aa*", (_, a) => Decimal(a, (x, y) => y == 0 ? throw Error("decimal division by 0")
            : Math.Round(x / y, 16, MidpointRounding.AwayFromZero), (x, y) => x / y));
        functions["max"] = functions["biggest"] = new("aa*", (_, a) => Long(a.Max(ToInteger)));
        functions["min"] = new("aa*", (_, a) => Long(a.Min(ToInteger)));
        functions["maxf"] = new("aa*", (_, a) => new GoFloat(a.Select(ToFloat).Aggregate(Math.Max)));
        functions["minf"] = new("aa*", (_, a) => new GoFloat(a.Select(ToFloat).Aggregate(Math.Min)));
        functions["floor"] = new("a", (_, a) => new GoFloat(Math.Floor(ToFloat(a[0]))));
        functions["ceil"] = new("a", (_, a) => new GoFloat(Math.Ceiling(ToFloat(a[0]))));
        functions["round"] = new("aif*", (_, a) => new GoFloat(Round(ToFloat(a[0]), Int(a[1]), a.Length > 2 ? ((GoFloat)a[2]!).Value
            : 0.5)));
        functions["until"] = new("i", (_, a) => Until(0, Int(a[0]), Int(a[0]) < 0 ? -1 : 1));
        functions["untilStep"] = new("iii", (_, a) => Until(Int(a[0]), Int(a[1]), Int(a[2])));
        functions["seq"] = new("i*", (_, a) => Sequence([.. a.Select(Int)]));
    }

    private static GoInteger Long(long value) => new(value, "int64");

    private static GoFloat Decimal(GoValue?[] values, Func<decimal, decimal, decimal> exact, Func<double, double, double> rough)
    {
        try
        {
            var result = (decimal)ToFloat(values[0]);
            foreach (var value in values.Skip(1))
                result = exact(result, (decimal)ToFloat(value));
            // Not a cast: that is off by one in the last place.
            return new GoFloat(double.Parse(result.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
        }
        catch (OverflowException)
        {
            return new GoFloat(values.Select(ToFloat).Aggregate(rough));
        }
    }

    private static double Round(double value, int places, double from)
    {
        var power = Math.Pow(10, places);
        var digits = power * value;
        var rest = digits - Math.Truncate(digits);
        return (rest >= from ? Math.Ceiling(digits) : Math.Floor(digits)) / power;
    }

    private static GoList Until(int start, int stop, int step)
    {
        var numbers = new List<GoValue?>();
        if (stop < start ? step >= 0 : step <= 0)
            return new GoList(numbers, "int");
        GoLimits.CheckCount(Math.Abs(((long)stop - start) / step));
        for (long i = start; stop < start ? i > stop : i < stop; i += step)
            numbers.Add(new GoInteger(i));
        return new GoList(numbers, "int");
    }

    private static GoText Sequence(int[] values)
    {
        GoList numbers;
        switch (values)
        {
            case [var end]:
                var increment = end < 1 ? -1 : 1;
                numbers = Until(1, end + increment, increment);
                break;
            case [var start, var end]:
                var step = end < start ? -1 : 1;
                numbers = Until(start, end + step, step);
                break;
            case [var start, var by, var end]:
                if (end < start && by > 0)
                    return GoText.Empty;
                numbers = Until(start, end + (end < start ? -1 : 1), by);
                break;
            default:
                return GoText.Empty;
        }

        return new GoText(string.Join(" ", numbers.Items.Select(number => ((GoInteger)number!)
            .Value.ToString(CultureInfo.InvariantCulture))));
    }
}
