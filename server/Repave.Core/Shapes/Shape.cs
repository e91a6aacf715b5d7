using Repave.Core.Text;

namespace Repave.Core.Shapes;

/// <summary>The kinds of value that a shape allows.</summary>
[Flags]
public enum ShapeTypes
{
    /// <summary>Nothing at all (JSON Schema's <c>false</c>).</summary>
    None = 0,

    /// <summary>null.</summary>
    Null = 1,

    /// <summary>true or false.</summary>
    Boolean = 2,

    /// <summary>A whole number.</summary>
    Integer = 4,

    /// <summary>Any number.</summary>
    Number = 8 | Integer,

    /// <summary>Text.</summary>
    String = 16,

    /// <summary>A sequence.</summary>
    Array = 32,

    /// <summary>A mapping.</summary>
    Object = 64,

    /// <summary>Anything.</summary>
    Any = Null | Boolean | Number | String | Array | Object,
}

/// <summary>What identifies the items of a list.</summary>
public enum ListKind
{
    /// <summary>Their place; the list changes as a whole.</summary>
    Atomic,

    /// <summary>Their value; none may stand twice.</summary>
    Set,

    /// <summary>The fields that <see cref="Shape.ListKeys"/> names; no combination may stand twice.</summary>
    Map,
}

/// <summary>The structural schema of a value. Built once and read by many threads; whatever a source does not say is null.</summary>
public sealed class Shape
{
    /// <summary>A shape that allows everything.</summary>
    public static Shape Anything { get; } = new() { Types = ShapeTypes.Any, Additional = null, AllowsUnknown = true };

    /// <summary>A shape that allows nothing.</summary>
    public static Shape Nothing { get; } = new() { Types = ShapeTypes.None };

    /// <summary>The type's name for messages and look-ups (<c>V1Container</c>); empty if it has none.</summary>
    public string Name { get; set; } = "";

    /// <summary>The allowed kinds of value.</summary>
    public ShapeTypes Types { get; set; } = ShapeTypes.Any;

    /// <summary>A grammar for text or a width for numbers (<c>quantity</c>, <c>int32</c>, <c>date-time</c>, <c>dns-label</c>, …).</summary>
    public string? Format { get; set; }

    /// <summary>The fields by name; null where the value is no structure.</summary>
    public ShapeFields? Fields { get; set; }

    /// <summary>The shape of fields that <see cref="Fields"/> does not name; null if such a field is unknown (or, with
    /// <see cref="AllowsUnknown"/>, unchecked).</summary>
    public Shape? Additional { get; set; }

    /// <summary>The grammar of a map's keys; null if any.</summary>
    public string? KeyFormat { get; set; }

    /// <summary>Whether fields without a shape are let pass.</summary>
    public bool AllowsUnknown { get; set; }

    /// <summary>Shapes of fields whose name matches a pattern.</summary>
    public IReadOnlyList<(BoundedRegex Name, Shape Shape)> PatternFields { get; set; } = [];

    /// <summary>The shape of a list's items; null if any.</summary>
    public Shape? Items { get; set; }

    /// <summary>The shapes of a list's first items, one by one (a tuple); the rest has <see cref="Items"/>.</summary>
    public IReadOnlyList<Shape>? Tuple { get; set; }

    /// <summary>What identifies a list's items.</summary>
    public ListKind ListKind { get; set; }

    /// <summary>The fields that identify an item of a <see cref="ListKind.Map"/>.</summary>
    public IReadOnlyList<string> ListKeys { get; set; } = [];

    /// <summary>Whether a structure or map is set as a whole where the platform merges manifests itself: what leaves it is gone.</summary>
    public bool IsAtomic { get; set; }

    /// <summary>Whether a list item that stands twice is refused (always for custom resources; built-in kinds check some
    /// lists only).</summary>
    public bool RefusesDuplicates { get; set; }

