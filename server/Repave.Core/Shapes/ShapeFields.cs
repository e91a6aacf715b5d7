namespace Repave.Core.Shapes;

/// <summary>How strictly a field must be there.</summary>
public enum Presence
{
    /// <summary>It may be absent.</summary>
    Optional,

    /// <summary>The published schema calls it required, and the platform takes its zero value where it is absent.</summary>
    Documented,

    /// <summary>It must be there.</summary>
    Required,

    /// <summary>It must be there and not be empty (text, list or mapping).</summary>
    NotEmpty,
}

/// <summary>What a schema says that changing a field does.</summary>
public enum UpdateEffect
{
    /// <summary>Nothing is said, or that it is changed in place.</summary>
    Unsaid,

    /// <summary>It may replace the resource, depending on the values.</summary>
    MayReplace,

    /// <summary>It replaces the resource.</summary>
    Replaces,
}

/// <summary>A field of a structure. Its shape is looked up when first asked for.</summary>
public sealed class ShapeField
{
    private readonly Func<Shape>? _source;
    private Shape? _shape;

    /// <summary>A field with a known shape.</summary>
    public ShapeField(string name, Shape shape, Presence presence = Presence.Optional) =>
        (Name, _shape, Presence) = (name, shape, presence);

    /// <summary>A field whose shape is looked up when first asked for.</summary>
    public ShapeField(string name, Func<Shape> source, Presence presence) => (Name, _source, Presence) = (name, source, presence);

    /// <summary>The field's name.</summary>
    public string Name { get; }

    /// <summary>How strictly it must be there.</summary>
    public Presence Presence { get; set; }

    /// <summary>Whether the platform takes an absent field for an empty structure, so that what it must hold is missing too.</summary>
    public bool IsValue { get; set; }

    /// <summary>Whether zero, false or an empty text says the same as nothing.</summary>
    public bool DropsZero { get; set; }

    /// <summary>Whether an empty text is a value of its own, which no default takes the place of.</summary>
    public bool KeepsEmpty { get; set; }

    /// <summary>The value that stands for an absent one, as JSON or plain text; null if unknown or said by its shape.</summary>
    public string? Default { get; set; }

    /// <summary>What changing it does, where the schema says so.</summary>
    public UpdateEffect Update { get; set; }

    /// <summary>Whether it is the name by which the platform knows the resource, chosen by its author.</summary>
    public bool IsPhysicalName { get; set; }

    /// <summary>How a strategic merge patch changes it.</summary>
    public PatchStrategy Patch { get; set; } = PatchStrategy.None;

    /// <summary>What its author says of it; null where the schema has no word on it.</summary>
    public string? Description { get; set; }

    /// <summary>The shape of its value.</summary>
    public Shape Shape => _shape ??= _source!();
}

/// <summary>The fields of a structure by name, in the order of their source.</summary>
public sealed class ShapeFields
{
    private readonly Dictionary<string, ShapeField> _byName = new(StringComparer.Ordinal);

    /// <summary>All fields.</summary>
    public ICollection<ShapeField> All => _byName.Values;

    /// <summary>The field of a name, or null.</summary>
    public ShapeField? this[string name] => _byName.TryGetValue(name, out var field) ? field : null;

    /// <summary>Adds a field; the last of a name stays.</summary>
    public void Add(ShapeField field) => _byName[field.Name] = field;

    /// <summary>The field whose name is nearest to a misspelt one, or null if none is near.</summary>
    public string? Nearest(string name) => NearestName.Of(name, _byName.Keys);
}
