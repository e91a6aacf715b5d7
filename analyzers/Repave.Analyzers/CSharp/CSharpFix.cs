using System.Collections.Immutable;

namespace Repave.Analyzers.CSharp;

/// <summary>What a code fix is to do, as it travels with a diagnostic.</summary>
internal enum FixKind
{
    /// <summary>Put another expression in the place of the reported one.</summary>
    Replace,

    /// <summary>Give a property a value in the initializer of the reported object.</summary>
    Set,

    /// <summary>Take the reported assignment out of its initializer.</summary>
    Remove,
}

/// <summary>A safe fix of a finding in C#.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Title">What it says in the editor.</param>
/// <param name="Property">The property to set; empty for the other kinds.</param>
/// <param name="Value">The new expression; empty for <see cref="FixKind.Remove"/>.</param>
internal sealed record CSharpFix(FixKind Kind, string Title, string Property = "", string Value = "")
{
    private const string Prefix = "Repave.";

    /// <summary>Puts another expression in the reported one's place.</summary>
    public static CSharpFix Replace(string value) => new(FixKind.Replace, $"Use {value}", "", value);

    /// <summary>Sets a property of the reported object.</summary>
    public static CSharpFix Set(string property, string value) => new(FixKind.Set, $"Set {property} = {value}", property, value);

    /// <summary>Removes the reported assignment.</summary>
    public static CSharpFix Remove(string property) => new(FixKind.Remove, $"Remove {property}");

    public ImmutableDictionary<string, string?> ToProperties() => ImmutableDictionary.CreateRange(new Dictionary<string, string?>
    {
        [Prefix + nameof(Kind)] = Kind.ToString(),
        [Prefix + nameof(Title)] = Title,
        [Prefix + nameof(Property)] = Property,
        [Prefix + nameof(Value)] = Value,
    });

    /// <summary>The fix that a diagnostic brings; null if it brings none.</summary>
    public static CSharpFix? From(ImmutableDictionary<string, string?> properties) =>
        properties.TryGetValue(Prefix + nameof(Kind), out var kind) && Enum.TryParse<FixKind>(kind, out var known)
            ? new CSharpFix(known, properties[Prefix + nameof(Title)] ?? "", properties[Prefix + nameof(Property)] ?? "",
                properties[Prefix + nameof(Value)] ?? "")
            : null;
}
