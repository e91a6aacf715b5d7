using System.Globalization;
using Repave.Core.Shapes;
using Repave.Core.Syntax;
using Repave.Core.Syntax.Yaml;

namespace Repave.Core.Dialects.Kubernetes.Cel;

/// <summary>Evaluates CEL expressions over Kubernetes values. Values are null, bool, long, double, string, <see cref="DateTimeOffset"/>,
/// <see cref="TimeSpan"/>, <see cref="Quantity"/>, lists, dictionaries and <see cref="CelOptional"/>. What it cannot do (a function that it
/// does not have, a type that does not fit) has no value.</summary>
internal sealed class CelEvaluator
{
    private readonly Dictionary<string, object?> _variables;
    private readonly CelCost _cost;

    private CelEvaluator(Dictionary<string, object?> variables, CelCost cost) => (_variables, _cost) = (variables, cost);

    /// <summary>Whether a rule holds; null if that cannot be said.</summary>
    /// <param name="expression">The rule.</param>
    /// <param name="self">The value, as <see cref="ValueOf"/> gives it.</param>
    /// <param name="oldSelf">The value before; a <see cref="CelOptional"/> for rules with optionalOldSelf.</param>
    /// <param name="cost">Counts what it costs, together with other rules on the object; null to count it alone.</param>
    public static bool? Holds(string expression, object? self, object? oldSelf, CelCost? cost = null)
    {
        cost ??= new CelCost();
        cost.Begin();
        if (cost.IsSpent)
            return null;
        if (CelParser.Parse(expression, ["self", "oldSelf"], out _) is not { } node)
            return null;
        try
        {
            var evaluator =
                new CelEvaluator(new Dictionary<string, object?>(StringComparer.Ordinal) { ["self"] = self, ["oldSelf"] = oldSelf }, cost);
            return evaluator.Evaluate(node) as bool?;
        }
        catch (Exception exception) when (exception is CelFailure or OverflowException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A node as a CEL value; numbers and texts as its shape says.</summary>
    public static object? ValueOf(Node? node, Shape? shape) => node?.Resolved switch
    {
        MapNode mapping => MapOf(mapping, shape),
        ListNode sequence => sequence.ResolvedItems.Select(i => ValueOf(i, shape?.Items)).ToList(),
        ScalarNode scalar => ScalarOf(scalar, shape),
        _ => null,
    };

    private static Dictionary<object, object?> MapOf(MapNode mapping, Shape? shape)
    {
        var map = new Dictionary<object, object?>();
        foreach (var entry in mapping.AllEntries)
        {
            if (entry.Name is { } name)
                map[name] = ValueOf(entry.Value, shape?.Fields?[name]?.Shape ?? shape?.Additional);
        }

        foreach (var field in shape?.Fields?.All ?? [])
        {
            // Defaults of custom resources are filled in before rules are asked.
            if (!map.ContainsKey(field.Name) && field.Shape.Default is { } standard
                && YamlLanguage.Instance.ParseDocument(standard).Root is { } value)
                map[field.Name] = ValueOf(value, field.Shape);
        }

        return map;
    }

    private static object? ScalarOf(ScalarNode scalar, Shape? shape)
    {
        if (shape is { Types: ShapeTypes.String })
        {
            return shape.Format switch
            {
                "date-time" or "date" when DateTimeOffset.TryParse(scalar.Value, CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal, out var time) => time,
                _ => scalar.Value,
            };
        }

        return scalar.Kind switch
        {
            ScalarKind.Null => null,
            ScalarKind.Boolean => scalar.IsTrue,
            ScalarKind.Integer when scalar.Integer is { } whole =>
                shape is not null && (shape.Types & ShapeTypes.Number) == ShapeTypes.Number ? (object)(double)whole : whole,
            ScalarKind.Integer or ScalarKind.Float when scalar.Number is { } number => number,
            _ => scalar.Value,
        };
    }

    private object? Evaluate(CelNode node)
    {
        _cost.Add(node is CelLiteral ? 0 : node is CelList ? 10 : node is CelMap ? 30 : 1);
        switch (node)
        {
            case CelLiteral literal:
                return literal.Value;
            case CelName name:
                return _variables.TryGetValue(name.Name, out var value) ? value : throw new CelFailure();
            case CelUnary unary:
                return (unary.Sign, Evaluate(unary.Operand)) switch
                {
                    ('!', bool b) => !b,
                    ('-', long l) => -l,
                    ('-', double d) => -d,
                    _ => throw new CelFailure(),
                };
            case CelBinary binary:
                return Binary(binary);
            case CelLogic logic:
                return Logic(logic);
            case CelConditional conditional:
                return Evaluate(conditional.Condition) is bool holds ? Evaluate(holds ? conditional.Then : conditional.Otherwise)
                    : throw new CelFailure();
            case CelSelect select:
                return Select(Evaluate(select.Target), select.Field, select.IsOptional);
            case CelIndex index:
                return Index(Evaluate(index.Target), Evaluate(index.Index), index.IsOptional);
            case CelList list:
                return list.Items.Select(Evaluate).ToList();
            case CelMap map:
                return map.Entries.ToDictionary(e => Evaluate(e.Key) ?? throw new CelFailure(), e => Evaluate(e.Value));
            case CelCall call:
                return Call(call);
            default:
                throw new CelFailure();
        }
    }

    private object? Binary(CelBinary binary)
    {
        var left = Evaluate(binary.Left);
        var right = Evaluate(binary.Right);
        return binary.Sign switch
        {
            "==" => AreEqual(left, right),
            "!=" => !AreEqual(left, right),
            "<" => Order(left, right) < 0,
            "<=" => Order(left, right) <= 0,
            ">" => Order(left, right) > 0,
            ">=" => Order(left, right) >= 0,
            "in" => right switch
            {
                List<object?> list => Has(list, left),
                Dictionary<object, object?> map => left is not null && Has(map.Keys, left),
                _ => throw new CelFailure(),
            },
            _ => Arithmetic(binary.Sign, left, right),
        };
    }

    // One side that decides is enough, even if another has no value.
    private object? Logic(CelLogic logic)
    {
        var isKnown = true;
        foreach (var operand in logic.Operands)
        {
            bool? side;
            try
            {
                side = Evaluate(operand) as bool?;
            }
            catch (CelFailure) when (!_cost.IsSpent)
            {
                side = null;
            }

            if (side == logic.IsOr)
                return logic.IsOr;
            isKnown &= side is not null;
        }

        return isKnown ? !logic.IsOr : throw new CelFailure();
    }

    private bool Has(IEnumerable<object?> items, object? wanted)
    {
        foreach (var item in items)
        {
            _cost.Add(1);
            if (AreEqual(item, wanted))
                return true;
        }

        return false;
    }

    private object Arithmetic(string sign, object? left, object? right)
    {
        switch (left, right)
        {
            case (long a, long b):
                if (b == 0 && sign is "/" or "%")
                    throw new CelFailure();
                return sign switch
                {
                    "+" => unchecked(a + b),
                    "-" => unchecked(a - b),
                    "*" => unchecked(a * b),
                    "/" =>
                    b == -1 ? unchecked(-a) : a / b,
                    _ => b == -1 ? 0L : a % b
                };
            case (double a, double b):
                return sign switch { "+" => a + b, "-" => a - b, "*" => a * b, "/" => a / b, _ => throw new CelFailure() };
            case (string a, string b) when sign == "+":
                _cost.Read(a.Length + b.Length);
                _cost.Make(a.Length + b.Length);
                return a + b;
            case (List<object?> a, List<object?> b) when sign == "+":
                _cost.Work(a.Count + b.Count);
                return a.Concat(b).ToList();
            case (DateTimeOffset a, TimeSpan b) when sign is "+" or "-":
                return sign == "+" ? a + b : a - b;
            case (DateTimeOffset a, DateTimeOffset b) when sign == "-":
                return a - b;
            case (TimeSpan a, TimeSpan b) when sign is "+" or "-":
                return sign == "+" ? a + b : a - b;
            default:
                throw new CelFailure();
        }
    }

    private bool AreEqual(object? left, object? right)
    {
        _cost.Work(1);
        if (left is string text && right is string other)
            _cost.Read(Math.Min(text.Length, other.Length));
        return Compare(left, right);
    }

    private bool Compare(object? left, object? right) => (left, right) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (long a, double b) => a == b,
        (double a, long b) => a == b,
        (List<object?> a, List<object?> b) => a.Count == b.Count && a.Zip(b, AreEqual).All(e => e),
        (Dictionary<object, object?> a, Dictionary<object, object?> b) =>
            a.Count == b.Count && a.All(e => b.TryGetValue(e.Key, out var other) && AreEqual(e.Value, other)),
        (CelOptional a, CelOptional b) => a.HasValue == b.HasValue && AreEqual(a.Value, b.Value),
        _ => left.Equals(right),
    };

    private static int Order(object? left, object? right) => (left, right) switch
    {
        (long a, long b) => a.CompareTo(b),
        (double a, double b) => a.CompareTo(b),
        (long a, double b) => ((double)a).CompareTo(b),
        (double a, long b) => a.CompareTo((double)b),
        (string a, string b) => string.CompareOrdinal(a, b),
        (bool a, bool b) => a.CompareTo(b),
        (DateTimeOffset a, DateTimeOffset b) => a.CompareTo(b),
        (TimeSpan a, TimeSpan b) => a.CompareTo(b),
        (Quantity a, Quantity b) => a.Value.CompareTo(b.Value),
        _ => throw new CelFailure(),
    };

    private static object? Select(object? target, string field, bool isOptional)
    {
        if (target is CelOptional optional)
            return optional.HasValue ? Select(optional.Value, field, isOptional: true) : optional;
        if (target is Dictionary<object, object?> map && map.TryGetValue(field, out var value))
            return isOptional ? new CelOptional(true, value) : value;
        return isOptional ? CelOptional.None : throw new CelFailure();
    }

    private static object? Index(object? target, object? index, bool isOptional)
    {
        if (target is CelOptional optional)
            return optional.HasValue ? Index(optional.Value, index, isOptional: true) : optional;
        switch (target)
        {
            case List<object?> list when index is long at and >= 0 && at < list.Count:
                return isOptional ? new CelOptional(true, list[(int)at]) : list[(int)at];
            case Dictionary<object, object?> map when index is not null && map.TryGetValue(index, out var value):
                return isOptional ? new CelOptional(true, value) : value;
            default:
                return isOptional ? CelOptional.None : throw new CelFailure();
        }
    }

    private object? Call(CelCall call)
    {
        if (call.Target is CelName { Name: "cel" } && call.Function == "bind" && call.Arguments is [CelName variable, var bound, var body])
            return With(variable.Name, Evaluate(bound), body);
        if (call.Target is null)
            return Function(call);
        if (call.Target is CelName { Name: "sets" or "math" or "optional" or "strings" or "lists" } space
            && !_variables.ContainsKey(space.Name))
            return CelFunctions.InNamespace(space.Name, call.Function, [.. call.Arguments.Select(Evaluate)], _cost);
        var target = Evaluate(call.Target);
        return call.Function is "all" or "exists" or "exists_one" or "existsOne" or "map" or "filter"
            ? Macro(call, target)
            : CelFunctions.OfValue(target, call.Function, [.. call.Arguments.Select(Evaluate)], _cost);
    }

    private object? Function(CelCall call)
    {
        if (call.Function == "has" && call.Arguments is [CelSelect select])
        {
            return Evaluate(select.Target) switch
            {
                Dictionary<object, object?> map => map.TryGetValue(select.Field, out var value) && value is not null,
                CelOptional { HasValue: true, Value: Dictionary<object, object?> map } => map.ContainsKey(select.Field),
                CelOptional => false,
                _ => throw new CelFailure(),
            };
        }

        return CelFunctions.Free(call.Function, [.. call.Arguments.Select(Evaluate)]);
    }

    private object? Macro(CelCall call, object? target)
    {
        var items = target switch
        {
            List<object?> list => list,
            Dictionary<object, object?> map => [.. map.Keys],
            _ => throw new CelFailure(),
        };
        if (call.Arguments is not [CelName variable, ..] || call.Arguments.Count is < 2 or > 3)
            throw new CelFailure();
        // With two variables the second stands for a map's value, or a list's item beside its place.
        var second =
            call.Arguments.Count == 3 && call.Function is not "map" ? (call.Arguments[1] as CelName)?.Name ?? throw new CelFailure() : null;
        var body = call.Arguments[call.Arguments.Count - 1];
        var results = new List<object?>();
        for (var i = 0; i < items.Count; i++)
        {
            object? Run(CelNode node) => second is null
                ? With(variable.Name, items[i], node)
                : With(variable.Name, target is List<object?> ? (long)i : items[i], second,
                    target is Dictionary<object, object?> map ? map[items[i]!] : items[i], node);

            if (call.Function == "map")
            {
                if (call.Arguments.Count == 2 || Run(call.Arguments[1]) is true)
                    results.Add(Run(body));
                continue;
            }

            var holds = Run(body) as bool? ?? throw new CelFailure();
            if (holds)
                results.Add(items[i]);
            if (call.Function == "all" && !holds)
                return false;
            if (call.Function == "exists" && holds)
                return true;
        }

        return call.Function switch
        {
            "all" => true,
            "exists" => false,
            "exists_one" or "existsOne" => results.Count == 1,
            _ => results,
        };
    }

    private object? With(string first, object? one, string second, object? two, CelNode body)
    {
        var had = _variables.TryGetValue(second, out var before);
        _variables[second] = two;
        try
        {
            return With(first, one, body);
        }
        finally
        {
            if (had)
                _variables[second] = before;
            else
                _variables.Remove(second);
        }
    }

    private object? With(string name, object? value, CelNode body)
    {
        var had = _variables.TryGetValue(name, out var before);
        _variables[name] = value;
        try
        {
            return Evaluate(body);
        }
        finally
        {
            if (had)
                _variables[name] = before;
            else
                _variables.Remove(name);
        }
    }
}

/// <summary>A value that may be absent (<c>optional.of(x)</c>, <c>x.?field</c>).</summary>
internal sealed record CelOptional(bool HasValue, object? Value)
{
    public static CelOptional None { get; } = new(false, null);
}

/// <summary>An expression has no value. Never leaves <see cref="CelEvaluator"/>.</summary>
internal sealed class CelFailure : Exception;
