using System.Globalization;
using Repave.Core.Shapes;
using Repave.Core.Text;

namespace Repave.Core.Dialects.Kubernetes.Cel;

/// <summary>The functions of CEL's standard library and of Kubernetes' own that rules on custom resources use.</summary>
internal static class CelFunctions
{
    /// <summary><c>f(…)</c>.</summary>
    public static object? Free(string name, object?[] arguments) => (name, arguments) switch
    {
        ("size", [var value]) => Size(value),
        ("int", [long value]) => value,
        ("int", [double value]) => (long)value,
        ("int", [string value]) =>
            long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
                : throw new CelFailure(),
        ("uint", [long and >= 0 and var value]) => value,
        ("double", [long value]) => (double)value,
        ("double", [double value]) => value,
        ("double", [string value]) =>
            double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw new CelFailure(),
        ("string", [string value]) => value,
        ("string", [bool value]) => value ? "true" : "false",
        ("string", [long value]) => value.ToString(CultureInfo.InvariantCulture),
        ("string", [double value]) => CanonicalJson.Number(value),
        ("bool", [bool value]) => value,
        ("dyn", [var value]) => value,
        ("duration", [string value]) => DurationOf(value),
        ("timestamp", [DateTimeOffset value]) => value,
        ("timestamp", [string value]) =>
            DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
                : throw new CelFailure(),
        ("quantity", [string value]) => Quantity.TryParse(value, out var quantity) ? quantity : throw new CelFailure(),
        ("isQuantity", [string value]) => Quantity.TryParse(value, out _),
        ("type", [var value]) => TypeOf(value),
        _ => throw new CelFailure(),
    };

    /// <summary><c>sets.contains(…)</c> and its like.</summary>
    public static object? InNamespace(string space, string name, object?[] arguments, CelCost cost) => (space, name, arguments) switch
    {
        ("sets", "contains", [List<object?> a, List<object?> b]) => b.All(i => Has(a, i, cost)),
        ("sets", "intersects", [List<object?> a, List<object?> b]) => b.Any(i => Has(a, i, cost)),
        ("sets", "equivalent", [List<object?> a, List<object?> b]) => b.All(i => Has(a, i, cost)) && a.All(i => Has(b, i, cost)),
        ("optional", "none", []) => CelOptional.None,
        ("optional", "of", [var value]) => new CelOptional(true, value),
        ("math", "greatest", [long a, long b]) => Math.Max(a, b),
        ("math", "least", [long a, long b]) => Math.Min(a, b),
        _ => throw new CelFailure(),
    };

    /// <summary><c>x.f(…)</c>.</summary>
    public static object? OfValue(object? target, string name, object?[] arguments, CelCost cost) => target switch
    {
        CelOptional optional => OfOptional(optional, name, arguments),
        string text => OfText(text, name, arguments, cost),
        List<object?> list => OfList(list, name, arguments, cost),
        Dictionary<object, object?> map when name == "size" => (long)map.Count,
        Quantity quantity => OfQuantity(quantity, name, arguments),
        DateTimeOffset time => OfTime(time, name),
        TimeSpan span => name switch
        {
            "getHours" => (long)span.TotalHours,
            "getMinutes" => (long)span.TotalMinutes,
            "getSeconds" => (long)span.TotalSeconds,
            "getMilliseconds" => (long)span.TotalMilliseconds,
            _ => throw new CelFailure(),
        },
        _ => throw new CelFailure(),
    };

    private static object? OfOptional(CelOptional optional, string name, object?[] arguments) => (name, arguments) switch
    {
        ("hasValue", []) => optional.HasValue,
        ("value", []) => optional.HasValue ? optional.Value : throw new CelFailure(),
        ("orValue", [var other]) => optional.HasValue ? optional.Value : other,
        ("or", [CelOptional other]) => optional.HasValue ? optional : other,
        _ => throw new CelFailure(),
    };

    private static object? OfText(string text, string name, object?[] arguments, CelCost cost)
    {
        // Every function but the size reads its text; patterns read it for each of their parts.
        var pattern = name is "matches" or "find" && arguments is [string said] ? Math.Max(said.Length, 4) * 0.25 : 1;
        if (name != "size")
            cost.Add(Math.Ceiling(text.Length * 0.1 * pattern) + 1);
        return Read(text, name, arguments, cost);
    }

    private static object? Read(string text, string name, object?[] arguments, CelCost cost) => (name, arguments) switch
    {
        ("size", []) => (long)text.Length,
        ("startsWith", [string part]) => text.StartsWith(part, StringComparison.Ordinal),
        ("endsWith", [string part]) => text.EndsWith(part, StringComparison.Ordinal),
        ("contains", [string part]) => text.Contains(part, StringComparison.Ordinal),
        ("matches", [string pattern]) => Match(text, pattern) is not null,
        ("find", [string pattern]) => Match(text, pattern) is { } found ? text.Substring(found.Start, found.Length) : "",
        ("lowerAscii", []) => text.ToLowerInvariant(),
        ("upperAscii", []) => text.ToUpperInvariant(),
        ("trim", []) => text.Trim(),
        ("replace", [string from, string to]) => from.Length == 0 ? throw new CelFailure() : Replace(text, from, to, cost),
        ("split", [string by]) =>
            by.Length == 0 ? throw new CelFailure() : text.Split([by], StringSplitOptions.None).Select(p => (object?)p).ToList(),
        ("indexOf", [string part]) => (long)text.IndexOf(part, StringComparison.Ordinal),
        ("lastIndexOf", [string part]) => (long)text.LastIndexOf(part, StringComparison.Ordinal),
        ("charAt", [long at]) => at >= 0 && at < text.Length ? text[(int)at].ToString() : throw new CelFailure(),
        ("substring", [long from]) => from >= 0 && from <= text.Length ? text.Substring((int)from) : throw new CelFailure(),
        ("substring", [long from, long to]) =>
            from >= 0 && to >= from && to <= text.Length ? text.Substring((int)from, (int)(to - from)) : throw new CelFailure(),
        _ => throw new CelFailure(),
    };

