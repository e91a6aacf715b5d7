namespace Repave.Core.Plans;

/// <summary>What changing a field of a resource type does.</summary>
/// <param name="Type">The resource type (<c>Deployment.apps</c>).</param>
/// <param name="Path">The field and all below it; <c>.</c> for what no other line names, <c>[]</c> for any list item.</param>
/// <param name="Effect">What changing it does.</param>
/// <param name="Certainty">How sure that is.</param>
/// <param name="When">Under which condition the line holds; null if always.</param>
/// <param name="Why">The platform's rule in a few words.</param>
public sealed record Explanation(string Type, string Path, Effect Effect, Certainty Certainty, string? When, string Why)
{
    /// <summary>Whether a value, or the object's state, can make it milder or harder.</summary>
    public bool DependsOnValue { get; init; }

    /// <summary>Whether the field is part of what a resource is known by, so that changing it means another resource.</summary>
    public bool IsIdentity { get; init; }
}
