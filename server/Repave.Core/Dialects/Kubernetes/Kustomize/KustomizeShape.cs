namespace Repave.Core.Dialects.Kubernetes.Kustomize;

/// <summary>Which lists below a place patches merge, and by what.</summary>
internal sealed class KustomizeShape
{
    private static readonly IReadOnlyDictionary<string, Field> None = new Dictionary<string, Field>(StringComparer.Ordinal);

    /// <summary>The fields that lead to such lists; <c>*</c> stands for any.</summary>
    public IReadOnlyDictionary<string, Field> Fields { get; set; } = None;

    /// <summary>A place of which nothing more is known, and which is no place for another resource.</summary>
    public static KustomizeShape Plain { get; } = new();

    /// <summary>A field; null where nothing is known of it.</summary>
    public Field? this[string name] => Fields.TryGetValue(name, out var field) || Fields.TryGetValue("*", out field) ? field : null;

    /// <summary>A field.</summary>
    /// <param name="Shape">What it or, for a list, each item is.</param>
    /// <param name="IsList">Whether it is a list.</param>
    /// <param name="Merges">Whether patches merge it.</param>
    /// <param name="Keys">What its items are known by; none where they are plain values.</param>
    internal sealed record Field(KustomizeShape? Shape, bool IsList, bool Merges, IReadOnlyList<string> Keys);
}