    /// <summary>The allowed values as <see cref="CanonicalJson"/> writes them.</summary>
    public IReadOnlyList<string>? Enum { get; set; }

    /// <summary>Whether upper and lower case are one in <see cref="Enum"/>.</summary>
    public bool EnumIgnoresCase { get; set; }

    /// <summary>Whether <see cref="Enum"/> may lag behind what the platform takes.</summary>
    public bool IsEnumUnsure { get; set; }

    /// <summary>What is demanded of several fields together.</summary>
    public IReadOnlyList<FieldDemand> Demands { get; set; } = [];

    /// <summary>The value that stands for an absent one, as JSON or plain text; null if unknown.</summary>
    public string? Default { get; set; }

    /// <summary>Smallest number.</summary>
    public double? Minimum { get; set; }

    /// <summary>Largest number.</summary>
    public double? Maximum { get; set; }

    /// <summary>Whether <see cref="Minimum"/> itself is refused.</summary>
    public bool ExclusiveMinimum { get; set; }

    /// <summary>Whether <see cref="Maximum"/> itself is refused.</summary>
    public bool ExclusiveMaximum { get; set; }

    /// <summary>The number must be a multiple of this.</summary>
    public double? MultipleOf { get; set; }

    /// <summary>Fewest characters (Unicode code points).</summary>
    public int? MinLength { get; set; }

    /// <summary>Most characters (Unicode code points).</summary>
    public int? MaxLength { get; set; }

    /// <summary>A regular expression that must match somewhere in the text.</summary>
    public BoundedRegex? Pattern { get; set; }

    /// <summary>Fewest items.</summary>
    public int? MinItems { get; set; }

    /// <summary>Most items.</summary>
    public int? MaxItems { get; set; }

    /// <summary>Whether no item may stand twice.</summary>
    public bool UniqueItems { get; set; }

    /// <summary>Fewest fields.</summary>
    public int? MinFields { get; set; }

    /// <summary>Most fields.</summary>
    public int? MaxFields { get; set; }

    /// <summary>Every one of these must hold too.</summary>
    public IReadOnlyList<Shape> AllOf { get; set; } = [];

    /// <summary>At least one of these must hold; empty if there is no such demand.</summary>
    public IReadOnlyList<Shape> AnyOf { get; set; } = [];

    /// <summary>Exactly one of these must hold; empty if there is no such demand.</summary>
    public IReadOnlyList<Shape> OneOf { get; set; } = [];

    /// <summary>This must not hold.</summary>
    public Shape? Not { get; set; }

    /// <summary>Rules in CEL that a custom resource's value must obey; those that name <c>oldSelf</c> decide updates.</summary>
    public IReadOnlyList<ShapeRule> Rules { get; set; } = [];

    /// <summary>The shape at a path of fields and list items (<c>[]</c>); null if unknown.</summary>
    public Shape? At(IEnumerable<string> path)
    {
        Shape? shape = this;
        foreach (var step in path)
            shape = step == "[]" ? shape?.Items : shape?.Fields?[step]?.Shape ?? shape?.Additional;
        return shape;
    }

    /// <summary>Whether the value is a whole Kubernetes object with apiVersion, kind and metadata of its own.</summary>
    public bool IsEmbeddedResource { get; set; }
}

/// <summary>A rule in CEL (<c>x-kubernetes-validations</c>).</summary>
/// <param name="Expression">The expression, <c>self</c> being the value and <c>oldSelf</c> the one before.</param>
/// <param name="Message">What to say when it does not hold; null if its author gave none.</param>
/// <param name="OptionalOldSelf">Whether it is asked also when there was no value before.</param>
public sealed record ShapeRule(string Expression, string? Message, bool OptionalOldSelf)
{
    /// <summary>Whether it compares with the value before, so that it decides updates and not creations.</summary>
    public bool IsTransition => Expression.Contains("oldSelf", StringComparison.Ordinal);
}