    private static object? OfList(List<object?> list, string name, object?[] arguments, CelCost cost) => (name, arguments) switch
    {
        ("size", []) => (long)list.Count,
        ("join", []) => Join("", list, cost),
        ("join", [string by]) => Join(by, list, cost),
        ("contains", [var item]) => Has(list, item, cost),
        ("indexOf", [var item]) => (long)list.FindIndex(i => IsSame(i, item, cost)),
        ("sum", []) => list.Aggregate(0L, (sum, item) => item is long number ? sum + number : throw new CelFailure()),
        ("min", []) => list.OfType<long>().DefaultIfEmpty().Min(),
        ("max", []) => list.OfType<long>().DefaultIfEmpty().Max(),
        ("isSorted", []) => list.OfType<IComparable>().Zip(list.OfType<IComparable>().Skip(1), (a, b) => a.CompareTo(b) <= 0).All(o => o),
        _ => throw new CelFailure(),
    };

    private static object? OfQuantity(Quantity quantity, string name, object?[] arguments) => (name, arguments) switch
    {
        ("compareTo", [Quantity other]) => (long)quantity.Value.CompareTo(other.Value),
        ("isGreaterThan", [Quantity other]) => quantity.Value > other.Value,
        ("isLessThan", [Quantity other]) => quantity.Value < other.Value,
        ("isInteger", []) => quantity.Value == decimal.Truncate(quantity.Value),
        ("asInteger", []) => (long)quantity.Value,
        ("asApproximateFloat", []) => (double)quantity.Value,
        ("add", [Quantity other]) => new Quantity(quantity.Value + other.Value),
        ("sub", [Quantity other]) => new Quantity(quantity.Value - other.Value),
        _ => throw new CelFailure(),
    };

    private static object OfTime(DateTimeOffset time, string name) => name switch
    {
        "getFullYear" => (long)time.UtcDateTime.Year,
        "getMonth" => (long)time.UtcDateTime.Month - 1,
        "getDayOfMonth" => (long)time.UtcDateTime.Day - 1,
        "getHours" => (long)time.UtcDateTime.Hour,
        "getMinutes" => (long)time.UtcDateTime.Minute,
        "getSeconds" => (long)time.UtcDateTime.Second,
        _ => throw new CelFailure(),
    };

    private static string Join(string by, List<object?> list, CelCost cost)
    {
        var length = list.Sum(i => (long)TextOf(i).Length + by.Length);
        cost.Add(Math.Ceiling(length * 0.1));
        cost.Make(length);
        return string.Join(by, list.Select(TextOf));
    }

    private static string Replace(string text, string from, string to, CelCost cost)
    {
        var length = text.Length + ((long)(text.Length / from.Length) * to.Length);
        cost.Add(Math.Ceiling(length * 0.1));
        cost.Make(length);
        return text.Replace(from, to);
    }

    private static string TextOf(object? value) => value as string ?? throw new CelFailure();

    private static bool Has(List<object?> list, object? item, CelCost cost) => list.Exists(i => IsSame(i, item, cost));

    private static bool IsSame(object? item, object? wanted, CelCost cost)
    {
        cost.Add(1);
        return Equals(item, wanted);
    }

    private static long Size(object? value) => value switch
    {
        string text => text.Length,
        List<object?> list => list.Count,
        Dictionary<object, object?> map => map.Count,
        _ => throw new CelFailure(),
    };

    private static string TypeOf(object? value) => value switch
    {
        null => "null_type",
        bool => "bool",
        long => "int",
        double => "double",
        string => "string",
        List<object?> => "list",
        Dictionary<object, object?> => "map",
        _ => throw new CelFailure(),
    };

    private static TextSpan? Match(string text, string pattern) =>
        BoundedRegex.TryCreate(pattern) is { } regex && regex.Find(text, 0, out var place) ? place : throw new CelFailure();

    // 1h30m, 1.5s, 200ms
    private static TimeSpan DurationOf(string text)
    {
        var total = TimeSpan.Zero;
        var at = 0;
        while (at < text.Length)
        {
            var start = at;
            while (at < text.Length && (text[at] is (>= '0' and <= '9') or '.' or '-' or '+'))
                at++;
            if (at == start
                || !double.TryParse(text.Substring(start, at - start), NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
                throw new CelFailure();
            var unit = at;
            while (at < text.Length && char.IsLetter(text[at]))
                at++;
            total += text.Substring(unit, at - unit) switch
            {
                "h" => TimeSpan.FromHours(number),
                "m" => TimeSpan.FromMinutes(number),
                "s" => TimeSpan.FromSeconds(number),
                "ms" => TimeSpan.FromMilliseconds(number),
                "us" or "ns" => TimeSpan.Zero,
                _ => throw new CelFailure(),
            };
        }

        return total;
    }
}
