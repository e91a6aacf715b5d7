using Repave.Core.Dialects.Terraform.Packs;
using Repave.Core.Syntax.Hcl;

namespace Repave.Core.Dialects.Terraform.Evaluation;

/// <summary>A type of a value, or what a variable demands of one.</summary>
public sealed class TerraformType : IEquatable<TerraformType>
{
    private TerraformType(
        SchemaTypeKind kind, TerraformType? element = null, IReadOnlyList<TerraformType>? elements = null,
        SortedDictionary<string, TerraformType>? attributes = null, IReadOnlyDictionary<string, HclExpression?>? optional = null)
    {
        Kind = kind;
        Element = element;
        Elements = elements ?? [];
        Attributes = attributes ?? NoAttributes;
        Optional = optional ?? NoOptional;
    }

    private static readonly SortedDictionary<string, TerraformType> NoAttributes = new(StringComparer.Ordinal);
    private static readonly Dictionary<string, HclExpression?> NoOptional = new(StringComparer.Ordinal);

    /// <summary>A text.</summary>
    public static TerraformType String { get; } = new(SchemaTypeKind.String);

    /// <summary>A number.</summary>
    public static TerraformType Number { get; } = new(SchemaTypeKind.Number);

    /// <summary>True or false.</summary>
    public static TerraformType Bool { get; } = new(SchemaTypeKind.Bool);

    /// <summary>Not known, or anything.</summary>
    public static TerraformType Any { get; } = new(SchemaTypeKind.Any);

    /// <summary>What kind of type it is.</summary>
    public SchemaTypeKind Kind { get; }

    /// <summary>The type of each item of a list, set or map; null for others.</summary>
    public TerraformType? Element { get; }

    /// <summary>The types of a tuple's places.</summary>
    public IReadOnlyList<TerraformType> Elements { get; }

    /// <summary>The attributes of an object.</summary>
    public IReadOnlyDictionary<string, TerraformType> Attributes { get; }

    /// <summary>Those of them that may be left out, with what is taken then.</summary>
    public IReadOnlyDictionary<string, HclExpression?> Optional { get; }

    /// <summary>Whether it is text, number or truth value.</summary>
    public bool IsPrimitive => Kind is SchemaTypeKind.String or SchemaTypeKind.Number or SchemaTypeKind.Bool;

    /// <summary>A list of a type.</summary>
    public static TerraformType List(TerraformType element) => new(SchemaTypeKind.List, element);

    /// <summary>A set of a type.</summary>
    public static TerraformType Set(TerraformType element) => new(SchemaTypeKind.Set, element);

    /// <summary>A map to a type.</summary>
    public static TerraformType Map(TerraformType element) => new(SchemaTypeKind.Map, element);

    /// <summary>A tuple.</summary>
    public static TerraformType Tuple(IReadOnlyList<TerraformType> elements) => new(SchemaTypeKind.Tuple, elements: elements);

    /// <summary>An object.</summary>
    public static TerraformType Object(
        IEnumerable<KeyValuePair<string, TerraformType>> attributes, IReadOnlyDictionary<string, HclExpression?>? optional = null)
    {
        var sorted = new SortedDictionary<string, TerraformType>(StringComparer.Ordinal);
        foreach (var attribute in attributes)
            sorted[attribute.Key] = attribute.Value;
        return new TerraformType(SchemaTypeKind.Object, attributes: sorted, optional: optional);
    }

    /// <summary>The type that a provider declares.</summary>
    public static TerraformType Of(SchemaType type) => type.Kind switch
    {
        SchemaTypeKind.String => String,
        SchemaTypeKind.Number => Number,
        SchemaTypeKind.Bool => Bool,
        SchemaTypeKind.List => List(Of(type.Element!)),
        SchemaTypeKind.Set => Set(Of(type.Element!)),
        SchemaTypeKind.Map => Map(Of(type.Element!)),
        SchemaTypeKind.Tuple => Tuple([.. type.Elements.Select(Of)]),
        SchemaTypeKind.Object => Object(type.Attributes.Select(a => new KeyValuePair<string, TerraformType>(a.Key, Of(a.Value)))),
        _ => Any,
    };

