namespace Repave.Core.Dialects;

/// <summary>Every dialect there is. The list is written at compile time from the classes that derive from <see cref="Dialect"/>.</summary>
public static partial class DialectCatalogue
{
    /// <summary>All dialects, by name.</summary>
    public static IReadOnlyList<Dialect> All { get; } = [.. Create().OrderBy(dialect => dialect.Name, StringComparer.Ordinal)];

    /// <summary>The dialect of a name.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static Dialect Of(string name) => All.First(dialect => dialect.Name == name);
}
