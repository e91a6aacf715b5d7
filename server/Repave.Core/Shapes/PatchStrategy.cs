namespace Repave.Core.Shapes;

/// <summary>How a strategic merge patch changes a field (Kubernetes' x-kubernetes-patch-strategy and x-kubernetes-patch-merge-key).</summary>
/// <param name="Merges">Whether a list's items are merged with those that are there; otherwise the list is replaced.</param>
/// <param name="MergeKey">The one field that a list's items are known by; null where items are plain values.</param>
/// <param name="RetainsKeys">Whether what the patch does not name is taken away (<c>$retainKeys</c>).</param>
/// <param name="Replaces">Whether a structure is replaced as a whole.</param>
public sealed record PatchStrategy(bool Merges, string? MergeKey, bool RetainsKeys, bool Replaces)
{
    /// <summary>Structures are merged, lists are replaced.</summary>
    public static PatchStrategy None { get; } = new(false, null, false, false);
}
