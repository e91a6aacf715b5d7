namespace Repave.Core.Builds;

/// <summary>The names that a source defines and uses.</summary>
/// <param name="All">All places, by file and in the order of their texts.</param>
public sealed record SourceNames(IReadOnlyList<SourceName> All)
{
    /// <summary>Nothing.</summary>
    public static SourceNames None { get; } = new([]);

    /// <summary>The name at a place; null if none stands there.</summary>
    /// <param name="path">The file, as builds read it.</param>
    /// <param name="offset">The offset in its text.</param>
    public SourceName? At(string path, int offset) =>
        All.Where(name => name.Path == path && name.Span.Touches(offset)).OrderBy(name => name.Span.Length).FirstOrDefault();

    /// <summary>Every place of a name, definitions first.</summary>
    public IReadOnlyList<SourceName> Same(SourceName name) =>
        [.. All.Where(other => other.Kind == name.Kind && other.Name == name.Name).OrderByDescending(other => other.IsDefinition)];

    /// <summary>The places where what holds a value is used as a whole, so that the value may be used by another name there.</summary>
    public IReadOnlyList<SourceName> UsesAround(SourceName name)
    {
        if (name.Kind != SourceNameKind.Value)
            return [];
        return [.. All.Where(other => other is { Kind: SourceNameKind.Value, IsDefinition: false, GoesOn: false }
            && (other.Name.Length == 0 || name.Name.StartsWith(other.Name + ".", StringComparison.Ordinal)))];
    }

    /// <summary>Whether anything uses a value, a part of it or what holds it.</summary>
    /// <param name="value">The path of the value.</param>
    public bool IsUsed(string value) => All.Any(other => other is { Kind: SourceNameKind.Value, IsDefinition: false }
        && (other.Name == value || (!other.GoesOn && (other.Name.Length == 0
            || value.StartsWith(other.Name + ".", StringComparison.Ordinal)))));
}
