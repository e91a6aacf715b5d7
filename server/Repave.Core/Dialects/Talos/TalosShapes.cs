using Repave.Core.Shapes;

namespace Repave.Core.Dialects.Talos;

/// <summary>The shapes of the documents of a machine configuration, by kind (<c>schemas/talos/machine.pack</c>).</summary>
internal static class TalosShapes
{
    /// <summary>The version that all documents have.</summary>
    public const string Version = "v1alpha1";

    /// <summary>The document with machine and cluster, which has no kind.</summary>
    public const string Config = "Config";

    private static readonly Lazy<SchemaPack> Pack = new(static () => new SchemaPack(EmbeddedPacks.Text(TalosDialect.DialectName,
        "machine.pack")));

    /// <summary>The kinds that documents may have.</summary>
    public static IEnumerable<string> Kinds => Pack.Value.Kinds.Select(kind => kind.Kind);

    /// <summary>The shape of a kind of document; null if there is no such kind.</summary>
    public static Shape? Of(string kind) => Pack.Value.Kind(Version, kind) is { } known ? Pack.Value.Type(known.Type) : null;

    /// <summary>The shape of a document by its topmost texts; null if it is not one of a machine configuration.</summary>
    public static Shape? Of(IReadOnlyDictionary<string, string> head) =>
        head.TryGetValue("apiVersion", out var version) ? version == Version && head.TryGetValue("kind", out var kind) ? Of(kind) : null
            : head.TryGetValue("version", out version) && version == Version && !head.ContainsKey("kind") ? Of(Config) : null;
}
