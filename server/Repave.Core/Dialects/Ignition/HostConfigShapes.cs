using Repave.Core.Shapes;

namespace Repave.Core.Dialects.Ignition;

/// <summary>The shapes of configs, by version, from the structures of Ignition and Butane.</summary>
internal static class HostConfigShapes
{
    private const string Experimental = "-experimental";

    private static readonly Lazy<SchemaPack> Ignition = new(static () => new SchemaPack(EmbeddedPacks.Text(IgnitionDialect.DialectName,
        "ignition.pack")));

    private static readonly Lazy<SchemaPack> Butane = new(static () => new SchemaPack(EmbeddedPacks.Text(IgnitionDialect.DialectName,
        "butane.pack")));

    private static readonly Lazy<HashSet<string>> KnownVariants = new(static () =>
        new HashSet<string>(Butane.Value.Kinds.Select(kind => kind.Kind), StringComparer.Ordinal));

    /// <summary>Butane's variants.</summary>
    public static IReadOnlyCollection<string> Variants => KnownVariants.Value;

    /// <summary>The versions of a variant, or of Ignition where there is none, in order; experimental ones last.</summary>
    public static IReadOnlyList<string> VersionsOf(string? variant) => [.. (variant is null ? Ignition : Butane).Value.Kinds
        .Where(kind => kind.Kind == (variant ?? IgnitionDialect.DialectName)).Select(kind => kind.ApiVersion)
        .OrderBy(Number).ThenBy(static version => version, StringComparer.Ordinal)];

    /// <summary>The shape of a config and the version of Ignition that decides what it may hold; null if the version is not known.</summary>
    /// <param name="variant">Butane's variant; null for Ignition's own.</param>
    /// <param name="version">The version, as the config writes it.</param>
    public static (Shape Shape, string Ignition)? Of(string? variant, string version)
    {
        if (variant is null)
            return Ignition.Value.Kind(version, IgnitionDialect.DialectName) is { } own ? (Ignition.Value.Type(own.Type), version) : null;
        return Butane.Value.Kind(version, variant) is { } kind ? (Butane.Value.Type(kind.Type), OfSeries(kind.Plural)) : null;
    }

    /// <summary>The values that a version of Ignition takes for a field; null where its source lists none.</summary>
    public static IReadOnlyList<string>? ValuesOf(string version, string structure, string field)
    {
        var name = $"{version}/{structure}";
        return Ignition.Value.TypeNames.Contains(name) ? Ignition.Value.Type(name).Fields?[field]?.Shape.Enum : null;
    }

    /// <summary>A version as a number that versions of the same kind compare by.</summary>
    public static Version? Number(string version) => Version.TryParse(version.EndsWith(Experimental, StringComparison.Ordinal)
        ? version.Substring(0, version.Length - Experimental.Length) : version, out var number) ? number : null;

    // A series (3.4) has one version; what is experimental may be the only one.
    private static string OfSeries(string series) => Ignition.Value.Kinds.First(kind =>
        kind.ApiVersion.StartsWith(series + ".", StringComparison.Ordinal)).ApiVersion;
}
