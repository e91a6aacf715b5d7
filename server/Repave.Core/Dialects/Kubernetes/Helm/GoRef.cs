namespace Repave.Core.Dialects.Kubernetes.Helm;

/// <summary>A value where a template holds it, as Go's <c>reflect.Value</c>: inside an interface (an element of a mapping or list), which
/// can then be nil, or by itself.</summary>
/// <param name="Value">The value.</param>
/// <param name="IsBoxed">Whether it is inside an interface.</param>
internal readonly record struct GoRef(GoValue? Value, bool IsBoxed)
{
    /// <summary>Whether there is anything; nil by itself is nothing at all.</summary>
    public bool IsValid => Value is not null || IsBoxed;

    /// <summary>The name of its type where it is held.</summary>
    public string TypeName => IsBoxed ? GoValue.AnyType : Value?.TypeName ?? "<nil>";

    /// <summary>Taken out of the interface.</summary>
    public GoRef Unboxed => new(Value, false);
}