    /// <summary>Reads the type that a variable demands; null for what is none, with the place and the reason.</summary>
    public static TerraformType? Parse(HclExpression expression, Action<HclExpression, string>? wrong = null)
    {
        switch (expression)
        {
            case HclParentheses parentheses:
                return Parse(parentheses.Inner, wrong);
            case HclTraversal { Steps.Count: 0 } name:
                switch (name.Root)
                {
                    case "string":
                        return String;
                    case "number":
                        return Number;
                    case "bool":
                        return Bool;
                    case "any":
                        return Any;
                    case "list":
                        return List(Any);
                    case "map":
                        return Map(Any);
                    case "set" or "object" or "tuple" or "optional":
                        wrong?.Invoke(expression, $"The type '{name.Root}' says in parentheses of what.");
                        return null;
                    default:
                        wrong?.Invoke(expression,
                            $"There is no type '{name.Root}'; use string, number, bool, list, set, map, object, tuple or any.");
                        return null;
                }

            // Before Terraform 0.12 types stood in quotes.
            case HclTemplate { IsWrap: false } quoted when quoted.Text is { } old:
                return old switch
                {
                    "string" => String,
                    "list" => List(Any),
                    "map" => Map(Any),
                    _ => null,
                };
            case HclCall { Arguments.Count: 1 } call:
                return ParseCall(call, wrong);
            default:
                wrong?.Invoke(expression, "A type is string, number, bool, any, or list, set, map, object or tuple of types.");
                return null;
        }
    }

    private static TerraformType? ParseCall(HclCall call, Action<HclExpression, string>? wrong)
    {
        var argument = call.Arguments[0];
        switch (call.Name)
        {
            case "list" or "set" or "map":
                return Parse(argument, wrong) is not { } element ? null
                    : call.Name == "list" ? List(element) : call.Name == "set" ? Set(element) : Map(element);
            case "tuple" when argument is HclTuple tuple:
                var elements = new List<TerraformType>();
                foreach (var item in tuple.Items)
                {
                    if (Parse(item, wrong) is not { } type)
                        return null;
                    elements.Add(type);
                }

                return Tuple(elements);
            case "object" when argument is HclObject body:
                var attributes = new List<KeyValuePair<string, TerraformType>>();
                var optional = new Dictionary<string, HclExpression?>(StringComparer.Ordinal);
                foreach (var entry in body.Entries)
                {
                    if (entry.Name is not { } name)
                        return null;
                    var value = entry.Value;
                    if (value is HclCall { Name: "optional", Arguments.Count: 1 or 2 } may)
                    {
                        optional[name] = may.Arguments.Count == 2 ? may.Arguments[1] : null;
                        value = may.Arguments[0];
                    }

                    if (Parse(value, wrong) is not { } type)
                        return null;
                    attributes.Add(new KeyValuePair<string, TerraformType>(name, type));
                }

                return Object(attributes, optional);
            default:
                wrong?.Invoke(call, $"There is no type '{call.Name}(…)' like this.");
                return null;
        }
    }

    /// <inheritdoc/>
    public bool Equals(TerraformType? other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (other is null || Kind != other.Kind)
            return false;
        return Kind switch
        {
            SchemaTypeKind.List or SchemaTypeKind.Set or SchemaTypeKind.Map => Element!.Equals(other.Element),
            SchemaTypeKind.Tuple => Elements.SequenceEqual(other.Elements),
            SchemaTypeKind.Object => Attributes.Count == other.Attributes.Count
                && Attributes.All(a => other.Attributes.TryGetValue(a.Key, out var type) && a.Value.Equals(type)),
            _ => true,
        };
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TerraformType);

    /// <inheritdoc/>
    public override int GetHashCode() => ((int)Kind * 31) + Attributes.Count + Elements.Count + (Element?.GetHashCode() ?? 0);

    /// <summary>What people call it: <c>list of string</c>.</summary>
    public override string ToString() => Kind switch
    {
        SchemaTypeKind.String => "string",
        SchemaTypeKind.Number => "number",
        SchemaTypeKind.Bool => "bool",
        SchemaTypeKind.List => Element!.Kind == SchemaTypeKind.Any ? "list" : $"list of {Element}",
        SchemaTypeKind.Set => Element!.Kind == SchemaTypeKind.Any ? "set" : $"set of {Element}",
        SchemaTypeKind.Map => Element!.Kind == SchemaTypeKind.Any ? "map" : $"map of {Element}",
        SchemaTypeKind.Object => "object",
        SchemaTypeKind.Tuple => "tuple",
        _ => "any",
    };
}
