namespace Repave.Core.Dialects.Kubernetes.Helm;

#pragma warning disable SA1402 // The kinds of values belong together.

/// <summary>What a value is to Go.</summary>
internal enum GoKind
{
    Bool,
    Int,
    Float,
    String,
    Slice,
    Map,
    Struct,
}

/// <summary>A value as Go's templates see it. <see langword="null"/> is Go's nil.</summary>
internal abstract class GoValue
{
    public abstract GoKind Kind { get; }

    /// <summary>Go's name of its type.</summary>
    public abstract string TypeName { get; }

    /// <summary>Go's name of its kind.</summary>
    public abstract string KindName { get; }

    /// <summary>Where it comes from, if that is known.</summary>
    public Trace? Trace { get; set; }

    public const string AnyType = "interface {}";
}

/// <summary>A truth value.</summary>
internal sealed class GoBool(bool value) : GoValue
{
    public bool Value { get; } = value;

    public override GoKind Kind => GoKind.Bool;

    public override string TypeName => "bool";

    public override string KindName => "bool";
}

/// <summary>A whole number.</summary>
internal sealed class GoInteger(long value, string type = "int") : GoValue
{
    public long Value { get; } = value;

    public override GoKind Kind => GoKind.Int;

    public override string TypeName => type;

    public override string KindName => type == "time.Duration" ? "int64" : type;
}

/// <summary>A number with a fraction.</summary>
internal sealed class GoFloat(double value) : GoValue
{
    public double Value { get; } = value;

    public override GoKind Kind => GoKind.Float;

    public override string TypeName => "float64";

    public override string KindName => "float64";
}

/// <summary>A list.</summary>
internal sealed class GoList(List<GoValue?> items, string elementType = GoValue.AnyType) : GoValue
{
    public List<GoValue?> Items { get; } = items;

    public string ElementType => elementType;

    /// <summary>Whether Go has no list here, which prints as an empty one.</summary>
    public bool IsNil { get; set; }

    public override GoKind Kind => GoKind.Slice;

    public override string TypeName => "[]" + elementType;

    public override string KindName => "slice";
}

/// <summary>A mapping from texts.</summary>
internal sealed class GoMap(Dictionary<string, GoValue?> entries, string elementType = GoValue.AnyType, string? name = null)
    : GoValue, IEnumerable<KeyValuePair<string, GoValue?>>
{
    public GoMap()
        : this(new Dictionary<string, GoValue?>(StringComparer.Ordinal))
    {
    }

    public Dictionary<string, GoValue?> Entries { get; } = entries;

    public string ElementType => elementType;

    public override GoKind Kind => GoKind.Map;

    public override string TypeName => name ?? "map[string]" + elementType;

    public override string KindName => "map";

    /// <summary>The entries in the order of their keys.</summary>
    public IEnumerable<KeyValuePair<string, GoValue?>> Sorted => Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal);

    /// <summary>The value of a key; null if it is not there or nil.</summary>
    public GoValue? this[string key] => Entries.TryGetValue(key, out var value) ? value : null;

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, GoValue?>> GetEnumerator() => Entries.GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Adds an entry; for tables that are written down.</summary>
    public void Add(string key, GoValue? value) => Entries[key] = value;

    /// <summary>The same entries under the name of another type.</summary>
    public GoMap Named(string type) => new(Entries, elementType, type) { Trace = Trace };
}

/// <summary>A structure of Go's or Helm's, with fields and methods.</summary>
internal sealed class GoObject(string type) : GoValue
{
    private GoValue? _inner;

    public Dictionary<string, GoValue?> Fields { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, GoFunction> Methods { get; } = new(StringComparer.Ordinal);

    /// <summary>What its <c>String</c> method gives; null if it has none.</summary>
    public string? Text { get; set; }

    /// <summary>What a mapping or list that has methods holds.</summary>
    public GoValue? Inner => MakeInner is null ? null : _inner ??= MakeInner();

    /// <summary>Makes what it holds when that is first asked.</summary>
    public Func<GoValue>? MakeInner { get; set; }

    /// <summary>Whatever C# wants to know it by.</summary>
    public object? Payload { get; set; }

    public override GoKind Kind => Inner?.Kind ?? GoKind.Struct;

    public override string TypeName => type;

    public override string KindName => Inner?.KindName ?? (type.StartsWith('*') ? "ptr" : "struct");
}
