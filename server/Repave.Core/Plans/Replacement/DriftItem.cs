using Repave.Core.Model;

namespace Repave.Core.Plans.Replacement;

/// <summary>A field of a live object that is not what its manifest says, or that others have set.</summary>
/// <param name="Resource">The manifest's resource.</param>
/// <param name="Path">The field, dotted with list places; it speaks of everything below it too.</param>
/// <param name="Manager">Who wrote it, as the platform names them; null where it does not.</param>
/// <param name="Operation">How, as the platform names it; null where it does not.</param>
/// <param name="Time">When, as the platform writes it; null where it does not.</param>
/// <param name="IsAllowed">Whether it is what the platform and its controllers are there for.</param>
/// <param name="Place">Where the manifest says otherwise, or else its name.</param>
public sealed record DriftItem(
    Resource Resource, string Path, string? Manager, string? Operation, string? Time, bool IsAllowed, Place Place)
{
    /// <summary>What was done to it, for people, where a path alone does not say it; null where it does.</summary>
    public string? What { get; init; }
}
