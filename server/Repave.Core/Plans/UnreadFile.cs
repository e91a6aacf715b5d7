namespace Repave.Core.Plans;

/// <summary>A file that could not be read, wholly or in part.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Reason">Why, as in "it may not be read".</param>
public sealed record UnreadFile(string Path, string Reason)
{
    /// <summary>Whether it may hold what stood in any other file before, rather than only what stood in its own.</summary>
    public bool MayHoldAnything { get; init; } = true;
}
